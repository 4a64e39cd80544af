"""Exports through the API and the command line, and the file that stands alone."""

from __future__ import annotations

import base64
import gzip
import json
import re
import tomllib
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from typer.testing import CliRunner

from app import bundle, schemas, standalone
from app.cli import cli
from app.exports import FORMATS, export
from app.main import create_app
from app.messages import LANGUAGES
from app.settings import Settings
from engine import Value, record, trace
from engine.notebook import GROUP
from tests.graphs import CHAIN

ROOT = Path(__file__).resolve().parent.parent.parent
NAMES = "dot mermaid latex micrograd pytorch jax numpy json html".split()


@pytest.fixture(scope="module")
def client():
    with TestClient(create_app(Settings())) as client:
        yield client


def ask(client, name, source=CHAIN.source, **body):
    return client.post(f"/api/export/{name}", json={"source": source, **body})


def test_formats_are_those_of_the_engine_and_two_of_the_page():
    assert list(FORMATS) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_answer_is_a_text_of_its_kind_with_a_name_for_its_file(client, name):
    answer = ask(client, name, inputs=CHAIN.inputs)
    assert answer.status_code == 200
    media_type = FORMATS[name].media_type
    assert answer.headers["content-type"] == f"{media_type}; charset=utf-8"
    suffix = FORMATS[name].suffix
    expected = f'inline; filename="chainrule-{name}{suffix}"'
    assert answer.headers["content-disposition"] == expected
    assert answer.content == export(trace(CHAIN.source, CHAIN.inputs), name)


def test_web_page_is_in_the_language_that_is_asked_for(client):
    body = {"source": CHAIN.source, "inputs": CHAIN.inputs}
    french = client.post("/api/export/html?lang=fr", json=body)
    assert french.content == export(trace(CHAIN.source, CHAIN.inputs), "html", language="fr")
    assert french.text.startswith('<!doctype html>\n<html lang="fr"')
    assert "Étape suivante" in french.text
    assert '<html lang="en"' in client.post("/api/export/html", json=body).text
    refused = client.post("/api/export/html?lang=xx", json=body)
    assert refused.json()["error"]["code"] == "invalid_request"


def test_json_is_the_trace_with_the_options_of_a_trace(client):
    body = {"source": "y = x*x", "inputs": {"x": 3}, "steps": False}
    exported = client.post("/api/export/json", json=body)
    assert exported.content == client.post("/api/trace", json=body).content
    assert "sentence" in ask(client, "json", explain=True).json()["steps"][0]


def test_letters_of_every_alphabet_survive(client):
    answer = ask(client, "numpy", "β = 2.0 # 😀\nμ = β * β")
    assert "# 😀" not in answer.text.partition("import")[2]
    assert "μ = β * β" in answer.content.decode("utf-8")


def test_half_a_character_in_a_name_is_no_fault_of_ours(client):
    source = "x = Value(2.0, label='\\ud800')\ny = x*x"
    assert all(ask(client, name, source).status_code == 200 for name in NAMES)


@pytest.mark.parametrize(
    ("name", "body", "status", "code"),
    [
        ("tikz", {"source": "y = 1"}, 422, "invalid_request"),
        ("dot", {"source": "y = 2x"}, 422, "syntax_error"),
        ("dot", {"source": ""}, 422, "no_output"),
        ("dot", {"sauce": "y = 1"}, 422, "invalid_request"),
        ("html", {"source": "while 1: pass"}, 422, "limit_exceeded"),
    ],
)
def test_refusal_has_the_one_shape(client, name, body, status, code):
    answer = client.post(f"/api/export/{name}", json=body)
    assert answer.status_code == status
    assert schemas.ErrorResponse.model_validate(answer.json()).error.code == code


def test_unknown_format_is_told_the_known_ones(client):
    message = ask(client, "tikz").json()["error"]["message"]
    assert "'tikz' is not one of dot, mermaid" in message


def test_description_names_every_format_and_shows_its_text(client):
    described = client.get("/openapi.json").json()["paths"]["/api/export/{format}"]["post"]
    name, language = described["parameters"]
    assert language["schema"]["enum"] == list(LANGUAGES)
    assert name["schema"]["enum"] == NAMES
    contents = described["responses"]["200"]["content"]
    assert set(contents) == {row.media_type for row in FORMATS.values()}
    assert "torch.float64" in contents["text/x-python"]["examples"]["pytorch"]["value"]


@pytest.mark.parametrize("name", NAMES)
def test_command_line_writes_what_the_api_answers(tmp_path, name):
    target = tmp_path / "exported"
    arguments = ["trace", "-e", CHAIN.source, "--format", name, "-o", str(target)]
    settings = [f"--set={key}={value}" for key, value in CHAIN.inputs.items()]
    assert CliRunner().invoke(cli, [*arguments, *settings]).exit_code == 0
    text = export(trace(CHAIN.source, CHAIN.inputs), name).decode()
    assert target.read_text(encoding="utf-8").rstrip("\n") == text.rstrip("\n")


def test_command_line_writes_a_page_in_a_language(tmp_path):
    file = tmp_path / "y.html"
    arguments = ["trace", "-e", "y = x*x", "--format", "html", "-o", str(file), "--lang"]
    assert CliRunner().invoke(cli, [*arguments, "fr"]).exit_code == 0
    assert '<html lang="fr"' in file.read_text(encoding="utf-8")
    assert CliRunner().invoke(cli, [*arguments, "xx"]).exit_code == 2


def test_command_line_refuses_an_unknown_format():
    result = CliRunner().invoke(cli, ["trace", "-e", "a*b", "--format", "tikz"])
    assert result.exit_code == 2


# -- the file that stands alone ---------------------------------------------------------------------


def test_file_asks_for_nothing_and_stays_small():
    text = standalone.page(trace(CHAIN.source, CHAIN.inputs))
    assert len(text) < 2_000_000
    outside = re.sub(r'<script type="text/plain" id="modules">.*?</script>', "", text)
    addresses = set(re.findall(r'(?:src|href)="?([^"\s>)]+)|url\((?!data:)([^)]+)\)', outside))
    assert addresses == set()
    assert "default-src 'none'" in text


def test_file_holds_every_module_that_its_modules_import():
    packed = gzip.decompress(base64.b64decode(bundle.modules(standalone.MAIN)))
    found = json.loads(packed)
    assert {"js/standalone.js", "js/trace.js", "vendor/viz.js", "vendor/katex.js"} <= set(found)
    assert "js/api.js" not in found
    for text in found.values():
        wanted = re.findall(r'^(?:import|\} from)\b[^";]*"([^"]+)"', text, flags=re.M)
        assert set(wanted) <= set(found)


def test_no_text_of_a_program_ends_its_script_or_its_tag():
    label = '</script><script>alert(1)</script>"><b>'
    source = f"x = Value(2.0, label='{label}')\nprint('{label}')\ny = x*x # {label}"
    text = standalone.page(trace(source))
    assert "<script>alert" not in text
    assert "<b>" not in text
    data = re.search(r'id="trace">(.*?)</script>', text)
    assert data is not None
    assert json.loads(data[1])["source"] == source


def test_notebook_draws_in_a_frame_that_touches_nothing_around_it():
    x = Value(3.0)
    frame = standalone.frame(record(x * x))
    assert frame is not None
    assert frame.startswith('<iframe srcdoc="&lt;!doctype html&gt;')
    assert 'sandbox="allow-scripts"' in frame
    assert frame.count('"') == 2 * len(
        re.findall(r'\s(?:srcdoc|title|sandbox|style|loading)="', frame)
    )


def test_notebook_leaves_numbers_and_forests_to_their_text():
    assert standalone.frame(record(Value(3.0))) is None
    assert standalone.frame(trace("y = x\nfor i in range(2000): y = y * x")) is None


def test_package_announces_what_draws_in_notebooks():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert project["entry-points"][GROUP] == {"html": "app.standalone:frame"}
