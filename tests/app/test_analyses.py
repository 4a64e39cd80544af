"""Checks, sweeps and descents over HTTP: the contract, the stream, and what is refused."""

import json

import pytest
from fastapi.testclient import TestClient

from app import present
from app.main import create_app
from app.reply import streamed
from app.settings import Settings
from app.work import Workers
from engine.errors import LimitExceeded
from tests.graphs import CHAIN

REGRESSION = {
    "source": "L = (w*x + b - y)**2",
    "inputs": {"w": 0.0, "b": 0.0},
    "data": {"x": [0.0, 1.0, 2.0], "y": [1.0, 3.0, 5.0]},
    "rate": 0.1,
    "steps": 3,
}
LINES = {"accept": "application/x-ndjson"}


@pytest.fixture(scope="module")
def client():
    with TestClient(create_app(), raise_server_exceptions=False) as client:
        yield client


def refusal(response):
    body = response.json()
    assert list(body) == ["error"]
    return response.status_code, body["error"]["code"], body["error"]["message"]


# -- check ----------------------------------------------------------------------------------------


def test_check_sets_each_gradient_beside_its_differences(client):
    body = client.post("/api/check", json={"source": CHAIN.source, "inputs": CHAIN.inputs}).json()
    assert list(body) == ["inputs", "h", "tolerance"]
    assert (body["h"], body["tolerance"]) == (1e-5, 1e-6)
    assert [one["name"] for one in body["inputs"]] == ["a", "b", "c", "f"]
    for one in body["inputs"]:
        assert list(one) == [
            "name", "gradient", "forward", "central", "error", "agrees", "note",
        ]  # fmt: skip
        assert one["gradient"] == CHAIN.grads[one["name"]]
        assert one["central"] == pytest.approx(one["gradient"], rel=1e-8)
        assert (one["agrees"], one["note"]) == (True, None)


def test_check_gives_nodes_and_the_error_series_on_request(client):
    asked = {"source": "y = relu(x)*x", "inputs": {"x": 2}, "nodes": True, "series": True}
    body = client.post("/api/check", json=asked).json()
    assert [(one["node"], one["gradient"]) for one in body["nodes"]] == [
        ("n0", 4.0), ("n1", 2.0), ("n2", 1.0),
    ]  # fmt: skip
    (series,) = body["series"]
    assert series["name"] == "x"
    assert len(series["h"]) == len(series["forward"]) == len(series["central"]) > 10


def test_check_names_a_kink_and_writes_infinity_as_a_word(client):
    kink = client.post("/api/check", json={"source": "y = relu(x)", "inputs": {"x": 0}}).json()
    assert kink["inputs"][0]["agrees"]
    assert "0 on the left and 1 on the right" in kink["inputs"][0]["note"]
    steep = client.post("/api/check", json={"source": "y = sqrt(x)", "inputs": {"x": 0}}).json()
    assert steep["inputs"][0]["gradient"] == "Infinity"


# -- sweep ----------------------------------------------------------------------------------------


def test_sweep_answers_axes_values_and_gradients_as_nested_lists(client):
    over = [{"name": "a", "low": -1, "high": 1, "points": 3},
            {"name": "b", "low": 0, "high": 1, "points": 2}]  # fmt: skip
    asked = {"source": CHAIN.source, "inputs": CHAIN.inputs, "over": over}
    assert client.post("/api/sweep", json=asked).json() == {
        "axes": [{"name": "a", "points": [-1.0, 0.0, 1.0]}, {"name": "b", "points": [0.0, 1.0]}],
        "value": [[-20.0, -18.0], [-20.0, -20.0], [-20.0, -22.0]],
        "grad": {
            "a": [[0.0, -2.0], [0.0, -2.0], [0.0, -2.0]],
            "b": [[2.0, 2.0], [0.0, 0.0], [-2.0, -2.0]],
        },
    }


def test_sweep_of_one_input_is_flat_and_of_data_is_the_mean(client):
    over = [{"name": "w", "low": 0, "high": 2, "points": 2}]
    body = client.post("/api/sweep", json={**REGRESSION, "over": over} | {}).json()
    assert body["error"]["code"] == "invalid_request"  # a sweep has no rate
    asked = {key: REGRESSION[key] for key in ("source", "data")} | {"over": over}
    body = client.post("/api/sweep", json=asked | {"inputs": {"b": 1.0}}).json()
    assert body["value"] == pytest.approx([(0 + 4 + 16) / 3, 0.0])
    assert body["grad"] == {"w": pytest.approx([-(4 + 16) / 3, 0.0])}


# -- descend --------------------------------------------------------------------------------------


def test_descend_answers_entry_k_after_k_updates(client):
    body = client.post("/api/descend", json=REGRESSION).json()
    assert list(body) == ["history", "status"]
    assert body["status"] == "done"
    assert [entry["step"] for entry in body["history"]] == [0, 1, 2, 3]
    first, second = body["history"][:2]
    assert list(first) == ["step", "value", "inputs", "grads", "state"]
    assert (first["inputs"], first["state"]) == ({"w": 0.0, "b": 0.0}, {})
    for name in ("w", "b"):
        assert second["inputs"][name] == pytest.approx(-0.1 * first["grads"][name])


def test_descend_streams_the_same_entries_and_then_the_status(client):
    whole = client.post("/api/descend", json=REGRESSION).json()
    with client.stream("POST", "/api/descend", json=REGRESSION, headers=LINES) as response:
        assert response.headers["content-type"].startswith("application/x-ndjson")
        lines = [json.loads(line) for line in response.iter_lines()]
    assert lines == [*whole["history"], {"status": "done"}]


def test_a_diverging_run_ends_with_a_clear_last_line(client):
    asked = REGRESSION | {"rate": 1e6, "steps": 9_999}
    with client.stream("POST", "/api/descend", json=asked, headers=LINES) as response:
        *entries, last = [json.loads(line) for line in response.iter_lines()]
    assert last == {"status": "diverged"}
    assert "Infinity" in json.dumps(entries[-1])
    assert len(entries) < 100
    assert client.post("/api/descend", json=asked).json()["status"] == "diverged"


def test_an_error_on_the_way_is_the_last_line_of_the_stream():
    limits = {"limits": {"stream": 1.0}}
    slow = {"source": "y = x\nfor k in range(300):\n    y = y*0.5 + x.data", "steps": 9_999}
    with (
        TestClient(create_app(Settings(**limits))) as client,
        client.stream("POST", "/api/descend", json=slow, headers=LINES) as response,
    ):
        *entries, last = [json.loads(line) for line in response.iter_lines()]
    assert entries[0]["step"] == 0
    assert last["error"]["code"] == "limit_exceeded"


def test_state_of_the_optimizer_travels_under_the_names_of_pytorch(client):
    body = client.post("/api/descend", json=REGRESSION | {"optimizer": "adam"}).json()
    assert list(body["history"][1]["state"]) == ["exp_avg", "exp_avg_sq"]
    assert body["history"][1]["state"]["exp_avg"].keys() == {"w", "b"}


def test_a_descent_stops_when_its_reader_leaves():
    """Even within a step: whoever waits for nothing keeps nobody else from the workers."""
    import asyncio

    from engine.descent import Descent

    source = "y = x*k if k > 0.5 else (x*x if k > 0.25 else -x)"
    data = {"k": [(index % 97) / 97 for index in range(2_000)]}
    descent = Descent(source, data=data, steps=10_000)

    async def leave():
        response = streamed(Workers(2, 2), present.lines(descent), descent.deadline.cancel)
        bursts = response.body_iterator
        assert await anext(bursts)
        await bursts.aclose()

    asyncio.run(leave())
    with pytest.raises(LimitExceeded):
        descent.deadline.check()


@pytest.mark.parametrize(
    ("path", "more", "code"),
    [
        ("check", {"h": 0}, "invalid_request"),
        ("check", {"h": "NaN"}, "invalid_request"),
        ("check", {"source": "y = 2x"}, "syntax_error"),
        ("check", {"steps": True}, "invalid_request"),
        ("sweep", {"over": []}, "invalid_request"),
        ("sweep", {"over": [{"name": "a", "low": 0, "high": 1e999}]}, "invalid_request"),
        ("sweep", {"over": [{"name": "q", "low": 0, "high": 1}]}, "unknown_name"),
        ("sweep", {"over": [{"name": "a", "low": 0, "high": 1, "points": 40_001}]},
         "limit_exceeded"),
        ("sweep", {"over": [{"name": "a", "low": 0, "high": 1, "points": 10**30}]},
         "limit_exceeded"),
        ("descend", {"optimizer": "lion"}, "unknown_name"),
        ("descend", {"steps": 10_001}, "limit_exceeded"),
        ("descend", {"steps": -1}, "invalid_request"),
        ("descend", {"trainable": ["q"]}, "unknown_name"),
        ("descend", {"batch": 0}, "invalid_request"),
        ("descend", {"data": {"a": []}}, "type_error"),
        ("descend", {"data": {"a": [1.0], "b": [1.0, 2.0]}}, "type_error"),
        ("descend", {"data": {"a": [True]}}, "invalid_request"),
        ("descend", {"source": "y = 1.0\nfor k in range(10**9):\n    y = y*x"}, "limit_exceeded"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_refused_in_the_one_shape(client, path, more, code):
    asked = {"source": "y = a*b", **more}
    if path == "sweep":
        asked.setdefault("over", [{"name": "a", "low": 0, "high": 1}])
    assert refusal(client.post(f"/api/{path}", content=json.dumps(asked),
                               headers={"content-type": "application/json"}))[:2] == (422, code)  # fmt: skip


def test_a_history_too_large_for_one_answer_is_offered_as_a_stream(client):
    source = "m = MLP(2, [16, 16, 1])\ns = m([x1, x2])"
    status, code, message = refusal(
        client.post("/api/descend", json={"source": source, "steps": 10_000})
    )
    assert (status, code) == (422, "limit_exceeded")
    assert "`history`" in message


@pytest.mark.parametrize("path", ["check", "sweep", "descend", "trace"])
def test_halves_of_characters_are_answered_like_any_other_text(client, path):
    bad = "\ud800"
    asked = {"source": "y = a*b", "output": bad}
    if path == "sweep":
        asked |= {"over": [{"name": bad, "low": 0, "high": 1}], "output": None}
    if path == "descend":
        asked |= {"optimizer": bad, "data": {bad: [1.0]}, "trainable": [bad], "output": None}
    answer = client.post(
        f"/api/{path}", content=json.dumps(asked), headers={"content-type": "application/json"}
    )
    assert refusal(answer)[:2] == (422, "unknown_name")


def test_half_of_a_character_in_an_unused_name_is_told_whole(client):
    body = json.dumps({"source": "y = x*x", "inputs": {"\ud800": 1}})
    headers = {"content-type": "application/json"}
    answer = client.post("/api/trace", content=body, headers=headers)
    assert answer.json()["warnings"] == ["the program has no input `?` to set"]


def test_names_are_not_echoed_at_length(client):
    for more in ({"output": "q" * 300_000}, {"trainable": ["q" * 300_000]}):
        path = "trace" if "output" in more else "descend"
        assert len(client.post(f"/api/{path}", json={"source": "y = a*b", **more}).content) < 400


def test_numbers_of_thousands_of_digits_are_refused(client):
    many = 10**4_000
    over = [{"name": name, "low": 0, "high": 1, "points": many} for name in "ab"]
    answer = client.post("/api/sweep", json={"source": "y = a*b", "over": over})
    assert refusal(answer)[:2] == (422, "limit_exceeded")
    answer = client.post("/api/descend", json={"source": "y = a*b", "steps": many})
    assert refusal(answer)[:2] == (422, "limit_exceeded")


def test_a_division_by_a_constant_zero_is_infinite_here_too(client):
    body = client.post("/api/check", json={"source": "y = x/0", "inputs": {"x": 1}}).json()
    assert body["inputs"][0]["gradient"] == "Infinity"
    body = client.post("/api/descend", json={"source": "y = x/0", "inputs": {"x": 1}}).json()
    assert body["status"] == "diverged"


def test_a_fault_of_ours_is_the_last_line_of_a_stream(client, monkeypatch, caplog):
    def broken(descent, at):
        raise RuntimeError("broken")

    monkeypatch.setattr("app.present.entry", broken)
    with client.stream("POST", "/api/descend", json=REGRESSION, headers=LINES) as response:
        (line,) = [json.loads(line) for line in response.iter_lines()]
    assert line["error"]["code"] == "internal"
    assert "broken" in caplog.text
    assert "broken" not in json.dumps(line)


# -- data -----------------------------------------------------------------------------------------


def test_datasets_are_columns_that_a_descent_takes(client):
    body = client.get("/api/datasets/moons", params={"rows": 10, "seed": 3}).json()
    assert body["name"] == "moons"
    assert {name: len(column) for name, column in body["columns"].items()} == {
        "x1": 10, "x2": 10, "y": 10,
    }  # fmt: skip
    asked = {"source": "L = (w*x1 + v*x2 - y)**2", "data": body["columns"], "steps": 1}
    assert client.post("/api/descend", json=asked).json()["status"] == "done"
    assert refusal(client.get("/api/datasets/sun"))[:2] == (422, "unknown_name")
    assert refusal(client.get("/api/datasets/xor?rows=0"))[:2] == (422, "invalid_request")
