"""Schedules: `torch.optim.lr_scheduler`, which changes an optimizer's rate from epoch to epoch."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Any

from engine.errors import TypeProblem
from engine.language.library.optimizing import Stepper, Steppers
from engine.language.runtime.run import Run, describe, items_of, plain, whole
from engine.language.runtime.variable import INFIX
from engine.language.values.functions import Builtin, Function, apply

Rate = Callable[[float, int], float]
"""The rate of an epoch, of the rate as it is now and the epoch's number."""


@dataclass(slots=True, eq=False)
class Schedule:
    """What `StepLR(optimizer, 10)` makes.

    It changes the rates that it finds, as PyTorch does: several go together, and
    what a program writes is not lost.
    """

    rates: Sequence[tuple[Stepper, Rate]]
    """A rule for each group of parameters."""
    epoch: int = 0
    last: Sequence[float] = ()
    """The rates that it set last."""


def _scheduled(make: Callable[..., Rate]) -> Callable[..., Schedule]:
    """Return what makes a schedule of what makes the rule of one group of parameters."""

    @wraps(make)
    def made(run: Run, optimizer: Any, *operands: Any, **named: Any) -> Schedule:
        if not isinstance(optimizer, Steppers):
            raise TypeProblem(f"An optimizer is needed here, not {describe(optimizer)}.")
        groups = optimizer.groups
        schedule = Schedule([(group, make(run, group, *operands, **named)) for group in groups])
        _set(schedule)
        return schedule

    return made


def _set(schedule: Schedule) -> None:
    for stepper, rate in schedule.rates:
        stepper.group["lr"] = rate(stepper.rate, schedule.epoch)
    schedule.last = [stepper.rate for stepper, _ in schedule.rates]


def _initial(stepper: Stepper) -> float:
    """Return the rate that a group had when its first schedule was made."""
    return plain(stepper.group.setdefault("initial_lr", stepper.rate))


def _length(epochs: Any) -> int:
    """Return a number of epochs. Raises `TypeProblem` where there is none."""
    if whole(epochs) < 1:
        raise TypeProblem("A step of a schedule is at least 1 epoch long.")
    return whole(epochs)


def _steps(run: Run, optimizer: Stepper, step_size: Any, gamma: Any = 0.1) -> Rate:
    _initial(optimizer)
    length, factor = _length(step_size), plain(gamma)
    return lambda rate, t: rate * factor if t and t % length == 0 else rate


def _milestones(run: Run, optimizer: Stepper, milestones: Any, gamma: Any = 0.1) -> Rate:
    _initial(optimizer)
    at, factor = [whole(one) for one in items_of(milestones)], plain(gamma)

    def rule(rate: float, epoch: int) -> float:
        return rate * float(INFIX["**"].evaluate(factor, float(at.count(epoch))))

    return rule


def _exponential(run: Run, optimizer: Stepper, gamma: Any) -> Rate:
    _initial(optimizer)
    factor = plain(gamma)
    return lambda rate, t: rate * factor if t else rate


def _cosine(run: Run, optimizer: Stepper, T_max: Any, eta_min: Any = 0.0) -> Rate:  # noqa: N803
    first, least, length = _initial(optimizer), plain(eta_min), _length(T_max)

    def height(epoch: int) -> float:
        return 1 + math.cos(math.pi * epoch / length)

    def rule(rate: float, epoch: int) -> float:
        if epoch == 0:
            return rate
        if (epoch - 1 - length) % (2 * length) == 0:  # out of the lowest point
            return rate + (first - least) * (1 - math.cos(math.pi / length)) / 2
        return height(epoch) / height(epoch - 1) * (rate - least) + least

    return rule


def _linear(
    run: Run,
    optimizer: Stepper,
    start_factor: Any = 1 / 3,
    end_factor: Any = 1.0,
    total_iters: Any = 5,
) -> Rate:
    _initial(optimizer)
    first, last, length = plain(start_factor), plain(end_factor), _length(total_iters)
    if not 0 < first <= 1 or not 0 <= last <= 1:
        raise TypeProblem("The factors of a rate are between 0 and 1, and the first is not 0.")

    def factor(epoch: int) -> float:
        return first + (last - first) * min(epoch, length) / length

    return lambda rate, t: rate * (factor(t) / factor(t - 1) if t else first)


def _constant(run: Run, optimizer: Stepper, factor: Any = 1 / 3, total_iters: Any = 5) -> Rate:
    _initial(optimizer)
    part, length = plain(factor), _length(total_iters)
    if not 0 < part <= 1:
        raise TypeProblem("The factors of a rate are between 0 and 1, and the first is not 0.")
    return lambda rate, t: rate * (part if t == 0 else 1 / part if t == length else 1)


def _by_function(run: Run, optimizer: Stepper, lr_lambda: Any) -> Rate:
    first = _initial(optimizer)
    functions = lr_lambda if isinstance(lr_lambda, (list, tuple)) else [lr_lambda]
    if len(functions) != 1 or not isinstance(functions[0], (Function, Builtin)):
        raise TypeProblem(
            f"A function of the epoch is needed here, not {describe(lr_lambda)}.",
            hint="write lambda epoch: 0.95 ** epoch",
        )
    return lambda _, t: first * plain(apply(run, functions[0], t))


def _step(run: Run, schedule: Schedule) -> None:
    schedule.epoch += 1
    _set(schedule)


METHODS: dict[str, Callable[..., Any]] = {
    "step": _step,
    "get_last_lr": lambda run, schedule: list(schedule.last),
}

FUNCTIONS: dict[str, Callable[..., Any]] = {
    "StepLR": _scheduled(_steps),
    "MultiStepLR": _scheduled(_milestones),
    "ExponentialLR": _scheduled(_exponential),
    "CosineAnnealingLR": _scheduled(_cosine),
    "LinearLR": _scheduled(_linear),
    "ConstantLR": _scheduled(_constant),
    "LambdaLR": _scheduled(_by_function),
}
