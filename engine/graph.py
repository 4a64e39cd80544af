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
