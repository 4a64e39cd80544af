"""Languages: every catalogue is whole, nothing is said outside them, and the reader's is chosen."""

import json
import re

import pytest
from fastapi.testclient import TestClient

from app import examples, lessons
from app.main import create_app
from app.messages import FOLDER, LANGUAGES, catalogue, phrases
from app.settings import ASSETS
from engine import trace
from engine.errors import ChainruleError
from engine.operations import OPERATIONS

OTHERS = [code for code in LANGUAGES if code != "en"]
NOTES = {f"operation.{name}.note" for name in OPERATIONS}


@pytest.fixture(scope="module")
def client():
    with TestClient(create_app()) as client:
        yield client


def placeholders(text):
    return sorted(re.findall(r"\{\w+\}", text))


def test_each_language_has_a_catalogue_and_each_catalogue_a_language():
    assert {path.stem for path in FOLDER.glob("??.json")} == set(LANGUAGES)


@pytest.mark.parametrize("code", OTHERS)
def test_catalogues_have_the_same_texts_with_the_same_gaps(code):
    english, other = catalogue("en"), catalogue(code)
    assert set(other) == set(english) | NOTES
    for key, text in english.items():
        assert placeholders(other[key]) == placeholders(text), key
        assert bool(other[key].strip()) == bool(text.strip()), key


@pytest.mark.parametrize("code", OTHERS)
def test_phrases_fill_the_gaps_that_the_sentence_has(code):
    for sentence, translation in phrases(code).items():
        assert set(placeholders(translation)) <= set(placeholders(sentence)), sentence


@pytest.mark.parametrize("code", OTHERS)
def test_every_warning_is_translated(code):
    said = {sentence for row in OPERATIONS.values() for _, sentence in row.pitfalls}
    assert said <= set(phrases(code))


@pytest.mark.parametrize("code", OTHERS)
@pytest.mark.parametrize(
    "source", ["a = 2x", "y = (2", "y = 2 +", "y = foo(x)", "class A: pass", "", "y = [1][3]"]
)
def test_common_errors_are_translated(code, source):
    with pytest.raises(ChainruleError) as caught:
        trace(source)
    patterns = [re.sub(r"\\\{\d\\\}", ".+?", re.escape(sentence)) for sentence in phrases(code)]
    assert any(re.fullmatch(pattern, caught.value.message) for pattern in patterns)
    assert f"code:{caught.value.code}" in phrases(code)


def test_french_is_set_as_french_is_set():
    texts = [*catalogue("fr").values(), *phrases("fr").values()]
    for lesson in lessons.course("fr"):
        texts += [lesson.title, lesson.text, lesson.task]
        texts += [part for entry in lesson.questions for part in (entry.ask, entry.answer)]
    texts += [part for entry in examples.gallery("fr") for part in (entry.title, entry.text)]
    for text in texts:
        words = re.sub(r"`[^`]*`|\$[^$]*\$", "", text)
        assert not re.search(r"[ \w»)][:;?!](\s|$)|\d,\d|\w'\w|« | »", words), text


def test_templates_and_views_say_nothing_of_their_own():
    for path in (ASSETS / "templates").glob("*.html"):
        words = re.sub(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}|<code>.*?</code>", "", path.read_text())
        words = re.sub(r"<(style|script)\b.*?</\1>|<[^>]*>", " ", words, flags=re.DOTALL)
        assert set(re.findall(r"[A-Za-z]{2,}", words)) <= {"SVG", "PNG"}, path.name
        spoken = re.findall(r'(?:aria-label|title|placeholder|alt)="([^"{]+)"', path.read_text())
        assert all(text.startswith("Ctrl+") for text in spoken), path.name
    for path in (ASSETS / "static" / "js" / "view").glob("*.js"):
        code = re.sub(r"/\*.*?\*/|//.*", "", path.read_text(), flags=re.DOTALL)
        assert not re.findall(r'(?:textContent|title|"aria-label",) ?=? ?"[A-Za-z]{2,}', code), (
            path.name
        )


@pytest.mark.parametrize(
    ("address", "headers", "language"),
    [
        ("/", {}, "en"),
        ("/", {"Accept-Language": "fr-CH, fr;q=0.9, en;q=0.8"}, "fr"),
        ("/", {"Accept-Language": "en;q=0.5, fr;q=0.9"}, "fr"),
        ("/", {"Accept-Language": "de, fr;q=nonsense"}, "en"),
        ("/", {"Cookie": "lang=fr", "Accept-Language": "en"}, "fr"),
        ("/?lang=en", {"Cookie": "lang=fr", "Accept-Language": "fr"}, "en"),
        ("/?lang=xx", {"Accept-Language": "fr"}, "fr"),
        ("/embed?lang=fr", {}, "fr"),
    ],
)
def test_language_is_of_the_address_then_as_chosen_then_of_the_browser(
    client, address, headers, language
):
    answer = client.get(address, headers=headers)
    assert f'<html lang="{language}"' in answer.text
    assert f"<title>{catalogue(language)['app.title']}: " in answer.text
    assert catalogue(language)["app.description"] in answer.text
    assert answer.headers["Vary"].startswith("Accept-Language, Cookie")


def test_gallery_and_course_are_the_same_programs_in_every_language(client):
    for path in ("examples", "lessons"):
        english, french = (
            client.get(f"/api/{path}?lang={code}").json()[path] for code in ("en", "fr")
        )
        for one, other in zip(english, french, strict=True):
            assert one["id"] == other["id"]
            assert one.get("source") == other.get("source")
            assert one.get("begin") == other.get("begin")
            assert one["text"] != other["text"]
            assert len(one.get("questions", [])) == len(other.get("questions", []))
    assert client.get("/api/lessons?lang=xx").json()["error"]["code"] == "invalid_request"


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


def test_operations_of_the_page_have_notes_in_its_language(client):
    def note(language):
        html = client.get(f"/?lang={language}").text
        rows = json.loads(re.search(r'id="operations">(.*?)</script>', html)[1])
        return next(row["note"] for row in rows if row["name"] == "multiply")

    assert note("en") == OPERATIONS["multiply"].note
    assert note("fr") == catalogue("fr")["operation.multiply.note"]
