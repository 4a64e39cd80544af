"""Columns: a graph compiled for many rows at once, over arrays of NumPy.

Some variables have one number for all rows, the wide ones a number for each: with all of them wide
it is a batch of points, with only the data wide it is a network and its training set.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.arithmetic import ARRAYS
from engine.blocks import alike, one_by_one
from engine.graph import Cut
from engine.listing import Lister
from engine.operation import compiled
from engine.records import Guard
from engine.registers import Place, Register
from engine.template import Templates
from engine.writer import ArrayWriter

Floats = NDArray[np.float64]

TEMPLATES = Templates(ArrayWriter())
ROOM = 64 * 1024 * 1024
"""Bytes for the values and gradients of one batch of rows."""
FEWEST, MOST = 64, 4096
"""Rows in a batch: fewer waste calls, more leave the processor's cache."""


class Outcome(NamedTuple):
    """What a batch of rows gave."""

    values: Floats
    """The output: one a row, or one for all."""
    numbers: Floats
    """Gradients of the numbers (k, 1), summed over the rows."""
    columns: Floats
    """Gradients of the columns (d, rows)."""


class Columns:
    """A cut graph over rows: `code(numbers (k, 1), columns (d, n), seed)` gives an `Outcome`.

    The narrow variables are `numbers` and the wide ones `columns`, each in their order. The seed is
    the gradient of the output: (n,) if it differs from row to row, (1,) if not.
    """

    def __init__(
        self, cut: Cut, live: Sequence[int], is_wide: Sequence[bool], is_wanted: Sequence[bool]
    ) -> None:
        """Compile; `is_wanted` tells which variables need gradients."""
        _keep_memory()
        self._size = len(live)
        numbers = Register("P", is_wide.count(False), is_wide=False)
        columns = Register("X", is_wide.count(True))
        rows = {numbers: 0, columns: 0}
        places: dict[int, Place] = {}
        wanted: list[int] = []
        for slot, wide, want in zip(cut.slots, is_wide, is_wanted, strict=True):
            home = columns if wide else numbers
            places |= {node: Place(home, rows[home]) for node in slot}
            rows[home] += 1
            wanted += slot if want else []
        differs = cut.graph.made_from(n for n, place in places.items() if place.register is columns)
        self.is_wide = differs[cut.output]
        """Whether the output differs from row to row."""
        pieces = alike(cut.graph, live, differs)
        lister = Lister(cut.graph, pieces, TEMPLATES, places, cut.graph.made_from(wanted))
        lister.forward()
        value = lister.at.text(cut.output)
        lister.backward(cut.output, "seed")
        grads = ", ".join(map(lister.gradient, (numbers, columns)))
        results = f"{value}, {grads}"
        self.source = _source("P, X, seed", lister, (numbers, columns), results)
        self._run = _compiled(self.source, lister)

    def __call__(self, numbers: Floats, columns: Floats, seed: Floats) -> Outcome:
        """Return value and gradients for a batch of rows."""
        with np.errstate(all="ignore"):
            value, of_numbers, of_columns = self._run(numbers, columns, seed)
        return Outcome(
            np.asarray(value),
            np.broadcast_to(of_numbers, numbers.shape),
            np.broadcast_to(of_columns, columns.shape),
        )

    def parts(self, count: int) -> Iterator[slice]:
        """Split rows into batches that keep within `ROOM`."""
        return batches(count, self._size)


class Conditions:
    """The conditions of a program over rows: where all turn out as recorded."""

    def __init__(self, cut: Cut, live: Sequence[int], guards: Sequence[Guard]) -> None:
        columns = Register("X", len(cut.slots))
        places = {node: Place(columns, row) for row, slot in enumerate(cut.slots) for node in slot}
        lister = Lister(cut.graph, one_by_one(cut.graph, live), TEMPLATES, places, cut.depends)
        lister.lines.append("holds = ones(X.shape[-1], dtype=bool)")
        lister.forward()
        lister.lines += [f"holds &= ({lister.condition(g)}) == {g.holds}" for g in guards]
        self._size = len(live)
        self._run = _compiled(_source("X", lister, (columns,), "holds"), lister)

    def __call__(self, rows: Floats) -> NDArray[np.bool_]:
        """Return one answer a row (n, d)."""
        parts = [np.ones(0, dtype=bool)]
        for part in batches(len(rows), self._size):
            with np.errstate(all="ignore"):
                parts.append(self._run(np.ascontiguousarray(rows[part].T)))
        return np.concatenate(parts)


def batches(count: int, size: int) -> Iterator[slice]:
    """Split rows so that a batch of them has room for `size` results and their gradients."""
    length = max(FEWEST, min(MOST, ROOM // (16 * max(size, 1))))
    return (slice(start, start + length) for start in range(0, count, length))


def _source(parameters: str, lister: Lister, registers: Sequence[Register], results: str) -> str:
    """Return the lines of a listing as a function of arrays."""
    lines = [
        f"def run({parameters}):",
        *(f"    {r.name} = {r.name}[0]" for r in registers if r.rows == 1),
        *(f"    {line}" for line in lister.lines),
        f"    return {results}",
    ]
    return "\n".join(lines)


def _compiled(source: str, lister: Lister) -> Any:
    helpers = {"stack": _stack, "total": _total, "add_at": np.add.at}
    return compiled(source, "run", ARRAYS, **lister.at.arrays, **helpers)


def _stack(*rows: Any) -> Floats:
    """Return rows one above another, single numbers repeated to their length."""
    return np.stack(np.broadcast_arrays(*rows))


def _total(column: Floats) -> Floats:
    """Return the sum over the rows of the data."""
    total: Floats = column.sum(-1, keepdims=True)
    return total


@cache
def _keep_memory() -> None:
    """Let the C library keep the memory of a batch for the next: half of the time is in that.

    glibc hands freed memory back to the system, and faults it in anew, above a threshold that it
    raises to twice the size of any large block that was freed.
    """
    np.empty(ROOM // 2 // 8 - 4096)
