"""Runs the tests of the page's pure modules with Node, on traces that the server answers now."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

from fastapi.testclient import TestClient

from app import lessons
from app.main import create_app
from tests import graphs, node

HERE = Path(__file__).parent

PROGRAMS = {
    "chain": (graphs.CHAIN.source, graphs.CHAIN.inputs),
    "square": (graphs.SQUARE.source, graphs.SQUARE.inputs),
    "fan-out": (graphs.FAN_OUT.source, {}),
    "readme": (graphs.MICROGRAD_README.source, {}),
    "network": ("model = MLP(2, [2, 1])\nloss = model([1.0, 2.0])**2\nloss.backward()", {}),
    "dead": ("z = 3\nw = z*2\ny = log(x)", {"x": 0}),
    "called-twice": ("p = 2\ndef f(x):\n    return tanh(x*x + 1)\nf(f(p))", {}),
    "row": ("s = x\nfor i in range(500):\n    s = s * x\ns", {}),
    "turns": ("x = 0.5\ny = x\nfor i in range(500):\n    y = y*1.01 + x", {}),
    "loops": (
        "y = x\n"
        "for i in range(12):\n    for j in range(7):\n        y = y*x + 0.1\n"
        "for i in range(12):\n    y = y*x - 0.1\n"
        "y = y*y\n"
        "for i in range(12, 16):\n    y = y*x - 0.1\n",
        {},
    ),
    "straight": ("\n".join(f"v{i + 1} = v{i}*w + {i}" for i in range(330)), {}),
    "layers": ("n = MLP(2, [16, 16, 1])\nsum((n([i, 1.0]) - 1)**2 for i in range(4))", {}),
    "training": (graphs.TRAINING, {}),
    "accents": ("é = 2 # 😀\nβ = é * 3", {}),
    "constant": ("y = x*2 + 1", {}),
    "many-uses": ("s = 0\nfor i in range(20):\n    s = s + a*a\ns", {"a": 2}),
    "twice": ("x = 3.0\ny = x * x\ny.backward()\ny.backward()", {}),
    "kink": ("y = relu(x)", {"x": 0}),
    "tie": ("y = max(a, b)", {"a": 2, "b": 2}),
    "tie-of-one": ("y = max(x, 2*x) * 3", {"x": 0}),
    "least": ("y = min(x, 2*x)", {"x": 0}),
    "clipped": ("y = clip(x, 0, 1)", {"x": 1}),
    "no-kink": ("y = relu(x) - relu(-x)", {"x": 0}),
    "misspelt": ("wieght = 2\ny = weight * x", {}),
    "replaced": ("a = 2.0\ny = a * b", {"a": 5, "b": 3}),
    "summed": ("y = sum(i*i for i in [a, b, c]) + 1", {}),
    "softmax": ("s = softmax([a, b, c])\ny = s[0] * softmax([a, b])[1]", {}),
    "taken": ("v = 2\nv = v * 3\ny = softmax([v, a, b])[0] * v", {}),
    "two-calls": ("def f(x):\n    return x*x\ny = f(1) + f(2)", {}),
    "three-calls": ("def f(x):\n    return x*x\ny = f(3) + f(3) + f(3)", {}),
    "off": ("h = relu(x)\nL = h * w + 1", {"x": -3, "w": 2}),
    "factor": ("y = a * b", {"a": 2, "b": 0}),
    "flat": ("y = cosh(x)", {"x": 0}),
    "cancel": ("y = x - x", {"x": 1}),
    "held": ("n = 2.0\ny = x**2 + 0*n", {"x": 3}),
    "not-a-number": ("z = log(x)\ny = z * 2", {"x": -1}),
    "moved-in-part": (
        "w = 2.0\nv = 1.0\nrate = 0.1\nw.data = rate.data * 5\nL = (w - 1)**2 + v**2",
        {},
    ),
    "moved-after": ("w = 2.0\nL = (w - 1)**2\nL.backward()\nw.data -= 0.1 * w.grad", {}),
    "steep": ("y = sqrt(x) * 2", {"x": 0}),
}

for lesson in lessons.course():
    for moment in ("begin", "solution"):
        state = getattr(lesson, moment)
        PROGRAMS[f"lesson-{lesson.id}-{moment}"] = (state.source, state.inputs)

PAGES = {"operations": "operations", "lessons": "lessons", "lessons-fr": "lessons?lang=fr"}


def test_pure_modules_do_what_their_tests_say():
    (HERE / "traces").mkdir(exist_ok=True)
    with TestClient(create_app()) as client:
        for name, (source, inputs) in PROGRAMS.items():
            answer = client.post("/api/trace", json={"source": source, "inputs": inputs})
            (HERE / "traces" / f"{name}.json").write_text(answer.text, encoding="utf-8")
        for name, path in PAGES.items():
            text = client.get(f"/api/{path}").text
            (HERE / "traces" / f"{name}.json").write_text(text, encoding="utf-8")
    files = sorted(str(path) for path in HERE.glob("*.test.js"))
    run = subprocess.run(
        [str(node.folder() / "node"), "--test", *files],
        capture_output=True, text=True, check=False, timeout=600,
    )  # fmt: skip
    assert run.returncode == 0, run.stdout + run.stderr
    assert "fail 0" in run.stdout


def test_catalogue_has_every_text_that_is_asked_for():
    static = HERE.parent.parent / "static"
    known = json.loads((static / "messages" / "en.json").read_text())
    used = set()
    for path in [*static.glob("js/**/*.js"), *static.parent.glob("templates/*.html")]:
        text = path.read_text()
        used |= {key for key in known if f'"{key}"' in text or f"'{key}'" in text}
    parts = ("nav.theme.", "transport.", "share.format.", "bench.", "check.", "descend.updates.")
    parts += ("playground.data.", "playground.csv.", "playground.legend.")
    words = ("rises falls stays turns missing", "ready running paused done diverged run")
    sentences = {f"slope.{word}" for word in words[0].split()}
    sentences |= {f"descend.{word}" for word in words[1].split()} | {"playground.train"}
    sentences |= {f"derivative.{word}" for word in ("convex", "concave", "straight")}
    assembled = sentences | {key for key in known if key.startswith(parts)}
    assert set(known) - used - assembled == set()
