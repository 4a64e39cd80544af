r"""LaTeX: a trace as equations, forward and then backward, one line for each operation.

The environment is `aligned`, so that it stands in any formula: `\[ … \]`, KaTeX, MathJax.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from engine.export.straight import times
from engine.notation import bracketed, derivative, number, symbols
from engine.operation import Operation
from engine.operations import TEMPLATES
from engine.records import Node
from engine.trace import Trace
from engine.writer import ATOM, SUM, Expression, LatexWriter

WRITER = LatexWriter(TEMPLATES)


def latex(trace: Trace) -> str:
    """Return the equations of both passes."""
    said = symbols(trace)
    lines = [*_forward(trace, said), *_backward(trace, said)]
    return "\n".join([r"\begin{aligned}", *lines, r"\end{aligned}", ""])


def _forward(trace: Trace, said: list[str]) -> Iterator[str]:
    for node in _drawn(trace):
        if node.operation is None:
            yield _line(said[node.position], number(node.value))
            continue
        operands = [trace.nodes[operand] for operand in node.operands]
        rule = _rule(node.operation, [_symbol(operand, said) for operand in operands])
        numbers = _rule(node.operation, [_number(operand.value) for operand in operands])
        yield _line(said[node.position], rule, numbers, number(node.value))


def _rule(operation: Operation, operands: list[Expression]) -> str:
    """Return what an operation computes: its sign in mathematics, or else its rule."""
    if operation.name in TEMPLATES:
        return WRITER.call(operation.name, *map(_whole, operands)).text
    return WRITER.lift(operation.forward(WRITER, *operands)).text


def _backward(trace: Trace, said: list[str]) -> Iterator[str]:
    """Return for each node the sum over its uses, from the output to the inputs."""
    output, nodes = said[trace.output], trace.nodes
    uses = defaultdict(list)
    for edge in trace.edges:
        if edge.local is not None:
            uses[edge.source].append(edge)
    for node in reversed(_drawn(trace)):
        seed = [_number(1.0)] if node.position == trace.output else []
        terms, numbers = list(seed), list(seed)
        for edge in uses[node.position]:
            target = nodes[edge.target]
            assert target.operation is not None
            assert edge.local is not None
            rule = target.operation.partials[edge.operand]
            assert rule is not None  # no gradient flows, so there is no local
            operands = [_symbol(nodes[operand], said) for operand in target.operands]
            upstream = WRITER.operand(derivative(output, said[target.position]))
            terms.append(_product(upstream, rule(WRITER, *operands, _symbol(target, said))))
            numbers.append(_product(_number(target.grad), edge.local))
        carried = trace.annotations.carried.get(trace.graph.values[node.position])
        if carried:  # an earlier backward() left it, and nothing zeroed it
            terms.append(_number(carried))
            numbers.append(_number(carried))
        own = derivative(output, said[node.position])
        yield _line(own, _sum(terms), _sum(numbers), number(node.grad))


def _drawn(trace: Trace) -> list[Node]:
    """Return what the output was made from, without constants."""
    return [n for n in trace.nodes if trace.reaches[n.position] and n.kind != "constant"]


def _symbol(node: Node, said: list[str]) -> Expression:
    """Return a node as part of a formula."""
    return _number(node.value) if node.kind == "constant" else WRITER.operand(said[node.position])


def _number(value: float) -> Expression:
    """Return a number as part of a formula, in which a negative one binds as a sum does."""
    text = number(value)
    return Expression(text, ATOM if text == bracketed(value) else SUM, WRITER)


def _whole(part: Expression) -> Expression:
    """Return a part of a formula, in brackets if it is not of one piece."""
    return WRITER.operand(part.bracketed(ATOM))


def _product(upstream: Expression, local: Any) -> Expression:
    """Return upstream · local; a sign after the dot stands in brackets."""
    if isinstance(local, Expression) and local.text.startswith("-"):
        local = WRITER.operand(WRITER.brackets(local.text))
    elif not isinstance(local, Expression) and abs(local) != 1.0:
        local = _number(local)
    return times(_whole(upstream), local)


def _sum(terms: list[Expression]) -> str:
    """Return the sum of terms; a sign after a plus stands in brackets."""
    first, *others = terms
    signed = (WRITER.brackets(t.text) if t.text.startswith("-") else t.text for t in others)
    return " + ".join([first.text, *signed])


def _line(*sides: str) -> str:
    """Return one equation; a side that says what the one before says is left out."""
    kept = [side for index, side in enumerate(sides) if index == 0 or side != sides[index - 1]]
    return f"{kept[0]} &= {' = '.join(kept[1:])} \\\\"
