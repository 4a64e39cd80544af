"""Straight lines: a trace as statements, one for each operation, in whatever dialect is asked for.

What was made of constants alone is a number here. Inputs that the output does not depend on are
kept, so that a program can say of every input what its gradient is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from engine.export.names import Names, one_line
from engine.records import Node
from engine.trace import Trace
from engine.writer import Expression, Writer

WIDTH = 88
"""Characters of a line up to which a list stands on it whole."""

NOTICE = """\
Made by Chainrule {what}
Control flow is gone: loops and calls are written out, and of a condition only the branch that was
taken is here. At other inputs the program might have taken another one."""


class StraightLine:
    """The inputs and operations of a trace, each with an identifier."""

    def __init__(self, trace: Trace) -> None:
        self.trace = trace
        newest = {entry.node for entry in trace.inputs}
        self.inputs: list[Node] = []
        self.operations: list[Node] = []
        self.names: dict[int, str] = {}
        self.taken = Names()
        for node in trace.nodes:
            reaches = trace.reaches[node.position]
            if node.kind == "input" and (reaches or node.position in newest):
                self._name(node, self.inputs)
            elif reaches and any(operand in self.names for operand in node.operands):
                self._name(node, self.operations)

    def _name(self, node: Node, kept: list[Node]) -> None:
        version = f"_{node.version}" if node.version and node.version > 1 else ""
        name = f"{node.name}{version}" if node.name else f"v{node.position}"
        self.names[node.position] = self.taken.take(name)
        kept.append(node)

    @property
    def output(self) -> str:
        """What the output is called here."""
        return self.names.get(self.trace.output, "output")

    @property
    def is_constant(self) -> bool:
        """Tell whether no input leads to the output."""
        return self.trace.output not in self.names

    def name(self, node: Node) -> str:
        """Return a node's identifier."""
        return self.names[node.position]

    def gradients(self) -> dict[int, str]:
        """Return an identifier for each node's gradient."""
        return {node: self.taken.take(f"d_{name}") for node, name in self.names.items()}

    def operands(self, node: Node, writer: Writer) -> list[Expression | float]:
        """Return a node's operands: variables as text, constants as numbers."""
        return [
            writer.operand(self.names[operand])
            if operand in self.names
            else self.trace.nodes[operand].value
            for operand in node.operands
        ]

    def forward(self, node: Node, writer: Writer) -> str:
        """Return the assignment that computes an operation. It may raise what the writer raises."""
        assert node.operation is not None
        result = node.operation.forward(writer, *self.operands(node, writer))
        return f"{self.name(node)} = {writer.lift(result).text}"

    def backward(self, writer: Writer, gradient: dict[int, str]) -> Iterator[str]:
        """Return the assignments of the backward pass, which sum up each node's contributions."""
        begun = {self.trace.output}
        yield f"{gradient[self.trace.output]} = 1.0"
        for node in reversed(self.operations):
            if node.position not in begun:
                continue
            assert node.operation is not None
            upstream = writer.operand(gradient[node.position])
            operands = (*self.operands(node, writer), writer.operand(self.name(node)))
            for operand, partial in zip(node.operands, node.operation.partials, strict=True):
                if partial is None or operand not in self.names:
                    continue
                contribution = times(upstream, partial(writer, *operands))
                if operand in begun:
                    contribution = writer.operand(gradient[operand]) + contribution
                begun.add(operand)
                yield f"{gradient[operand]} = {contribution.text}"
        for node in self.inputs:
            if node.position not in begun:
                yield f"{gradient[node.position]} = 0.0  # {self.output} does not depend on it"

    def remark(self, node: Node) -> str:
        """Return a comment with a node's name, where it cannot be called that here."""
        return f"  # {one_line(node.name)}" if node.name not in (None, self.name(node)) else ""

    def head(self) -> list[str]:
        """Return comments that say where the program comes from."""
        source = self.trace.source.splitlines()
        what = "from this program:" if source else "from a graph of Values."
        notice = NOTICE.format(what=what).splitlines()
        lines = [notice[0], *(f"    {line}" for line in source), *notice[1:]]
        return [f"# {line}".rstrip() for line in lines]

    def report(self, value: str, gradient: str) -> list[str]:
        """Return the statements that print the value and, from templates, each gradient."""
        output = self.output
        lines = [f'print("{output} =", {value})']
        for index, node in enumerate(self.inputs):
            name = self.name(node)
            depends = self.trace.reaches[node.position] and not self.is_constant
            text = gradient.format(name=name, index=index) if depends else "0.0"
            lines.append(f'print("d{output}/d{name} =", {text}){self.remark(node)}')
        return lines


def times(upstream: Expression, local: Any) -> Expression:
    """Return upstream · local, without a factor of one."""
    if isinstance(local, Expression):
        return upstream * local
    if local == 1.0:
        return upstream
    return -upstream if local == -1.0 else upstream * local


def listed(before: str, items: Iterable[str], after: str) -> str:
    """Return items between brackets, on one line where that is short enough."""
    texts = list(items)
    line = f"{before}{', '.join(texts)}{',' if len(texts) == 1 else ''}{after}"
    if len(line) <= WIDTH or not texts:
        return line
    return "\n".join([before, *(f"    {text}," for text in texts), after])


def indented(lines: Iterable[str]) -> list[str]:
    """Return lines one level deeper."""
    return [f"    {line}".rstrip() for text in lines for line in text.split("\n")]


def text_of(*parts: Iterable[str]) -> str:
    """Return a program's text: its parts one below the other."""
    return "\n".join(line for part in parts for line in part) + "\n"
