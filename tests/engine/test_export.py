"""What is exported, read by the tools that it is for: libraries, Graphviz, KaTeX."""

from __future__ import annotations

import contextlib
import io
import json
import math
import random
import re
import subprocess
import sys
from pathlib import Path

import pytest

from engine import Value, record, trace
from engine.export import FORMATS
from engine.operations import OPERATIONS
from engine.value import FUNCTIONS, constant
from tests import node
from tests.conftest import require
from tests.engine.test_operations import CONVENTIONS
from tests.graphs import FAN_OUT, KNOWN, NEURON, SQUARE, TRAINING

STATIC = Path(__file__).resolve().parent.parent.parent / "static"
PROGRAMS = ("micrograd", "pytorch", "jax", "numpy")

EVERYTHING = """\
def soft(x):
    return log(1 + exp(x))
total = 0
for x in [0.5, -1.5, 2]:
    if w*x > 0:
        total += soft(w*x)**2 / 3
    else:
        total -= max(w*x, b, 2**x) * erf(b)
total = total + gelu(w) * clip(b, -1, 1) - leaky_relu(b) + softplus(w) * w**b + abs(b) - 0.5**w
"""

TRACES = {
    **{known.name: trace(known.source, known.inputs) for known in KNOWN},
    "everything": trace(EVERYTHING, {"w": 0.7, "b": -0.3}),
    "training": trace(TRAINING),
    "unused input": trace("a = 2.0; b = 3.0\nL = a * a"),
    "an input is the output": trace("a = 2.0"),
    "made of constants": trace("y = Value(2.0)\nprint([1.0][0])\n[1.5][0]"),
    "second derivative": trace("y = grad(x**3 * tanh(x), x)", {"x": 0.4}),
}


def generated(seed: int):
    """Return the trace of a random graph of rows of the table, away from their pitfalls."""
    chance = random.Random(seed)
    pool = [Value(chance.uniform(-2, 2), label=name) for name in ("a", "x1*w1", "lambda")]
    while len(pool) < 15:
        operation = chance.choice(list(OPERATIONS.values()))
        operands = [chance.choice(pool) for _ in operation.operands]
        if operation.name == "fixed_power" or (len(operands) > 1 and chance.random() < 0.3):
            operands[-1] = constant(chance.choice([-1.0, 0.5, 2.0, 3.0]))
        numbers = [operand.data for operand in operands]
        result = FUNCTIONS[operation.name](*operands)
        if abs(result.data) < 40 and not operation.warnings(*numbers):
            pool.append(result)
    return record(sum(pool[1:], pool[0]))


TRACES |= {f"generated {seed}": generated(seed) for seed in range(40)}


def run(text: str) -> dict[str, float]:
    """Run a program by itself; return the numbers that it prints, by what stands before them."""
    printed, depth = io.StringIO(), sys.getrecursionlimit()
    try:
        with contextlib.redirect_stdout(printed):
            exec(compile(text, "exported.py", "exec"), {"__name__": "__main__"})
    finally:
        sys.setrecursionlimit(depth)
        if "torch" in sys.modules:
            sys.modules["torch"].set_default_dtype(sys.modules["torch"].float32)
    pairs = (line.split(" = ") for line in printed.getvalue().splitlines())
    return {name: float(number) for name, number in pairs}


@pytest.mark.parametrize("name", TRACES)
@pytest.mark.parametrize(
    ("library", "module"),
    [("micrograd", "micrograd"), ("numpy", "numpy"), ("pytorch", "torch"), ("jax", "jax")],
)
def test_exported_program_computes_the_value_and_every_gradient(library, module, name):
    # JAX is nobody's extra here: where it is, its programs are run, too.
    require(module)
    traced = TRACES[name]
    value, *gradients = run(FORMATS[library].write(traced)).values()
    assert value == pytest.approx(traced.value, rel=1e-12)
    newest = {entry.node for entry in traced.inputs}
    expected = [
        traced.grads[node.position]
        - traced.annotations.carried.get(traced.graph.values[index], 0.0)
        for index, node in enumerate(traced.nodes)
        if node.kind == "input" and (traced.reaches[index] or index in newest)
    ]
    scale = max(map(abs, expected), default=0.0)
    assert gradients == pytest.approx(expected, rel=1e-12, abs=1e-13 * scale)


@pytest.mark.parametrize("name", TRACES)
def test_program_for_jax_is_python(name):
    compile(FORMATS["jax"].write(TRACES[name]), "exported.py", "exec")


def test_program_for_numpy_takes_arrays():
    import numpy as np

    scope: dict = {}
    with contextlib.redirect_stdout(io.StringIO()):
        exec(FORMATS["numpy"].write(TRACES["everything"]), scope)
    weights, biases = np.linspace(0.2, 2.0, 7), np.linspace(-0.9, -0.1, 7)
    inputs = {"w": weights, "b": biases}
    order = [entry.name for entry in TRACES["everything"].inputs if entry.name in inputs]
    zero = [entry.value for entry in TRACES["everything"].inputs if entry.name not in inputs]
    columns = zero + [inputs[name] for name in order]
    values, gradients = scope["compute"](columns)
    for index, (w, b) in enumerate(zip(weights, biases, strict=True)):
        alone = trace(EVERYTHING, {"w": w, "b": b})
        assert values[index] == pytest.approx(alone.value, rel=1e-12)
        for name, column in zip(order, gradients[len(zero) :], strict=True):
            assert column[index] == pytest.approx(alone[name].grad, rel=1e-12)


def test_infinite_numbers_survive():
    traced = trace("y = clip(x, -inf, 3)", {"x": 5})
    assert 'float("-inf")' in FORMATS["numpy"].write(traced)
    for library in ("numpy", "micrograd"):
        assert run(FORMATS[library].write(traced)) == {"y": 3.0, "dy/dx": 0.0}


def test_names_become_identifiers_and_no_two_the_same():
    a, b = Value(2.0, label="lambda"), Value(3.0, label="x 1")
    c = Value(5.0, label="x*1")
    product = a * b * c
    product.label = "print"
    text = FORMATS["numpy"].write(record(product))
    assert run(text) == {
        "print_2": 30.0,
        "dprint_2/dlambda_2": 15.0,
        "dprint_2/dx_1": 10.0,
        "dprint_2/dx_1_2": 6.0,
    }
    assert "# x*1" in text


def test_source_cannot_leave_its_comment():
    lines = ["# -*- coding: utf-7 -*-", "x = 3.0\r# \u2028", 'print(\'\x0c"""\')', "y = x*x"]
    text = FORMATS["numpy"].write(trace("\n".join(lines)))
    head = text.partition("import numpy")[0]
    assert all(line.startswith("#") for line in re.split(r"[\r\n]+", head) if line)
    assert "coding" not in "".join(text.split("\n")[:1])
    assert run(text) == {"y": 9.0, "dy/dx": 6.0}


def test_kink_keeps_the_conventions_of_the_table_where_the_reverse_pass_is_ours():
    source = "y = relu(x) + abs(x) + max(x, z) + clip(w, -1, 1)"
    traced = trace(source, {"x": 0, "z": 0, "w": 1})
    expected = {f"dy/d{entry.name}": entry.grad for entry in traced.inputs}
    assert expected == {"dy/dx": 0.5, "dy/dz": 0.5, "dy/dw": 1.0}
    for library in ("numpy", "micrograd"):
        assert run(FORMATS[library].write(traced)) == {"y": 1.0, **expected}


@pytest.mark.parametrize(("name", "operands", "value", "partials"), CONVENTIONS)
def test_program_for_numpy_has_every_convention_of_the_table(name, operands, value, partials):
    leaves = [
        Value(number, label=f"x{index}") if partial is not None else constant(number)
        for index, (number, partial) in enumerate(zip(operands, partials, strict=True))
    ]
    found = run(FORMATS["numpy"].write(record(FUNCTIONS[name](*leaves))))
    expected = [value, *(partial for partial in partials if partial is not None)]
    assert list(found.values()) == pytest.approx(expected, nan_ok=True)


def test_program_for_micrograd_runs_on_a_deep_graph():
    traced = trace("y = x\nfor i in range(3000): y = y + 0.5*x")
    assert run(FORMATS["micrograd"].write(traced)) == {
        "y_3000": 1501.0,
        "dy_3000/dx": 1501.0,
    }


# -- drawings and equations ---------------------------------------------------------------------


READ_DOT = """\
import { instance } from "./vendor/viz.js";
const graphviz = await instance();
const texts = JSON.parse(await new Response(process.stdin).text());
console.log(JSON.stringify(texts.map((text) => graphviz.renderJSON(text))));
"""
READ_LATEX = """\
import katex from "./vendor/katex.js";
const texts = JSON.parse(await new Response(process.stdin).text());
const options = { displayMode: true, throwOnError: true, strict: "error" };
console.log(JSON.stringify(texts.map((text) => katex.renderToString(text, options).length)));
"""


def by_node(program: str, texts: list[str]):
    """Return what a module, run in `static`, makes of texts."""
    command = [str(node.folder() / "node"), "--input-type=module", "--eval", program]
    run = subprocess.run(
        command, cwd=STATIC, input=json.dumps(texts), capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)


def strange():
    """Return a trace whose names are made of what notations give a meaning."""
    labels = ['"', "\\", "{a|b}", "<b>&amp;", "`x`", "1. one", "#35;", "end", "]-->", "α ∂\n—"]
    values = [Value(float(index), label=label) for index, label in enumerate(labels)]
    return record(sum(values[1:], values[0]))


def test_graphviz_reads_every_value_operation_and_use():
    traces = [*TRACES.values(), strange()]
    drawn = by_node(READ_DOT, [FORMATS["dot"].write(traced) for traced in traces])
    for traced, graph in zip(traces, drawn, strict=True):
        reached = [one for one in traced.nodes if traced.reaches[one.position]]
        results = [one for one in reached if one.operation]
        uses = sum(len(one.operands) for one in results)
        nodes = [one for one in graph["objects"] if not one["name"].startswith("cluster")]
        assert len(nodes) == len(reached) + len(results)
        assert len(graph.get("edges", [])) == uses + len(results)
    labels = {one["label"] for one in drawn[-1]["objects"]}
    assert r"{ \{a\|b\} | value 2 | grad 1 }" in labels


def test_two_uses_are_two_edges_and_groups_are_clusters():
    text = FORMATS["dot"].write(TRACES[SQUARE.name])
    assert text.count("n0 -> o1;") == 2
    assert 'n0 [label="{ x | value 3 | grad 6 }"];' in text
    text = FORMATS["dot"].write(trace("def f(x): return x * x\ny = f(3.0) + 1"))
    inside = re.search(r'subgraph cluster_g0 \{ label="f";.*?\n  \}', text, flags=re.S)
    assert inside is not None
    assert "n0 " in inside[0]
    assert '"+"' not in inside[0]


def test_mermaid_has_no_syntax_in_its_texts():
    text = FORMATS["mermaid"].write(strange())
    shapes = (
        r'n\d+\["[^"\[\]{}|`<>\\]*<br>value [-\w.]+<br>grad [-\w.]+"\]',
        r'o\d+\(\("[^"]*"\)\)',
        r"[no]\d+ --> [no]\d+",
    )
    head, *lines = text.splitlines()
    assert head == "flowchart LR"
    assert all(re.fullmatch(rf"  (?:{'|'.join(shapes)})", line) for line in lines)
    text = FORMATS["mermaid"].write(trace("def f(x): return x * x\ny = f(3.0)"))
    assert text.count("subgraph") == text.count("  end") == 1


def test_katex_reads_every_equation():
    traces = [*TRACES.values(), trace("y = x / 0 + log(0*x) - 1e300 * x * 1e300")]
    lengths = by_node(READ_LATEX, [FORMATS["latex"].write(traced) for traced in traces])
    assert min(lengths) > 100


def test_equations_tell_both_passes():
    lines = FORMATS["latex"].write(TRACES[FAN_OUT.name]).splitlines()
    assert r"d &= a \cdot b = 2 \cdot 3 = 6 \\" in lines
    assert (
        r"\frac{\partial L}{\partial a} &= \frac{\partial L}{\partial d} \cdot b"
        r" + \frac{\partial L}{\partial e} = 5 \cdot 3 + 6 = 21 \\"
    ) in lines
    lines = FORMATS["latex"].write(TRACES[NEURON.name]).splitlines()
    assert any(r"\cdot \left(1 - {o}^{2}\right) = 1 \cdot 0.5 = 0.5 \\" in x for x in lines)


def test_gradient_that_an_earlier_pass_left_is_part_of_the_sum():
    traced = trace("x = 3.0\ny = x*2\ny.backward()\nz = x*x\nz.backward()")
    last = FORMATS["latex"].write(traced).splitlines()[-2]
    assert last.endswith(r"= 1 \cdot 3 + 1 \cdot 3 + 2 = 8 \\")
    assert math.isclose(run(FORMATS["numpy"].write(traced))["dz/dx"], 6.0)


def test_latex_calls_what_a_neuron_computes_by_its_part():
    program = "net = MLP(2, [1, 1])\nL = (net([1.0, 2.0]) - net([x, 0.5]))**2"
    text = FORMATS["latex"].write(trace(program))
    assert r"\texttt{net[0][0].$\Sigma$}_{1} &= " in text
    assert r"\texttt{net[0][0].relu}_{2} &= " in text
    assert r"\texttt{net[0][0].w[1]*x}_{2} &= " in text
    assert "v_{" in text  # net(…), which is no part of a neuron
