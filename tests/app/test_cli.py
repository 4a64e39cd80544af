"""The command line, as a shell runs it."""

from __future__ import annotations

import json
import socket

import pytest
from typer.testing import CliRunner

from app import __version__
from app.cli import cli

runner = CliRunner()
CHAIN = [
    "-e",
    "L = (a*b + c) * f",
    "--set",
    "a=2",
    "--set",
    "b=-3",
    "--set",
    "c=10",
    "--set",
    "f=-2",
]


def test_trace_prints_values_and_gradients():
    result = runner.invoke(cli, ["trace", *CHAIN])
    assert result.exit_code == 0
    rows = [line.split() for line in result.output.splitlines()]
    assert ["n0", "a", "input", "2", "6"] in rows
    assert ["n6", "L", "multiply", "-8", "1"] in rows


def test_trace_writes_the_json_of_the_api(tmp_path):
    target = tmp_path / "trace.json"
    result = runner.invoke(cli, ["trace", *CHAIN, "--format", "json", "-o", str(target)])
    assert result.exit_code == 0
    body = json.loads(target.read_text())
    assert (body["schema"], body["value"]) == ("chainrule.trace/1", -8.0)
    shown = runner.invoke(cli, ["trace", *CHAIN, "--format", "json"])
    assert json.loads(shown.output) == body


def test_program_comes_from_a_file_or_from_input(tmp_path):
    file = tmp_path / "program.py"
    file.write_text("y = 2 * x\nprint('hello')")
    assert "hello" in runner.invoke(cli, ["trace", str(file)]).output
    assert "multiply" in runner.invoke(cli, ["trace", "-"], input="y = 2 * x").output


def test_fault_of_the_program_ends_with_one_and_says_where():
    result = runner.invoke(cli, ["trace", "-e", "a = 1\ny = 2x"])
    assert result.exit_code == 1
    assert "line 2, column 5: `2x` is not a name and not a number." in result.stderr
    assert "Write 2*x" in result.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["-e", "a", "file.py"],
        ["nowhere.py"],
        ["-e", "a", "--set", "a"],
        ["-e", "a", "--set", "a=b"],
        ["-e", "a", "--set", "a=nan"],
        ["-e", "a", "--set", "=2"],
    ],
)
def test_wrong_usage_ends_with_two(arguments):
    assert runner.invoke(cli, ["trace", *arguments]).exit_code == 2


def test_output_can_be_chosen_and_limits_lifted():
    result = runner.invoke(cli, ["trace", "-e", "e = a*2\nL = e*3", "--output", "e"])
    assert "L" not in result.output.split()
    long = "y = x\n" + "y = y + 1\n" * 6000
    assert runner.invoke(cli, ["trace", "-"], input=long).exit_code == 1
    assert runner.invoke(cli, ["trace", "-", "--unlimited"], input=long).exit_code == 0


def test_version_is_told():
    assert runner.invoke(cli, ["version"]).output.strip() == __version__


def test_taken_port_is_told_with_a_way_out():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        result = runner.invoke(cli, ["serve", "--port", str(port)])
    assert result.exit_code == 1
    assert "cannot be used" in result.stderr
    assert "chainrule serve --port" in result.stderr


def test_check_sets_gradients_beside_their_measured_slopes():
    result = runner.invoke(cli, ["check", *CHAIN])
    assert result.exit_code == 0
    rows = [line.split() for line in result.output.splitlines()]
    assert ["✓", "b", "-4", "-4", "-4", "0.0e+00"] in rows
    wrong = runner.invoke(cli, ["check", "-e", "y = x * x.data", "--set", "x=3"])
    assert wrong.exit_code == 1
    assert "✗" in wrong.output
    assert "flows through those" in wrong.output
    body = json.loads(runner.invoke(cli, ["check", *CHAIN, "--json", "--nodes"]).output)
    assert len(body["nodes"]) == 7


def test_descend_prints_a_line_a_step(tmp_path):
    table = tmp_path / "table.csv"
    table.write_text("x, y\n0,1\n1,3\n2,5\n")
    fit = ["descend", "-e", "L = (w*x + b - y)**2", "--data", str(table), "--rate", "0.2"]
    result = runner.invoke(cli, [*fit, "--steps", "200"])
    assert result.exit_code == 0
    step, _, w, b = result.output.splitlines()[-1].split()
    assert step == "200"
    assert (float(w), float(b)) == (pytest.approx(2.0, abs=1e-4), pytest.approx(1.0, abs=1e-4))
    lines = runner.invoke(cli, [*fit, "--json", "--steps", "1"]).output.splitlines()
    assert [json.loads(line).get("step") for line in lines] == [0, 1, None]
    assert json.loads(lines[-1]) == {"status": "done"}


def test_descend_says_when_it_diverges_and_what_it_cannot_read(tmp_path):
    result = runner.invoke(cli, ["descend", "-e", "L = a*a", "--rate", "1e9"])
    assert result.exit_code == 1
    assert "smaller --rate" in result.stderr
    broken = tmp_path / "broken.csv"
    broken.write_text("x\none\n")
    for path in (broken, tmp_path / "missing.csv"):
        result = runner.invoke(cli, ["descend", "-e", "L = x*x", "--data", str(path)])
        assert result.exit_code == 2
    assert runner.invoke(cli, ["descend", "-e", "L = 2x"]).exit_code == 1
