"""Schedules: `torch.optim.lr_scheduler`, which changes an optimizer's rate from epoch to epoch."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from engine.errors import TypeProblem
from engine.language.functions import apply
from engine.language.library.optimizing import Stepper
from engine.language.run import Run, describe, items_of, plain, whole
from engine.language.variable import INFIX


@dataclass(slots=True, eq=False)
class Schedule:
    """What `StepLR(optimizer, 10)` makes: the rate of each epoch, as a function of its number."""

    name: str
    stepper: Stepper
    rate: Callable[[Run, int], float]
    epoch: int = 0


def _schedule(run: Run, name: str, stepper: Any, rate: Callable[[Run, int], float]) -> Schedule:
    if not isinstance(stepper, Stepper):
        raise TypeProblem(f"An optimizer is needed here, not {describe(stepper)}.")
    made = Schedule(name, stepper, rate)
    _set(run, made)
    return made


def _set(run: Run, schedule: Schedule) -> None:
    schedule.stepper.group["lr"] = schedule.rate(run, schedule.epoch)


def _initial(stepper: Any) -> float:
    """Return the rate at the beginning."""
    return stepper.rate if isinstance(stepper, Stepper) else 0.0


def _power(factor: float, times: int) -> float:
    """Return a power, which is infinite where it is too large."""
    return float(INFIX["**"].evaluate(factor, float(times)))


def _steps(run: Run, optimizer: Any, step_size: Any, gamma: Any = 0.1) -> Schedule:
    first, length, factor = _initial(optimizer), whole(step_size), plain(gamma)
    if length < 1:
        raise TypeProblem("A step of a schedule is at least 1 epoch long.")
    return _schedule(run, "StepLR", optimizer, lambda _, t: first * _power(factor, t // length))


def _milestones(run: Run, optimizer: Any, milestones: Any, gamma: Any = 0.1) -> Schedule:
    first, factor = _initial(optimizer), plain(gamma)
    at = [whole(one) for one in items_of(milestones)]
    return _schedule(
        run,
        "MultiStepLR",
        optimizer,
        lambda _, t: first * _power(factor, sum(t >= one for one in at)),
    )


def _exponential(run: Run, optimizer: Any, gamma: Any) -> Schedule:
    first, factor = _initial(optimizer), plain(gamma)
    return _schedule(run, "ExponentialLR", optimizer, lambda _, t: first * _power(factor, t))


def _cosine(run: Run, optimizer: Any, T_max: Any, eta_min: Any = 0.0) -> Schedule:  # noqa: N803
    first, least, length = _initial(optimizer), plain(eta_min), whole(T_max)
    if length < 1:
        raise TypeProblem("A step of a schedule is at least 1 epoch long.")

    def rate(_: Run, epoch: int) -> float:
        return least + (first - least) * (1 + math.cos(math.pi * epoch / length)) / 2

    return _schedule(run, "CosineAnnealingLR", optimizer, rate)


def _by_function(run: Run, optimizer: Any, lr_lambda: Any) -> Schedule:
    first = _initial(optimizer)

    def rate(run: Run, epoch: int) -> float:
        return first * plain(apply(run, lr_lambda, epoch))

    return _schedule(run, "LambdaLR", optimizer, rate)


def _step(run: Run, schedule: Schedule) -> None:
    schedule.epoch += 1
    _set(run, schedule)


METHODS: dict[str, Callable[..., Any]] = {
    "step": _step,
    "get_last_lr": lambda run, schedule: [schedule.stepper.rate],
}

FUNCTIONS: dict[str, Callable[..., Any]] = {
    "StepLR": _steps,
    "MultiStepLR": _milestones,
    "ExponentialLR": _exponential,
    "CosineAnnealingLR": _cosine,
    "LambdaLR": _by_function,
}
