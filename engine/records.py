"""Records: what a trace lists: nodes, edges, steps, inputs, groups, and conditions looked at."""

from __future__ import annotations

from typing import Literal, NamedTuple

from engine.operation import Operation

Span = tuple[int, int]
Kind = Literal["input", "constant", "operation"]


class Node(NamedTuple):
    """A value in the graph. `grad` is ∂output/∂node, 0 where the output does not depend on it."""

    position: int
    kind: Kind
    name: str | None
    version: int | None
    operation: Operation | None
    operands: tuple[int, ...]
    value: float
    grad: float
    span: Span | None
    group: int | None
    warnings: list[str]


class Edge(NamedTuple):
    """One use of a value as an operand. `contribution` = ∂output/∂target · `local`.

    `local` and `contribution` are None where no gradient flows: the target does not reach the
    output, or the operand is a literal exponent. At a kink `sides` are the slopes below and above
    it, along the target's first operand that leads across; `local` is what the convention says.
    """

    source: int
    target: int
    operand: int
    local: float | None
    contribution: float | None
    sides: tuple[float, float] | None = None


class Forward(NamedTuple):
    """A node gets its value."""

    node: int


class Seed(NamedTuple):
    """The output's gradient is set: ∂output/∂output = 1."""

    node: int
    after: float


class Accumulate(NamedTuple):
    """One contribution is added to an operand's gradient: after = before + upstream · local."""

    edge: int
    node: int
    upstream: float
    local: float
    contribution: float
    before: float
    after: float


Step = Forward | Seed | Accumulate


class Input(NamedTuple):
    """An input by name: the number it began with, and its newest node that reaches the output.

    `meant` is the name that one which nothing assigns may be a slip of; `replaced` is what the
    program assigns, where the request sets another number.
    """

    name: str
    node: int
    value: float
    grad: float
    initial: float
    defaulted: bool
    meant: str | None
    replaced: float | None


class GroupRecord(NamedTuple):
    """The nodes made in one call or one turn of a loop; `parent` is a position in `groups`."""

    name: str
    parent: int | None


class Guard(NamedTuple):
    """A condition that the program looked at: elsewhere it may turn out otherwise.

    `left` and `right` are positions of nodes, or None for the plain numbers `low` and `high`.
    """

    sign: str
    left: int | None
    right: int | None
    low: float
    high: float
    holds: bool
    span: Span | None

    @property
    def nodes(self) -> list[int]:
        """The nodes among the two sides."""
        return [side for side in (self.left, self.right) if side is not None]
