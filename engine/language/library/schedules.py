"""Schedules: `torch.optim.lr_scheduler`, which changes an optimizer's rate from epoch to epoch."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from engine.errors import TypeProblem
from engine.language.library.optimizing import Stepper
from engine.language.runtime.run import Run, describe, items_of, plain, whole
from engine.language.runtime.variable import INFIX
from engine.language.values.functions import Builtin, Function, apply

Rate = Callable[[float, int], float]
"""The rate of an epoch, of the rate as it is now and the epoch's number."""


@dataclass(slots=True, eq=False)
class Schedule:
    """What `StepLR(optimizer, 10)` makes.

    It changes the rate that it finds, as PyTorch does: several go together, and
    what a program writes is not lost.
    """

    stepper: Stepper
    rate: Rate
    epoch: int = 0
    last: float = 0.0
    """The rate that it set last."""


def _schedule(stepper: Any, rate: Rate) -> Schedule:
    made = Schedule(stepper, rate)
    _set(made)
    return made


def _set(schedule: Schedule) -> None:
    stepper = schedule.stepper
    schedule.last = stepper.group["lr"] = schedule.rate(stepper.rate, schedule.epoch)


def _initial(stepper: Any) -> float:
    """Return the rate that the optimizer had when its first schedule was made."""
    if not isinstance(stepper, Stepper):
        raise TypeProblem(f"An optimizer is needed here, not {describe(stepper)}.")
    return plain(stepper.group.setdefault("initial_lr", stepper.rate))


def _length(epochs: Any) -> int:
    """Return a number of epochs. Raises `TypeProblem` where there is none."""
    if whole(epochs) < 1:
        raise TypeProblem("A step of a schedule is at least 1 epoch long.")
    return whole(epochs)


def _steps(run: Run, optimizer: Any, step_size: Any, gamma: Any = 0.1) -> Schedule:
    _initial(optimizer)
    length, factor = _length(step_size), plain(gamma)
    return _schedule(optimizer, lambda rate, t: rate * factor if t and t % length == 0 else rate)


def _milestones(run: Run, optimizer: Any, milestones: Any, gamma: Any = 0.1) -> Schedule:
    _initial(optimizer)
    at, factor = [whole(one) for one in items_of(milestones)], plain(gamma)

    def rule(rate: float, epoch: int) -> float:
        return rate * float(INFIX["**"].evaluate(factor, float(at.count(epoch))))

    return _schedule(optimizer, rule)


def _exponential(run: Run, optimizer: Any, gamma: Any) -> Schedule:
    _initial(optimizer)
    factor = plain(gamma)
    return _schedule(optimizer, lambda rate, t: rate * factor if t else rate)


def _cosine(run: Run, optimizer: Any, T_max: Any, eta_min: Any = 0.0) -> Schedule:  # noqa: N803
    first, least, length = _initial(optimizer), plain(eta_min), _length(T_max)

    def height(epoch: int) -> float:
        return 1 + math.cos(math.pi * epoch / length)

    def rule(rate: float, epoch: int) -> float:
        if epoch == 0:
            return rate
        if (epoch - 1 - length) % (2 * length) == 0:  # out of the lowest point
            return rate + (first - least) * (1 - math.cos(math.pi / length)) / 2
        return height(epoch) / height(epoch - 1) * (rate - least) + least

    return _schedule(optimizer, rule)


def _by_function(run: Run, optimizer: Any, lr_lambda: Any) -> Schedule:
    first = _initial(optimizer)
    functions = lr_lambda if isinstance(lr_lambda, (list, tuple)) else [lr_lambda]
    if len(functions) != 1 or not isinstance(functions[0], (Function, Builtin)):
        raise TypeProblem(
            f"A function of the epoch is needed here, not {describe(lr_lambda)}.",
            hint="write lambda epoch: 0.95 ** epoch",
        )
    return _schedule(optimizer, lambda _, t: first * plain(apply(run, functions[0], t)))


def _step(run: Run, schedule: Schedule) -> None:
    schedule.epoch += 1
    _set(schedule)


METHODS: dict[str, Callable[..., Any]] = {
    "step": _step,
    "get_last_lr": lambda run, schedule: [schedule.last],
}

FUNCTIONS: dict[str, Callable[..., Any]] = {
    "StepLR": _steps,
    "MultiStepLR": _milestones,
    "ExponentialLR": _exponential,
    "CosineAnnealingLR": _cosine,
    "LambdaLR": _by_function,
}
