"""The promise of the README: an operation is one row, and everything else follows."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

CUBE = """
    Operation(
        "cube", "cube", ("x",),
        lambda m, x: x * x * x,
        (lambda m, x, out: 3.0 * x * x,),
        "The slope of a cube is three times the square.",
        latex="{@0}^3", glyph="x³",
    ),
"""


def with_cube(root: Path, to: Path) -> Path:
    """Return a copy of the project whose table has one row more."""
    for folder in ("app", "engine", "static", "templates"):
        ignored = shutil.ignore_patterns("node_modules", "__pycache__")
        shutil.copytree(root / folder, to / folder, ignore=ignored)
    table = to / "engine" / "operations.py"
    text = table.read_text()
    assert text.count("_TABLE = (\n") == 1
    table.write_text(text.replace("_TABLE = (\n", f"_TABLE = ({CUBE}"))
    return to


PROGRAM = """
import json
from fastapi.testclient import TestClient
from app.main import create_app
from engine import Value, grad, nn, trace
x = Value(2.0)
y = x.cube()
y.backward()
with TestClient(create_app()) as client:
    answer = client.post("/api/trace", json={"source": "y = x.cube() + cube(x)", "inputs": {"x": 2}})
    rows = client.get("/api/operations").json()["operations"]
    page = client.get("/").text
    exported = {
        name: client.post(f"/api/export/{name}", json={"source": "y = cube(x)"}).text
        for name in ("numpy", "micrograd", "latex", "dot")
    }
neuron = nn.Neuron(1, activation="cube")
neuron.w[0].data, neuron.b.data = 2.0, 1.0
print(json.dumps({
    "neuron": neuron([1.0]).data,
    "value": [y.data, x.grad, grad(grad(y, x), x).data],
    "language": [answer.json()["value"], answer.json()["inputs"][0]["grad"]],
    "row": next(row for row in rows if row["name"] == "cube"),
    "page": "three times the square" in page,
    "exported": exported,
}))
"""


def test_row_added_to_the_table_is_in_the_engine_the_language_the_json_the_page_and_the_exports(
    tmp_path,
):
    copy = with_cube(ROOT, tmp_path)
    run = subprocess.run(
        [sys.executable, "-c", PROGRAM], cwd=copy, env=os.environ | {"PYTHONPATH": str(copy)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    found = json.loads(run.stdout)
    assert found["value"] == [8.0, 12.0, 12.0]
    assert found["neuron"] == 27.0
    assert found["language"] == [16.0, 24.0]
    assert found["row"]["partials"] == [r"3 \cdot @0 \cdot @0"]
    assert found["row"]["python"] == {"forward": "x * x * x", "partials": ["3.0 * x * x"]}
    assert found["row"]["glyph"] == "x³"
    assert found["page"]
    assert "d_x = d_y * (3.0 * x * x)" in found["exported"]["numpy"]
    assert "y = x * x * x" in found["exported"]["micrograd"]
    assert "y &= {x}^3" in found["exported"]["latex"]
    assert 'label="x³"' in found["exported"]["dot"]
