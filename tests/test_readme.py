"""What the README shows is run here, and gives what the README says."""

from __future__ import annotations

import contextlib
import doctest
import importlib
import io
import json
import re
import shlex
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from app.main import create_app

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", README, flags=re.S)


def test_python_examples_print_what_stands_beside_them():
    for block in blocks("python"):
        expected = re.findall(r"print\(.*\)\s+# (.*)", block)
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            exec(block, {})
        assert printed.getvalue().splitlines() == expected


def test_curl_line_gets_the_answer_that_is_shown():
    (command,) = [block for block in blocks("sh") if block.startswith("curl")]
    words = shlex.split(command.replace("\\\n", " "))
    body = json.loads(words[words.index("-d") + 1])
    path = next(word for word in words if word.startswith("http")).partition(":8000")[2]
    with TestClient(create_app()) as client:
        answer = client.post(path, json=body).json()
    shown = json.loads(blocks("json")[0])
    assert {key: answer[key] for key in shown} == shown


def test_commands_that_are_named_exist():
    commands = [line for block in blocks("sh") for line in block.splitlines()]
    assert "python3 app" in commands
    assert "python3 tests" in commands
    assert "python3 tests" in (ROOT / ".ci" / "run").read_text()
    for folder in ("app", "tests"):
        assert (ROOT / folder / "__main__.py").exists()


def test_files_that_are_named_exist():
    for name in re.findall(r"\]\(((?!http)[^)#]+)\)", README):
        assert (ROOT / name).exists(), name
    for name in re.findall(r"^\| `([\w./]+)` \|", README, flags=re.M):
        assert (ROOT / name).exists(), name


@pytest.mark.parametrize(
    "name", ["", ".value", ".nn", ".replay", ".descent", ".datasets", ".export"]
)
def test_examples_in_docstrings_hold(name):
    results = doctest.testmod(importlib.import_module(f"engine{name}"))
    assert results.attempted > 0
    assert results.failed == 0
