"""Registers: where the numbers of a listing are kept, and what stands for a node in its lines."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.blocks import Column
from engine.graph import Graph
from engine.template import Templates


@dataclass(slots=True, eq=False)
class Register:
    """A name of the listing: one number, or column, a row of the graph's nodes `rows` long."""

    name: str
    rows: int = 1
    is_wide: bool = True
    """Whether it differs from row to row of the data."""
    contributions: list[Contribution] = field(default_factory=list)
    grad: str | None = None
    """What stands for its gradient, once that is listed."""


class Place(NamedTuple):
    """Where a node is: a row of a register."""

    register: Register
    row: int


class Contribution(NamedTuple):
    """A text that is added to a register's gradient, or to some of its rows."""

    sign: str
    text: str
    rows: tuple[int, ...] | None = None


class Registers:
    """The registers of one listing: each node has its place in one, or is a number."""

    def __init__(self, graph: Graph, templates: Templates, places: Mapping[int, Place]) -> None:
        self.graph = graph
        self.templates = templates
        self.places = dict(places)
        self.arrays: dict[str, NDArray[Any]] = {}
        """Constants that the code refers to by name."""
        self._names: dict[tuple[Any, ...], str] = {}

    def text(self, node: int) -> str:
        """Return what stands for one node."""
        place = self.places.get(node)
        if place is None:
            return self._number(self.graph.values[node].data)
        register, row = place
        return register.name if register.rows == 1 else f"{register.name}[{row}]"

    def column(self, nodes: Column) -> str:
        """Return what stands for several nodes, one a row."""
        if len(nodes) == 1:
            return self.text(nodes[0])
        places = [self.places.get(node) for node in nodes]
        if all(place is None for place in places):
            return self._numbers([self.graph.values[node].data for node in nodes])
        if len(set(places)) == 1:
            return self.text(nodes[0])  # the same in all rows: NumPy repeats it
        register = self.register(nodes[0])
        if register is not None and all(self.register(node) is register for node in nodes):
            return self.rows(register, tuple(self.places[node].row for node in nodes))
        return f"stack({', '.join(map(self.text, nodes))})"

    def rows(self, register: Register, rows: tuple[int, ...]) -> str:
        """Return what stands for some rows of a register."""
        if rows == tuple(range(register.rows)):
            return register.name
        return f"{register.name}[{self.index(rows)}]"

    def _number(self, number: float) -> str:
        """Return a constant: for columns by name, as a number of NumPy, which never raises."""
        if not self.templates.writer.in_columns:
            return literal(number)
        return self._named(("number", float.hex(number)), lambda: np.float64(number))

    def _numbers(self, numbers: list[float]) -> str:
        key = ("numbers", *map(float.hex, numbers))
        return self._named(key, lambda: np.array(numbers)[:, None])

    def index(self, rows: tuple[int, ...]) -> str:
        """Return rows as the text of an index."""
        if len(rows) > 1 and rows != tuple(range(rows[0], rows[0] + len(rows))):
            return self._named(("rows", *rows), lambda: np.array(rows))
        return f"{rows[0]}:{rows[0] + len(rows)}" if len(rows) > 1 else str(rows[0])

    def _named(self, key: tuple[Any, ...], make: Any) -> str:
        """Return the name of a constant, made if it is new."""
        if key not in self._names:
            name = self._names[key] = f"k{len(self._names)}"
            self.arrays[name] = make()
        return self._names[key]

    def is_wide(self, node: int) -> bool:
        """Tell whether a node differs from row to row of the data."""
        place = self.places.get(node)
        return place is not None and place.register.is_wide

    def columns(self, columns: tuple[Column, ...]) -> list[str]:
        """Return the texts of operands of which at least one has all the rows of the result."""
        if all(self.is_one(column) for column in columns):
            return [self.stacked(columns[0]), *map(self.column, columns[1:])]
        return [*map(self.column, columns)]

    def is_one(self, nodes: Column) -> bool:
        """Tell whether all rows of a column of several are at one place."""
        return (
            len(nodes) > 1
            and len({self.places.get(node) for node in nodes}) == 1
            and (nodes[0] in self.places)
        )

    def stacked(self, nodes: Column) -> str:
        """Return nodes one a row, even those that NumPy could repeat."""
        if self.is_one(nodes):
            return f"stack({', '.join(map(self.text, nodes))})"
        return self.column(nodes)

    def runs(self, nodes: list[int]) -> Iterable[list[int]]:
        """Split nodes where the register changes."""
        run: list[int] = []
        for node in nodes:
            if run and self.register(run[-1]) is not self.register(node):
                yield run
                run = []
            run.append(node)
            if self.register(node) is None or self.places[node].register.rows == 1:
                yield run
                run = []
        if run:
            yield run

    def register(self, node: int) -> Register | None:
        """Return where a node is; None for a number."""
        place = self.places.get(node)
        return None if place is None else place.register


def signed(contribution: Contribution, index: int) -> str:
    """Return a contribution as a term of a sum, the first without a plus."""
    sign, text, _ = contribution
    if index == 0:
        return text if sign == "+" else f"-{text}" if text.isidentifier() else f"-({text})"
    return f" {sign} {text}"


def literal(number: float) -> str:
    """Return a number as Python writes it, in brackets where a sign would bind wrongly."""
    if math.isnan(number):
        return "nan"
    if math.isinf(number):
        return "inf" if number > 0 else "(-inf)"
    return repr(number) if math.copysign(1.0, number) > 0 else f"({number!r})"
