"""Objective: a program's output as a function of some of its inputs, whatever branches it takes.

A replay answers for the branches that were recorded. Where other inputs take others, the program is
run again there, and the new recording answers for every point that takes the same branches.
"""

from __future__ import annotations

import keyword
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray

from engine.columns import Floats, batches
from engine.errors import ChainruleError, LimitExceeded, TypeProblem, quoted
from engine.evaluation import trace
from engine.limits import Deadline, Limits
from engine.replay import Replay, replay_of
from engine.trace import Trace

Indices = NDArray[np.intp]

BRANCHES = 64
"""Recordings that are kept."""


class Objective:
    """The output of a program at points of some inputs; with data, its mean over the rows.

    `names` are the inputs that a point sets, in order; `data` binds names to columns, and the
    program describes one row.
    """

    def __init__(
        self,
        source: str,
        names: Sequence[str] | None = None,
        inputs: Mapping[str, float] | None = None,
        output: str | None = None,
        data: Mapping[str, Sequence[float]] | None = None,
        limits: Limits | None = None,
        deadline: Deadline | None = None,
    ) -> None:
        """Run the program once. `names` left out are all inputs that are not data.

        Raises `UnknownName` for what is no input, and whatever the program raises.
        """
        self.limits = limits or Limits()
        self.deadline = deadline or self.limits.deadline()
        self.source, self.output = source, output
        self.data = {name: np.asarray(column, dtype=float) for name, column in (data or {}).items()}
        self._check_data()
        self.given = {**(inputs or {}), **{name: float(c[0]) for name, c in self.data.items()}}
        self.trace = trace(source, self.given, output, self.limits)
        if names is None:
            names = [entry.name for entry in self.trace.inputs if entry.name not in self.data]
        self.names = list(dict.fromkeys(names))
        for name in self.names:
            if name in self.data:
                raise TypeProblem(f"{quoted(name)} is data: it cannot be set or trained as well.")
        self._variables = [*self.names, *self.data]
        for name in self._variables:
            if not self.trace.settable(name) and not self._may_appear(name):
                raise self.trace.unknown(name)
        self._replays = [self._compiled(self.trace)]

    def _may_appear(self, name: str) -> bool:
        """Tell whether a branch that was not taken may hold the only use of an input."""
        labels = {value.label for value in self.trace.graph.values}
        text = re.sub(r"#.*", "", self.source)
        written = re.search(rf"\b{re.escape(name)}\b", text) and not keyword.iskeyword(name)
        return bool(written and self.trace.annotations.guards) and name not in labels

    def _check_data(self) -> None:
        lengths = {len(column) for column in self.data.values()}
        if len(lengths) > 1 or 0 in lengths:
            raise TypeProblem("The columns of data have not all the same number of rows.")
        if lengths and max(lengths) > self.limits.data:
            raise LimitExceeded(
                f"The data has {max(lengths)} rows; the limit `data` is {self.limits.data}."
            )

    @cached_property
    def start(self) -> list[float]:
        """The point at which the program was run."""
        values = self.trace.graph.values
        nodes = [self.trace.settable(name)[:1] for name in self.names]
        return [
            values[node[0]].data if node else self.given.get(name, 1.0)
            for name, node in zip(self.names, nodes, strict=True)
        ]

    @cached_property
    def rows(self) -> Floats:
        """The data, (columns, rows); a single row without columns if there is none."""
        return np.array([*self.data.values()]) if self.data else np.empty((0, 1))

    def over(self, points: ArrayLike, *, with_grads: bool = True) -> tuple[Floats, Floats]:
        """Return values (n,) and gradients (n, d) at points (n, d): with data, means over rows.

        A point at which the program fails is nan. Without `with_grads` the gradients are 0.
        """
        points = np.asarray(points, dtype=float).reshape(-1, len(self.names))
        if not self.data:
            return self._at(points, with_grads)
        count, width = self.rows.shape[1], len(self.names)
        values, grads = np.empty(len(points)), np.empty(points.shape)
        some = max(1, 4096 // count)
        for start in range(0, len(points), some):
            part = slice(start, start + some)
            size = len(points[part])
            every = np.hstack([np.repeat(points[part], count, 0), np.tile(self.rows.T, (size, 1))])
            value, grad = self._at(every, with_grads)
            values[part] = value.reshape(-1, count).mean(1)
            grads[part] = grad[:, :width].reshape(-1, count, width).mean(1)
        return values, grads

    def _at(self, points: Floats, with_grads: bool) -> tuple[Floats, Floats]:
        """Return values and gradients at points of all variables."""
        values, grads = np.full(len(points), np.nan), np.full(points.shape, np.nan)
        for again, chosen in self._by_branch(len(points), lambda which: points[which]):
            for part in batches(len(chosen), len(again.live)):
                self.deadline.check()
                which = chosen[part]
                found = again.unguarded(points[which], with_grads=with_grads)
                values[which], grads[which] = found
        return values, grads

    def mean(self, numbers: ArrayLike, rows: Floats | None = None) -> tuple[float, Floats]:
        """Return the mean over rows and its gradients at one point: what a descent goes down.

        `rows` (columns, n) are all of the data if left out.
        """
        rows = self.rows if rows is None else rows
        count = rows.shape[1]
        point = np.asarray(numbers, dtype=float)
        value, grads, covered = 0.0, np.zeros(len(point)), 0

        def whole(which: Indices) -> Floats:
            return np.hstack([np.tile(point, (len(which), 1)), rows[:, which].T])

        for again, chosen in self._by_branch(count, whole):
            code = again.columns(self._wide, self._wanted)
            # What is the same in all rows is computed once, with the weight of all of them.
            parts = code.parts(len(chosen)) if code.is_wide else [slice(None)]
            for part in parts:
                self.deadline.check()
                which = chosen[part]
                size = len(which) if code.is_wide else 1
                seed = np.full(size, len(which) / size / count)
                outcome = code(point[:, None], np.ascontiguousarray(rows[:, which]), seed)
                value += float((outcome.values * seed).sum())
                grads += outcome.numbers[:, 0]
            covered += len(chosen)
        if covered < count:  # the program fails at some rows
            return np.nan, np.full(len(point), np.nan)
        return value, grads

    def _by_branch(
        self, count: int, points: Callable[[Indices], Floats]
    ) -> Iterator[tuple[Replay, Indices]]:
        """Share out points among the replays whose branches they take, running anew where needed.

        Points at which the program fails are left out.
        """
        left = np.arange(count)
        known = iter(list(self._replays))
        while left.size:
            again = next(known, None)
            if again is None:
                again = self._record(points(left[:1])[0])
                if again is None:
                    left = left[1:]
                    continue
                fits = again.fits(points(left)) if left.size > 1 else np.array([True])
                fits[0] = True  # it was recorded there
            elif again.is_free:
                fits = np.ones(left.size, dtype=bool)
            else:
                fits = again.fits(points(left))
            if fits.any():
                yield again, left[fits]
            left = left[~fits]

    def _record(self, point: Floats) -> Replay | None:
        """Run the program at a point; return the replay of what it did there, None if it fails."""
        self.deadline.check()
        given = self.given | dict(zip(self._variables, map(float, point), strict=True))
        try:
            again = self._compiled(trace(self.source, given, self.output, self.limits))
        except LimitExceeded:
            raise
        except ChainruleError:
            return None
        self._replays = [*self._replays[-BRANCHES:], again]
        return again

    def _compiled(self, traced: Trace) -> Replay:
        return replay_of(traced, self._variables)

    @cached_property
    def _wide(self) -> tuple[bool, ...]:
        return (False,) * len(self.names) + (True,) * len(self.data)

    @cached_property
    def _wanted(self) -> tuple[bool, ...]:
        return (True,) * len(self.names) + (False,) * len(self.data)
