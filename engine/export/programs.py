"""Programs: a trace as straight-line Python for PyTorch, JAX, NumPy and micrograd.

Each runs with the named library alone and prints the output's value and the gradient of every
input. The statements are the forward rules of the table; NumPy's reverse pass and what micrograd
lacks are written from its partial derivatives.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from engine.export.names import function_name
from engine.export.straight import StraightLine, indented, listed, text_of, times
from engine.export.writers import (
    JaxWriter,
    Lacking,
    MathWriter,
    MicrogradWriter,
    NumpyWriter,
    PytorchWriter,
)
from engine.operation import Operation
from engine.records import Node
from engine.trace import Trace

Lines = Iterable[str]

NUMBERS = MathWriter()
KINKS = "# At a kink (a maximum of equal numbers, a bound of clip) {library}'s convention holds."
DEEP = 200
"""Statements beyond which micrograd's recursion may need more depth than Python allows."""


def _program(trace: Trace, body: Callable[[StraightLine], Iterable[Lines]]) -> str:
    """Return a program; where no input leads to the output there is nothing to differentiate."""
    program = StraightLine(trace)
    if program.is_constant:
        return text_of(program.head(), program.report(NUMBERS.number(trace.value), ""))
    return text_of(program.head(), *body(program))


# -- libraries that record what they compute ------------------------------------------------------


def _pytorch(program: StraightLine) -> Iterable[Lines]:
    writer = PytorchWriter()
    yield [KINKS.format(library="PyTorch"), "import torch", ""]
    yield ["torch.set_default_dtype(torch.float64)", ""]
    yield _leaves(program, "torch.tensor({number}, requires_grad=True)")
    yield _passes(program, [program.forward(node, writer) for node in program.operations])
    yield program.report(f"{program.output}.item()", "{name}.grad.item()")


def _micrograd(program: StraightLine) -> Iterable[Lines]:
    writer = MicrogradWriter()
    lacking: dict[str, Operation] = {}
    statements = []
    for node in program.operations:
        assert node.operation is not None
        try:
            statements.append(program.forward(node, writer))
        except Lacking:
            if node.operation.name not in writer.methods:
                lacking[node.operation.name] = node.operation
            statements.append(_call(program, node, writer))
    deep = len(statements) > DEEP
    standard = [*(["import math"] if lacking else []), *(["import sys"] if deep else [])]
    yield [*standard, *([""] if standard else []), "from micrograd.engine import Value"]
    if deep:
        yield ["", f"sys.setrecursionlimit({20 * len(statements)})  # backward() recurses"]
    for operation in lacking.values():
        yield _definition(operation)
    yield ["", ""] if lacking else [""]
    yield _leaves(program, "Value({number})")
    yield _passes(program, statements)
    yield program.report(f"{program.output}.data", "{name}.grad")


def _leaves(program: StraightLine, template: str) -> Lines:
    """Return the statements that make the inputs."""
    yield "# Inputs"
    for node in program.inputs:
        made = template.format(number=NUMBERS.number(node.value))
        yield f"{program.name(node)} = {made}{program.remark(node)}"


def _passes(program: StraightLine, statements: list[str]) -> Lines:
    """Return the forward statements, and the call of the library's own backward pass."""
    if statements:
        yield from ("", "# Forward pass", *statements)
    yield from ("", "# Backward pass", f"{program.output}.backward()", "")


def _call(program: StraightLine, node: Node, writer: MicrogradWriter) -> str:
    """Return the statement that calls a method or a defined operation of Values."""
    assert node.operation is not None
    operands = [
        f"Value({writer.number(operand)})" if isinstance(operand, float) else operand.text
        for operand in program.operands(node, writer)
    ]
    if node.operation.name in writer.methods:
        return f"{program.name(node)} = {operands[0]}.{node.operation.name}()"
    return f"{program.name(node)} = {function_name(node.operation)}({', '.join(operands)})"


def _definition(operation: Operation) -> Lines:
    """Return an operation as a function of Values, in the way of the lecture on micrograd."""
    writer = MathWriter()
    data = [writer.operand(f"{name}.data") for name in operation.operands]
    out, upstream = writer.operand("out.data"), writer.operand("out.grad")
    names = ", ".join(operation.operands)
    forward = writer.lift(operation.forward(writer, *data)).text
    yield from ("", "", f"def {function_name(operation)}({names}):")
    yield listed(f"    out = Value({forward}, (", operation.operands, f'), "{operation.symbol}")')
    yield from ("", "    def _backward():")
    for name, slope in zip(operation.operands, operation.partials, strict=True):
        if slope is not None:
            contribution = times(upstream, slope(writer, *data, out))
            yield f"        {name}.grad += {contribution.text}"
    yield from ("", "    out._backward = _backward", "    return out")


# -- libraries that are given a function ----------------------------------------------------------


def _jax(program: StraightLine) -> Iterable[Lines]:
    writer = JaxWriter()
    yield [KINKS.format(library="JAX"), "import jax", "import jax.numpy as jnp", ""]
    yield ['jax.config.update("jax_enable_x64", True)', "", "", "def compute(inputs):"]
    yield indented([listed("(", map(program.name, program.inputs), ") = inputs")])
    yield indented(program.forward(node, writer) for node in program.operations)
    yield indented([f"return {program.output}"])
    yield _given(program, "value, gradients = jax.value_and_grad(compute)(inputs)")
    yield program.report("float(value)", "float(gradients[{index}])")


def _numpy(program: StraightLine) -> Iterable[Lines]:
    writer = NumpyWriter()
    gradients = program.gradients()
    forward = [program.forward(node, writer) for node in program.operations]
    backward = list(program.backward(writer, gradients))
    yield ["import math", ""] if writer.missing else []
    yield ["import numpy as np", *([""] if writer.missing else [])]
    yield (f"{name} = np.vectorize(math.{name}, otypes=[float])" for name in writer.missing)
    yield ["", "", "def compute(inputs):"]
    names = map(program.name, program.inputs)
    unpacked = listed("(", names, ") = (np.asarray(x, dtype=float) for x in inputs)")
    told = f'"""Return {program.output} and its gradients; an input is a number or an array."""'
    yield indented([told, unpacked])
    yield indented(["", "# Forward pass", *forward] if forward else [])
    yield indented(["", "# Backward pass", *backward])
    results = (gradients[node.position] for node in program.inputs)
    yield indented([listed(f"return {program.output}, (", results, ")")])
    yield _given(
        program, 'with np.errstate(all="ignore"):', "    value, gradients = compute(inputs)"
    )
    yield program.report("value", "gradients[{index}]")


def _given(program: StraightLine, *call: str) -> Lines:
    """Return the statements that make the inputs and call the function."""
    numbers = (NUMBERS.number(node.value) for node in program.inputs)
    return ["", "", listed("inputs = (", numbers, ")"), *call]


pytorch: Callable[[Trace], str] = partial(_program, body=_pytorch)
micrograd: Callable[[Trace], str] = partial(_program, body=_micrograd)
jax: Callable[[Trace], str] = partial(_program, body=_jax)
numpy: Callable[[Trace], str] = partial(_program, body=_numpy)
