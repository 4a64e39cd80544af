"""Steps in words and in LaTeX: the rule in symbols, then with the numbers filled in."""

from __future__ import annotations

import math
import re
from typing import NamedTuple

from engine.naming import names_of
from engine.notation import bracketed, derivative, number, symbols
from engine.operations import formulas
from engine.records import Accumulate, Forward, Node, Step
from engine.trace import Trace

LONGEST = 40
"""Characters of a program that serve as the name of a value."""


class Explanation(NamedTuple):
    """One step, told."""

    sentence: str
    latex: str
    latex_numbers: str


class Explainer:
    """Tells the steps of one trace."""

    def __init__(self, trace: Trace) -> None:
        self.trace = trace
        self.nodes = trace.nodes
        self.names = names_of(trace)
        self.symbols = symbols(trace)
        self.output = self.symbols[trace.output]

    def explain(self, step: Step) -> Explanation:
        """Return a step in words, in symbols and with numbers."""
        if isinstance(step, Forward):
            return self._forward(self.nodes[step.node])
        if isinstance(step, Accumulate):
            return self._accumulate(step)
        own = self._gradient(self.nodes[step.node])
        return Explanation(
            f"The backward pass begins at {self._called(self.nodes[step.node])}: "
            "a value changes exactly as fast as itself, so its gradient is 1.",
            f"{own} = 1",
            f"{own} = {number(step.after)}",
        )

    def _forward(self, node: Node) -> Explanation:
        name, value = self.symbols[node.position], number(node.value)
        if node.operation is None:
            kind = "an input" if node.kind == "input" else "a constant"
            return Explanation(
                f"{self._called(node)} is {kind}: {plain(node.value)}.", name, f"{name} = {value}"
            )
        operands = [self.nodes[operand] for operand in node.operands]
        template = formulas(node.operation).forward
        symbols = fill(template, [self.symbols[operand.position] for operand in operands])
        numbers = fill(template, [bracketed(operand.value) for operand in operands])
        sentence = (
            f"{self._called(node)} is computed by `{node.operation.symbol}` from "
            f"{', '.join(self._called(operand) for operand in operands)}: {plain(node.value)}."
        )
        return Explanation(sentence, f"{name} = {symbols}", f"{name} = {numbers} = {value}")

    def _accumulate(self, step: Accumulate) -> Explanation:
        edge = self.trace.edges[step.edge]
        target, source = self.nodes[edge.target], self.nodes[edge.source]
        assert target.operation is not None
        partial = formulas(target.operation).partials[edge.operand]
        assert partial is not None  # a step exists only where a gradient flows
        operands = [self.nodes[operand] for operand in target.operands]
        local = fill(
            partial,
            [self.symbols[operand.position] for operand in operands],
            self.symbols[target.position],
        )
        slope = derivative(self.symbols[target.position], self.symbols[source.position])
        if target.operands.count(source.position) > 1:
            # In x·x each use has a slope of its own: the edge's, not that of the whole square.
            slope = f"\\left.{slope}\\right|_{{{edge.operand + 1}}}"
        own = self._gradient(source)
        arithmetic = f"{bracketed(step.upstream)} \\cdot {bracketed(step.local)}"
        sum_ = f"{number(step.before)} + {bracketed(step.contribution)} = {number(step.after)}"
        sentence = (
            f"{self._called(target)} passes its gradient {plain(step.upstream)} on to "
            f"{self._called(source)}, times the slope {plain(step.local)} of this use. "
            f"{target.operation.note}"
        )
        if step.before:
            sentence += (
                f" {self._called(source)} already had {plain(step.before)}, and gradients of "
                "several uses add up."
            )
        return Explanation(
            sentence,
            f"{own} \\mathrel{{+}}= {self._gradient(target)} \\cdot {slope}, "
            f"\\quad {slope} = {local}",
            f"{own} \\mathrel{{+}}= {arithmetic} = {number(step.contribution)}"
            + (f", \\quad {sum_}" if step.before else ""),
        )

    def _gradient(self, node: Node) -> str:
        return derivative(self.output, self.symbols[node.position])

    def _called(self, node: Node) -> str:
        name = self.names[node.position] or node.name
        if node.kind == "constant":
            return f"the constant {plain(node.value)}"
        if node.name:
            return str(name)
        return f"`{name}`" if name and len(name) <= LONGEST else f"value {node.position}"


PLACE = re.compile(r"(\\left[(|]|[{,] ?)?@(\d|out)(?=(\\right[)|]|,|\}(?![\^_]))?)")
"""A place for an operand, and what encloses it, if anything does. A power's base is not."""


def fill(template: str, operands: list[str], out: str = "") -> str:
    """Put operands into a template of the table: one in brackets has those of the rule, if any."""

    def put(match: re.Match[str]) -> str:
        before, place, after = match.groups(default="")
        operand = out if place == "out" else operands[int(place)]
        within = re.fullmatch(r"\\left\((.*)\\right\)", operand) if before and after else None
        return before + (within[1] if within else operand)

    return PLACE.sub(put, template)


def plain(value: float) -> str:
    """Return a number in at most six significant digits, as text."""
    if math.isnan(value):
        return "not a number"
    if math.isinf(value):
        return "infinity" if value > 0 else "minus infinity"
    return f"{value:.6g}"
