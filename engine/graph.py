"""Graph: the nodes that Values make, in topological order, with operands as positions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from engine.value import Value


@dataclass(frozen=True, slots=True)
class Graph:
    """Values in an order in which every operand precedes its result."""

    values: Sequence[Value]
    operands: Sequence[tuple[int, ...]]
    """For each value, the positions of its operands, in operand order."""

    @classmethod
    def of(cls, *outputs: Value) -> Graph:
        """Return the graph of everything that the outputs were made from, themselves included."""
        return cls.from_values(topological_order(outputs))

    @classmethod
    def from_values(cls, values: Sequence[Value]) -> Graph:
        """Return the graph of values that already stand in topological order."""
        position = {value: index for index, value in enumerate(values)}
        return cls(
            values,
            [tuple([position[operand] for operand in value.operands]) for value in values],
        )

    def made_from(self, nodes: Iterable[int]) -> list[bool]:
        """Return which nodes are some of these, or made from them."""
        reached = [False] * len(self.values)
        for node in nodes:
            reached[node] = True
        for index, operands in enumerate(self.operands):
            for operand in operands:
                if reached[operand]:
                    reached[index] = True
                    break
        return reached

    def leading_to(self, nodes: Iterable[int]) -> list[bool]:
        """Return which nodes are some of these, or went into them."""
        leading = [False] * len(self.values)
        for node in nodes:
            leading[node] = True
        for index in range(len(leading) - 1, -1, -1):
            if leading[index]:
                for operand in self.operands[index]:
                    leading[operand] = True
        return leading


class Cut:
    """A graph seen as a function: the output, of some nodes that are cut from what made them.

    `slots` holds, for each variable, the nodes that take its number: usually one.
    """

    def __init__(self, graph: Graph, output: int, slots: Sequence[Sequence[int]]) -> None:
        self.graph = graph
        self.output = output
        self.slots = slots
        self.depends = graph.made_from(node for slot in slots for node in slot)
        """Which nodes depend on the variables."""
        self._given = {node for slot in slots for node in slot}

    def live(self, nodes: Iterable[int]) -> list[int]:
        """Return, in order, the results to compute for these nodes; the rest stay as they are."""
        leads = self.graph.leading_to(nodes)
        return [
            index
            for index, operands in enumerate(self.graph.operands)
            if operands and leads[index] and self.depends[index] and index not in self._given
        ]


def topological_order(outputs: Iterable[Value]) -> list[Value]:
    """Return every ancestor of the outputs so that operands precede results, left before right."""
    order: list[Value] = []
    seen: set[Value] = set()
    stack: list[Value | None] = []
    stack.extend(reversed([*outputs]))
    while stack:
        value = stack.pop()
        if value is None:  # a mark: the operands of the value under it are listed
            order.append(stack.pop())  # type: ignore[arg-type]
        elif value not in seen:
            seen.add(value)
            if value.operands:
                stack += (value, None, *reversed(value.operands))
            else:
                order.append(value)
    return order
