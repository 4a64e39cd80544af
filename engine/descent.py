"""Descent: gradient descent on a program, step by step, with everything that it does visible.

>>> steps = list(descend("L = (a - 3)**2", {"a": 0.0}, rate=0.1, steps=2))
>>> [round(entry.value, 4) for entry in steps]
[9.0, 5.76, 3.6864]
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from engine.columns import Floats
from engine.errors import LimitExceeded, TypeProblem
from engine.limits import Deadline, Limits
from engine.nn import SEED
from engine.objective import Objective
from engine.optimizers import named

Status = Literal["done", "diverged"]


@dataclass(frozen=True, slots=True)
class Entry:
    """Where a descent is after `step` updates. The arrays go with the names of the descent."""

    step: int
    value: float
    numbers: Floats
    grads: Floats
    """The gradients that the next update uses: added up over steps where nothing zeroes them."""
    state: Mapping[str, Floats]

    @property
    def is_finite(self) -> bool:
        """Whether it can go on from here."""
        arrays = (self.numbers, self.grads, *self.state.values())
        return math.isfinite(self.value) and all(np.isfinite(array).all() for array in arrays)


class Descent:
    """A descent that is under way: iterate over it for its entries, as they are computed.

    It ends after `steps` updates, or with the first entry that is not finite.
    """

    def __init__(
        self,
        source: str,
        inputs: Mapping[str, float] | None = None,
        *,
        trainable: Sequence[str] | None = None,
        rate: float | None = None,
        steps: int = 100,
        optimizer: str = "sgd",
        zero_grad: bool = True,
        data: Mapping[str, Sequence[float]] | None = None,
        batch: int | None = None,
        seed: int = SEED,
        output: str | None = None,
        limits: Limits | None = None,
        deadline: Deadline | None = None,
    ) -> None:
        """Prepare to lower a program's output, or its mean over the rows of `data`.

        `trainable` left out are all inputs that are not data. `batch` takes so many rows a step, in
        an order drawn from `seed`. Without `zero_grad` gradients add up from step to step. Raises a
        `ChainruleError`.
        """
        limits = limits or Limits()
        if not 0 <= steps <= limits.descent:
            raise LimitExceeded(
                f"A descent of more than {limits.descent} steps, the limit `descent`."
            )
        self.optimizer = named(optimizer)
        self.rate = self.optimizer.rate if rate is None else rate
        self.steps = steps
        self.zero_grad = zero_grad
        self.limits = limits
        self.deadline = deadline or limits.deadline()
        self.objective = Objective(source, trainable, inputs, output, data, limits, self.deadline)
        self.names = self.objective.names
        if not self.names:
            raise TypeProblem(
                "The program has no input to train.", hint="give it one, such as w = 1.0"
            )
        if batch is not None and batch < 1:
            raise TypeProblem("A batch has at least one row.")
        self.batch, self.seed = batch, seed
        self.status: Status = "done"
        """How it ended; settled once it has."""

    def __iter__(self) -> Iterator[Entry]:
        numbers = np.array(self.objective.start)
        state: Mapping[str, Floats] = self.optimizer.state(len(numbers))
        held = np.zeros(len(numbers))
        batches = _batches(self.objective.rows, self.batch, random.Random(self.seed))
        for step in range(self.steps + 1):
            # However long the whole may take, one step takes no longer than any other request.
            self.objective.deadline = Deadline(self.limits.seconds, "seconds", self.deadline)
            value, grads = self.objective.mean(numbers, next(batches))
            held = grads if self.zero_grad else held + grads
            entry = Entry(step, value, numbers, held, state)
            yield entry
            if not entry.is_finite:
                self.status = "diverged"
                return
            with np.errstate(all="ignore"):
                update = self.optimizer.update
                numbers, state = update(numbers, held, state, self.rate, step + 1)


def descend(
    source: str, inputs: Mapping[str, float] | None = None, **options: object
) -> Iterator[Entry]:
    """Return the entries of a `Descent`, which says what the options are."""
    return iter(Descent(source, inputs, **options))  # type: ignore[arg-type]


def _batches(rows: Floats, size: int | None, chance: random.Random) -> Iterator[Floats]:
    """Return the rows of each step: all of them, or parts of one shuffled order after another."""
    count = rows.shape[1]
    if size is None or size >= count:
        while True:
            yield rows
    while True:
        order = chance.sample(range(count), count)
        for start in range(0, count - size + 1, size):
            yield np.ascontiguousarray(rows[:, order[start : start + size]])
