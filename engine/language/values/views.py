"""Views: arrays that show numbers which others hold, as slices do in NumPy and PyTorch.

A view remembers of each of its numbers the cell that it is kept in. What is written goes there, and
all that show the cell show it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from weakref import ref

from engine.language.runtime.run import Run, is_number, plain
from engine.language.runtime.variable import Variable
from engine.language.runtime.viewers import Viewer, show
from engine.language.values.array import Array


@dataclass(frozen=True, slots=True, eq=False)
class Cell:
    """Where an array keeps one of its numbers."""

    row: Array
    position: int

    def read(self, run: Run) -> Any:
        """Return what is kept."""
        return self.row[self.position]

    def write(self, run: Run, new: Any) -> None:
        """Keep another number; of an input that nothing tracks only the data changes."""
        old = self.row[self.position]
        if (
            run.recording.tracking.blocks
            and type(old) is Variable
            and run.recording.tracking.is_leaf(old)
        ):
            old.data = plain(new)
            return
        if is_number(new) and type(old) in (float, bool):
            new = type(old)(new)  # the numbers of an array are of a kind
        self.row[self.position] = new
        show((self.row.viewers or {}).get(self.position, ()), new)

    def viewers(self, run: Run) -> list[Viewer]:
        """Return the list of those that show it."""
        if self.row.viewers is None:
            self.row.viewers = {}
        return self.row.viewers.setdefault(self.position, [])


@dataclass(frozen=True, slots=True, eq=False)
class Data:
    """The number of a Value, which `w.data` and `w.detach()` share with it."""

    variable: Variable

    def read(self, run: Run) -> float:
        """Return the number."""
        return run.recording.read(self.variable)

    def write(self, run: Run, new: Any) -> None:
        """Write `.data`."""
        self.variable.data = plain(new)

    def viewers(self, run: Run) -> list[Viewer]:
        """Return the list of those that show it."""
        return run.recording.viewers.setdefault(self.variable, [])


Place = Cell | Data


def cell_at(row: Array, position: int) -> Place:
    """Return where a number of a row is kept."""
    return row.cells[position] if row.cells else Cell(row, position)


def cells_of(run: Run, items: Array) -> Array:
    """Return where each number of an array is kept, in an array of the same shape."""
    run.recording.charge(len(items))
    return Array(
        cells_of(run, item) if isinstance(item, Array) else cell_at(items, position)
        for position, item in enumerate(items)
    )


def shown(run: Run, cells: Any) -> Any:
    """Return an array that shows what cells keep; a whole row of an array as that row itself."""
    if not isinstance(cells, Array):
        return cells.read(run)
    if not cells or isinstance(cells[0], Array):
        return Array(shown(run, row) for row in cells)
    first = cells[0]
    if isinstance(first, Cell) and _is_whole(first.row, cells):
        return first.row
    return view_of(run, cells)


def _is_whole(row: Array, cells: Array) -> bool:
    return len(row) == len(cells) and all(
        isinstance(cell, Cell) and cell.row is row and cell.position == position
        for position, cell in enumerate(cells)
    )


def view_of(run: Run, cells: Array) -> Array:
    """Return a row of its own that shows what cells keep."""
    view = Array(cell.read(run) for cell in cells)
    view.cells = cells
    me = ref(view)
    for position, cell in enumerate(cells):
        viewers = cell.viewers(run)
        viewers[:] = [viewer for viewer in viewers if viewer[0]() is not None]
        viewers.append((me, position))
    return view


def viewing(action: Callable[..., Any]) -> Callable[..., Any]:
    """Return a function of the shape of arrays as one whose result shows the same numbers."""

    def seen(run: Run, items: Any, *operands: Any, **named: Any) -> Any:
        if not isinstance(items, Array):
            return action(run, items, *operands, **named)
        return shown(run, action(run, cells_of(run, items), *operands, **named))

    return seen


def released(run: Run, row: Array) -> None:
    """Let a view keep its numbers itself from now on."""
    for cell in row.cells:
        viewers = cell.viewers(run)
        viewers[:] = [viewer for viewer in viewers if viewer[0]() is not row]
    row.cells = ()


def data_of(run: Run, value: Any) -> Any:
    """Return the numbers of an array of Values, shared with it, or the number of one."""
    if not isinstance(value, Array):
        return run.recording.read(value) if isinstance(value, Variable) else value
    run.recording.charge(len(value))
    if any(isinstance(item, Array) for item in value):
        return Array(data_of(run, item) for item in value)
    cells = (_data_at(cell_at(value, position)) for position in range(len(value)))
    return view_of(run, Array(cells))


def _data_at(cell: Place) -> Place:
    """Return where the number of a Value is kept that is held in a cell."""
    held = cell.row[cell.position] if isinstance(cell, Cell) else None
    return Data(held) if isinstance(held, Variable) else cell
