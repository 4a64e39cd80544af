"""The JSON API: contract, caching, errors of one shape, and work that never blocks."""

import asyncio
import json
import math
import time

import pytest
from fastapi.testclient import TestClient
from pydantic import TypeAdapter

from app import schemas
from app.main import create_app
from app.settings import Settings
from tests.graphs import CHAIN, KNOWN, TRAINING


@pytest.fixture(scope="module")
def client():
    with TestClient(create_app(), raise_server_exceptions=False) as client:
        yield client


def ask(client, source, **more):
    return client.post("/api/trace", json={"source": source, **more})


def number(value):
    return (
        value
        if value is None
        else float(value.replace("Infinity", "inf") if isinstance(value, str) else value)
    )


def test_chain_is_answered_as_the_contract_shows_it(client):
    body = ask(client, CHAIN.source, inputs=CHAIN.inputs).json()
    assert list(body)[:4] == ["schema", "source", "output", "value"]
    assert (body["schema"], body["output"], body["value"]) == ("chainrule.trace/1", "n6", -8.0)
    assert body["nodes"][0] == {
        "id": "n0", "kind": "input", "name": "a", "version": 1, "operation": None, "operands": [],
        "value": 2.0, "grad": 6.0, "span": [5, 6], "group": None, "warnings": [],
    }  # fmt: skip
    assert body["edges"][0] == {
        "source": "n0", "target": "n2", "operand": 0, "local": -3.0, "contribution": 6.0,
    }  # fmt: skip
    assert body["steps"][0] == {"phase": "forward", "node": "n0"}
    assert body["steps"][7] == {"phase": "backward", "kind": "seed", "node": "n6", "after": 1.0}
    assert body["steps"][8] == {
        "phase": "backward", "kind": "accumulate", "edge": 4, "node": "n4", "upstream": 1.0,
        "local": -2.0, "contribution": -2.0, "before": 0.0, "after": -2.0,
    }  # fmt: skip
    entry = {"name": "a", "node": "n0", "value": 2.0, "grad": 6.0, "defaulted": False}
    assert entry.items() <= body["inputs"][0].items()
    assert (body["groups"], body["console"], body["history"], body["warnings"]) == ([], [], [], [])


@pytest.mark.parametrize("known", KNOWN, ids=lambda known: known.name)
def test_every_gradient_is_the_sum_of_its_contributions(client, known):
    body = ask(client, known.source, inputs=known.inputs).json()
    sums = {node["id"]: 0.0 for node in body["nodes"]}
    sums[body["output"]] = 1.0
    for edge in body["edges"]:
        sums[edge["source"]] += edge["contribution"] or 0.0
    for node in body["nodes"]:
        assert node["grad"] == pytest.approx(sums[node["id"]], rel=1e-12, abs=1e-12)


@pytest.mark.parametrize("source", [known.source for known in KNOWN] + [TRAINING, "y = log(x) / x"])
def test_answer_fits_its_own_schema(client, source):
    body = ask(client, source, explain=True).json()
    TypeAdapter(schemas.TraceResponse).validate_python(body)


def test_numbers_that_json_lacks_are_strings(client):
    text = ask(client, "y = log(x) / x", inputs={"x": 0}).text
    body = json.loads(text, parse_constant=lambda name: pytest.fail(f"{name} is not JSON"))
    assert body["value"] == "-Infinity"
    assert body["nodes"][1]["value"] == "-Infinity"
    assert number(body["nodes"][1]["grad"]) == math.inf


def test_get_answers_the_same_bytes_as_post(client):
    posted = ask(client, "L = a*b", inputs={"a": 2, "b": -3})
    got = client.get("/api/trace", params={"source": "L = a*b", "set": ["a=2", "b=-3"]})
    assert got.status_code == 200
    assert got.content == posted.content


def test_get_can_be_cached_and_asked_again(client):
    params = {"source": "L = a*b", "set": ["a=2"]}
    first = client.get("/api/trace", params=params)
    tag = first.headers["etag"]
    assert tag.startswith('"')
    assert "max-age" in first.headers["cache-control"]
    again = client.get("/api/trace", params=params, headers={"If-None-Match": f'"x", W/{tag}'})
    assert (again.status_code, again.content) == (304, b"")
    other = client.get(
        "/api/trace", params={**params, "set": ["a=3"]}, headers={"If-None-Match": tag}
    )
    assert other.status_code == 200
    assert other.headers["etag"] != tag


def test_steps_can_be_left_out(client):
    assert ask(client, "y = x*x", steps=False).json()["steps"] == []


def test_explanations_tell_each_step_in_words_symbols_and_numbers(client):
    steps = ask(client, "y = x * x", inputs={"x": 3}, explain=True).json()["steps"]
    last = steps[-1]
    assert "gradients of several uses add up" in last["sentence"]
    assert r"\frac{\partial y}{\partial x}" in last["latex"]
    assert last["latex_numbers"] == (
        r"\frac{\partial y}{\partial x} \mathrel{+}= 1 \cdot 3 = 3, \quad 3 + 3 = 6"
    )
    assert "sentence" not in ask(client, "y = x * x").json()["steps"][0]
    negative = ask(client, "y = log(x)", inputs={"x": -1}, explain=True).json()["steps"]
    assert r"\ln\left(-1\right)" in negative[1]["latex_numbers"]


def test_operations_are_the_table(client):
    rows = {row["name"]: row for row in client.get("/api/operations").json()["operations"]}
    assert rows["multiply"]["partials"] == ["@1", "@0"]
    assert rows["tanh"]["symbol"] == "tanh"
    assert rows["multiply"]["python"] == {"forward": "x * y", "partials": ["y", "x"]}
    assert rows["tanh"]["python"] == {"forward": "tanh(x)", "partials": ["1.0 - out * out"]}
    assert rows["fixed_power"]["python"]["partials"][1] is None
    assert rows["multiply"]["infix"]
    assert not rows["tanh"]["infix"]


def test_every_example_runs_and_tells_what_to_look_at(client):
    gallery = client.get("/api/examples").json()["examples"]
    assert len(gallery) >= 10
    assert len({example["id"] for example in gallery}) == len(gallery)
    for example in gallery:
        answer = ask(client, example["source"], inputs=example["inputs"])
        assert answer.status_code == 200, example["id"]
        assert example["title"]
        assert example["text"]


def test_health_and_documentation_answer(client):
    assert client.get("/healthz").json()["status"] == "ok"
    assert "swagger-ui" in client.get("/docs").text
    assert "http" not in client.get("/docs").text.replace("/static", "")
    schema = client.get("/openapi.json").json()
    request = schema["components"]["schemas"]["TraceRequest"]["properties"]
    assert all("description" in field for field in request.values())
    node = schema["components"]["schemas"]["Node"]["properties"]
    assert all("description" in field for field in node.values())
    assert "Infinity" in json.dumps(node["value"])


BAD = [
    ('{"source": "a", "inputs": {"a": NaN}}', 422, "invalid_request"),
    ('{"source": "a", "inputs": {"a": 1e999}}', 422, "invalid_request"),
    ('{"source": "a", "inputs": {"a": true}}', 422, "invalid_request"),
    ('{"source": "a", "inputs": {"a": "1"}}', 422, "invalid_request"),
    ('{"source": "a", "inputs": {"a": null}}', 422, "invalid_request"),
    ('{"source": "a", "steps": 1}', 422, "invalid_request"),
    ('{"source": 5}', 422, "invalid_request"),
    ('{"source": "a", "sauce": 1}', 422, "invalid_request"),
    ("{}", 422, "invalid_request"),
    ("[]", 422, "invalid_request"),
    ("null", 422, "invalid_request"),
    ("{", 422, "invalid_request"),
    ("", 422, "invalid_request"),
    ("[" * 100_000, 422, "invalid_request"),
    (b"\xff\xfe{}", 422, "invalid_request"),
    ('{"source": "a", "inputs": {"a": ' + "9" * 5000 + "}}", 422, "invalid_request"),
    ('{"source": "' + "x" * 1_100_000 + '"}', 413, "too_large"),
    ('{"source": "' + "x" * 20_000 + '"}', 422, "limit_exceeded"),
    ('{"source": "2x"}', 422, "syntax_error"),
    ('{"source": "x.__class__"}', 422, "not_allowed"),
    ('{"source": "sigmod(x)"}', 422, "unknown_name"),
    ('{"source": "[1] + x"}', 422, "type_error"),
    ('{"source": ""}', 422, "no_output"),
    ('{"source": "a", "output": "q"}', 422, "unknown_name"),
    ('{"source": "a\\u0000"}', 422, "syntax_error"),
    ('{"source": "a\\ud800"}', 422, "syntax_error"),
    ('{"source": "while 1: pass"}', 422, "limit_exceeded"),
    ('{"source": "print(\\"\\\\ud800\\")\\ny = 1"}', 200, None),
]


@pytest.mark.parametrize(("body", "status", "code"), BAD)
def test_bad_body_gets_an_error_of_the_one_shape_and_harms_nobody(client, body, status, code):
    began = time.monotonic()
    answer = client.post("/api/trace", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code == status
    assert time.monotonic() - began < 4.0
    if code is not None:
        schemas.ErrorResponse.model_validate(answer.json())
        assert answer.json()["error"]["code"] == code
        assert len(answer.text) < 1_000
    assert ask(client, "y = 2 * 3").status_code == 200


def test_error_of_a_program_tells_where(client):
    error = ask(client, "a = 1\ny = 2x").json()["error"]
    assert error == {
        "code": "syntax_error", "message": "`2x` is not a name and not a number.",
        "line": 2, "column": 5, "start": 10, "end": 12, "hint": "write 2*x",
    }  # fmt: skip


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", ""])
def test_body_that_is_not_json_is_refused(client, kind):
    answer = client.post("/api/trace", content="{}", headers={"Content-Type": kind})
    assert (answer.status_code, answer.json()["error"]["code"]) == (415, "unsupported_media_type")


def test_body_is_measured_as_it_arrives_and_not_by_what_it_claims(client):
    def pieces():
        for _ in range(40):
            yield b" " * 65_536

    answer = client.post(
        "/api/trace", content=pieces(), headers={"Content-Type": "application/json"}
    )
    assert (answer.status_code, answer.json()["error"]["code"]) == (413, "too_large")


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/nowhere", 404, "not_found"),
        ("DELETE", "/api/trace", 405, "method_not_allowed"),
        ("GET", "/api/trace", 422, "invalid_request"),
        ("GET", "/api/trace?source=a&set=b", 422, "invalid_request"),
        ("GET", "/api/trace?source=a&set=b=nan", 422, "invalid_request"),
        ("GET", "/api/trace?source=a*b&set=a==2", 422, "invalid_request"),
        ("GET", "/api/trace?source=a*b&set=a=2=3", 422, "invalid_request"),
        ("GET", "/api/trace?source=a&set=a=1_000", 422, "invalid_request"),
        ("GET", "/api/trace?source=a&set=a=٣", 422, "invalid_request"),
        ("GET", "/api/trace?source=a&steps=maybe", 422, "invalid_request"),
    ],
)
def test_other_misfits_have_the_same_shape(client, method, path, status, code):
    answer = client.request(method, path)
    assert answer.status_code == status
    assert answer.json()["error"]["code"] == code


def test_our_own_fault_is_logged_and_shows_no_trace(client, monkeypatch, caplog):
    def broken(*arguments):
        raise RuntimeError("secret detail")

    monkeypatch.setattr("app.evaluate.trace", broken)
    answer = ask(client, "y = 1")
    assert (answer.status_code, answer.json()["error"]["code"]) == (500, "internal")
    assert "secret" not in answer.text
    assert "secret detail" in caplog.text


def test_too_many_inputs_are_refused(client):
    answer = ask(client, "y = a", inputs={f"x{i}": 1 for i in range(1001)})
    assert answer.json()["error"]["code"] == "limit_exceeded"


def test_trace_of_ten_thousand_nodes_is_answered(client):
    source = "y = x * 1.0\nfor i in range(4990): y = y * 1.0001\ny"
    answer = ask(client, source)
    assert answer.status_code == 200
    body = answer.json()
    assert len(body["nodes"]) == 9983
    assert len(body["steps"]) == 9983 + 1 + 2 * 4991


def test_busy_server_says_when_to_come_back():
    app = create_app(Settings(threads=1, waiting=0))
    with TestClient(app) as client:
        app.state.workers.present = 1
        answer = ask(client, "y = 1")
        assert (answer.status_code, answer.json()["error"]["code"]) == (503, "busy")
        assert answer.headers["retry-after"] == "1"
        app.state.workers.present = 0
        assert ask(client, "y = 1").status_code == 200


def test_requests_at_once_stay_separate_and_the_loop_stays_free():
    httpx2 = pytest.importorskip("httpx2")
    app = create_app(Settings(threads=2))

    async def scenario():
        transport = httpx2.ASGITransport(app)
        async with httpx2.AsyncClient(transport=transport, base_url="http://test") as client:
            slow = [
                client.post("/api/trace", json={"source": f"for i in range(1000): y = x * {n}\ny"})
                for n in range(8)
            ]
            work = asyncio.gather(*slow)
            waits = []
            while not work.done():
                began = time.monotonic()
                await client.get("/healthz")
                waits.append(time.monotonic() - began)
                await asyncio.sleep(0.01)
            return await work, waits

    answers, waits = asyncio.run(scenario())
    assert [answer.json()["value"] for answer in answers] == [float(n) for n in range(8)]
    assert len(waits) > 3
    assert sorted(waits)[len(waits) // 2] < 0.5
