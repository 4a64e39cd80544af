"""The page's addresses: what they hide, show and begin with."""

import pytest
from fastapi.testclient import TestClient

from app import lessons
from app.main import create_app


@pytest.fixture(scope="module")
def client():
    with TestClient(create_app()) as client:
        yield client


def test_page_hides_what_its_address_says_and_nothing_it_does_not_know(client):
    html = client.get("/?hide=editor,inputs,console,nonsense").text
    assert 'data-hide="console editor inputs program"' in html
    assert "nonsense" not in html.partition("<body>")[0]
    assert 'data-hide=""' in client.get("/").text
    assert 'data-hide="console editor header"' in client.get("/embed?show=inputs").text


def test_embedded_page_can_be_framed_by_anybody(client):
    headers = client.get("/embed").headers
    assert "x-frame-options" not in headers
    assert "content-security-policy" not in headers


@pytest.mark.parametrize("path", ["/", "/embed"])
def test_lesson_is_found_by_its_number_too(client, path):
    for place, lesson in enumerate(lessons.course(), start=1):
        answer = client.get(f"{path}?lang=fr&lesson={place}", follow_redirects=False)
        assert answer.status_code == 307
        assert answer.headers["location"] == f"?lang=fr&lesson={lesson.id}"
    for other in ("0", "11", "06", "descent", "-1", ""):
        assert client.get(f"{path}?lesson={other}", follow_redirects=False).status_code == 200
