"""Replay: a recorded graph compiled once, then evaluated at other inputs without re-running.

    >>> from engine import Value
    >>> a, b = Value(2.0), Value(-3.0)
    >>> again = replay(a * b + a, [a, b])
    >>> again([5.0, 1.0])
    (10.0, [2.0, 5.0])

A replay repeats what was recorded: the branch that an `if` took stays taken. The trace of a program
remembers the conditions that chose its branches; where other inputs would change one of them, the
replay raises `BranchChanged` rather than answer for the wrong branch. A graph built in Python by
hand knows no conditions: Python does not tell.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from engine.arithmetic import FLOATS, QUICK, RAISED
from engine.blocks import one_by_one
from engine.columns import Columns, Conditions, Floats
from engine.errors import BranchChanged, TypeProblem
from engine.graph import Cut, Graph
from engine.listing import Lister
from engine.operation import PYTHON, compiled
from engine.records import Guard
from engine.registers import Place, Register
from engine.template import Templates
from engine.trace import Trace
from engine.value import Value
from engine.writer import QuickWriter

TEMPLATES = {QUICK: Templates(QuickWriter()), FLOATS: Templates(PYTHON)}
"""The rules as each arithmetic has them written."""


def replay(output: Value | Trace, inputs: Sequence[Value | str]) -> Replay:
    """Return the output as a function of some of its inputs, which may be named in a trace.

    What is not among `inputs` stays the number it is. Raises `UnknownName` for a name that the
    trace has no input of.
    """
    if isinstance(output, Value):
        graph = Graph.of(output)
        cut = Cut(graph, len(graph.values) - 1, _slots(graph, inputs, None))
        return Replay(cut)
    for entry in inputs:
        if isinstance(entry, str) and not output.settable(entry):
            raise output.unknown(entry)
    return replay_of(output, inputs)


def replay_of(trace: Trace, inputs: Sequence[Value | str]) -> Replay:
    """Return the replay of a trace; a name that this recording has no input of changes nothing."""
    cut = Cut(trace.graph, trace.output, _slots(trace.graph, inputs, trace))
    return Replay(cut, trace.annotations.guards, is_opaque=trace.annotations.is_opaque)


def _slots(graph: Graph, inputs: Sequence[Value | str], named: Trace | None) -> list[Sequence[int]]:
    position = {value: index for index, value in enumerate(graph.values)}
    slots: list[Sequence[int]] = []
    for entry in inputs:
        if isinstance(entry, Value):
            slots.append([position[entry]] if entry in position else [])
        elif named is None:
            raise TypeProblem("Inputs of a Value are given as Values, not by name.")
        else:
            slots.append(named.settable(entry))
    return slots


class Replay:
    """An output as a function of inputs: value and all gradients, from straight-line code.

    An input from which the output was not made has gradient 0.
    """

    def __init__(self, cut: Cut, guards: Sequence[Guard] = (), *, is_opaque: bool = False) -> None:
        """Take a cut graph, and the conditions of the program that recorded it.

        An opaque recording, of a program that computes on with gradients, answers for the point
        where it was made and no other.
        """
        self.cut = cut
        self.guards = [guard for guard in guards if any(cut.depends[node] for node in guard.nodes)]
        self.watched = [node for guard in self.guards for node in guard.nodes]
        self.only_at: list[float] | None = None
        if is_opaque:
            values = cut.graph.values
            self.only_at = [values[slot[0]].data if slot else 0.0 for slot in cut.slots]
        self.live = cut.live([cut.output])
        self._programs: dict[tuple[Any, bool], Any] = {}
        self._columns: dict[tuple[tuple[bool, ...], tuple[bool, ...]], Columns] = {}

    # -- one point ---------------------------------------------------------------------------

    def __call__(self, numbers: Sequence[float]) -> tuple[float, list[float]]:
        """Return the value and one gradient an input. Raises `BranchChanged`."""
        return self._run(numbers, True)  # type: ignore[no-any-return]

    def value(self, numbers: Sequence[float]) -> float:
        """Return the value alone. Raises `BranchChanged`."""
        return self._run(numbers, False)  # type: ignore[no-any-return]

    def _run(self, numbers: Sequence[float], with_grads: bool) -> Any:
        if self.only_at is not None and list(numbers) != self.only_at:
            raise self._changed(0)
        try:
            return self._program(QUICK, with_grads)(numbers)
        except RAISED:  # somewhere the answer is inf or nan: once more, with care
            if len(numbers) != len(self.cut.slots):
                raise TypeProblem(
                    f"The replay takes {len(self.cut.slots)} numbers, not {len(numbers)}."
                ) from None
            return self._program(FLOATS, with_grads)(numbers)
        except TypeError:
            raise TypeProblem("A replay takes a list of numbers.") from None

    def _program(self, arithmetic: Any, with_grads: bool) -> Any:
        program = self._programs.get((arithmetic, with_grads))
        if program is None:
            program = self._write(arithmetic, with_grads)
            self._programs[arithmetic, with_grads] = program
        return program

    def _write(self, arithmetic: Any, with_grads: bool) -> Any:
        cut = self.cut
        registers = [Register(f"x{index}") for index in range(len(cut.slots))]
        places = {
            node: Place(register, 0)
            for register, slot in zip(registers, cut.slots, strict=True)
            for node in slot
        }
        live = cut.live([cut.output, *self.watched]) if self.guards else self.live
        pieces = one_by_one(cut.graph, live)
        lister = Lister(cut.graph, pieces, TEMPLATES[arithmetic], places, cut.depends)
        lister.forward()
        for index, guard in enumerate(self.guards):
            lister.lines.append(f"if ({lister.condition(guard)}) is not {guard.holds}:")
            lister.lines.append(f"    raise changed({index})")
        grads = ""
        if with_grads:
            lister.backward(cut.output, "1.0")
            grads = f", [{', '.join(map(lister.gradient, registers))}]"
        head = "".join(f"{register.name}, " for register in registers)
        lines = [
            "def run(numbers):",
            f"    {head or '()'} = map(float, numbers)",
            *(f"    {line}" for line in lister.lines),
            f"    return {lister.at.text(cut.output)}{grads}",
        ]
        return compiled("\n".join(lines), "run", arithmetic, changed=self._changed)

    def _changed(self, index: int) -> BranchChanged:
        return BranchChanged(
            "A condition of the program turns out otherwise at these inputs.",
            span=self.guards[index].span if self.guards else None,
            hint="run the program again with them",
        )

    # -- many points -------------------------------------------------------------------------

    def batch(self, points: ArrayLike) -> tuple[Floats, Floats]:
        """Return values (n,) and gradients (n, d) at points (n, d). Raises `BranchChanged`.

        Memory stays bounded, however many points there are.
        """
        rows = self._rows(points)
        if not self.fits(rows).all():
            raise self._changed(0)
        return self.unguarded(rows)

    def unguarded(self, rows: Floats, *, with_grads: bool = True) -> tuple[Floats, Floats]:
        """Return what `batch` does, for points that are known to take the same branches.

        Without `with_grads` the gradients are 0, and the values come in a third of the time.
        """
        values, grads = np.empty(len(rows)), np.empty(rows.shape)
        count = len(self.cut.slots)
        code = self.columns((True,) * count, (with_grads,) * count)
        for part in code.parts(len(rows)):
            columns = np.ascontiguousarray(rows[part].T)
            outcome = code(np.empty((0, 1)), columns, np.ones(columns.shape[1]))
            values[part], grads[part] = outcome.values, outcome.columns.T
        return values, grads

    def columns(self, is_wide: tuple[bool, ...], is_wanted: tuple[bool, ...]) -> Columns:
        """Return, compiled once, the replay for rows in which only the wide inputs differ."""
        key = (is_wide, is_wanted)
        if key not in self._columns:
            self._columns[key] = Columns(self.cut, self.live, is_wide, is_wanted)
        return self._columns[key]

    @property
    def is_free(self) -> bool:
        """Whether every point takes the branches that were recorded, for there are none."""
        return not self.guards and self.only_at is None

    def fits(self, points: ArrayLike) -> NDArray[np.bool_]:
        """Return at which points the program would take the branches that were recorded."""
        rows = self._rows(points)
        if self.only_at is not None:
            return (rows == self.only_at).all(1)  # type: ignore[no-any-return]
        return self._conditions(rows) if self.guards else np.ones(len(rows), dtype=bool)

    @cached_property
    def _conditions(self) -> Conditions:
        return Conditions(self.cut, self.cut.live(self.watched), self.guards)

    def _rows(self, points: ArrayLike) -> Floats:
        rows = np.asarray(points, dtype=float)
        if rows.ndim != 2 or rows.shape[1] != len(self.cut.slots):
            raise TypeProblem(
                f"Points are rows of {len(self.cut.slots)} numbers; these have shape {rows.shape}."
            )
        return rows
