"""The wheel: it holds what the page needs, and runs from anywhere."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

PROGRAM = """
from fastapi.testclient import TestClient
from app.main import create_app
import app
with TestClient(create_app()) as client:
    assert "Chainrule" in client.get("/").text
    for path in ("js/main.js", "vendor/viz.js", "css/page.css", "favicon.svg"):
        assert client.get(f"/static/{path}").status_code == 200, path
    assert client.get("/api/examples").json()["examples"]
    assert client.post("/api/export/html", json={"source": "y = x"}).status_code == 200
from engine import Value
x = Value(2.0)
assert (x * x)._repr_html_().startswith("<iframe")
print(app.__file__)
"""


def test_wheel_runs_from_anywhere(tmp_path):
    subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", tmp_path, ROOT],
        check=True,
    )  # fmt: skip
    (wheel,) = tmp_path.glob("chainrule-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        archive.extractall(tmp_path / "site")
    assert not any("node_modules" in name or name.startswith("tests") for name in names)
    assert any(name.endswith("01-square.toml") for name in names)
    run = subprocess.run(
        [sys.executable, "-c", PROGRAM], cwd=tmp_path, capture_output=True, text=True, check=False,
        env=os.environ | {"PYTHONPATH": str(tmp_path / "site")},
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    assert run.stdout.strip().startswith(str(tmp_path / "site"))
