"""The server calls values as the page does: one rule, told in two languages."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from app.present import to_json
from engine import trace
from engine.naming import names_of
from tests import node
from tests.js.test_pure_modules import PROGRAMS

STATIC = Path(__file__).parent.parent.parent / "static"
SCRIPT = """
import {{ namesOf }} from {module};
let text = "";
for await (const piece of process.stdin) text += piece;
const said = JSON.parse(text).map(({{ trace, reaching }}) => {{
  const names = namesOf(trace.nodes.filter(({{ id }}) => reaching.includes(id)), trace);
  return trace.nodes.map(({{ id }}) => names.get(id) ?? "");
}});
process.stdout.write(JSON.stringify(said));
"""


@pytest.fixture(scope="module")
def named_by_the_page():
    traces = {name: trace(source, inputs) for name, (source, inputs) in PROGRAMS.items()}
    asked = [
        {
            "trace": json.loads(to_json(one, steps=False)),
            "reaching": [f"n{at}" for at, reaches in enumerate(one.reaches) if reaches],
        }
        for one in traces.values()
    ]
    module = json.dumps((STATIC / "js" / "naming.js").as_uri())
    run = subprocess.run(
        [str(node.folder() / "node"), "--input-type=module", "-e", SCRIPT.format(module=module)],
        input=json.dumps(asked), capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip
    said = json.loads(run.stdout)
    return {name: (traces[name], names) for name, names in zip(traces, said, strict=True)}


@pytest.mark.parametrize("name", PROGRAMS)
def test_server_and_page_call_values_the_same(named_by_the_page, name):
    made, said = named_by_the_page[name]
    assert names_of(made) == said
