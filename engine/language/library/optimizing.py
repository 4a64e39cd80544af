"""Optimizing: `torch.optim`, whose `step()` moves the parameters that it was given."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import wraps
from typing import Any

import numpy as np

from engine.columns import Floats
from engine.errors import NotAllowed, TypeProblem
from engine.graph import topological_order
from engine.language.runtime.run import Run, items_of, plain
from engine.language.runtime.variable import Variable
from engine.language.values.comparisons import truth
from engine.language.values.generator import Generator
from engine.optimizers import OPTIMIZERS, Optimizer


@dataclass(slots=True, eq=False)
class Stepper:
    """A group of parameters, and the rule that moves them."""

    parameters: list[Variable]
    rule: Optimizer
    group: dict[Any, Any]
    """What programs may change on the way: `optimizer.param_groups[0]["lr"]`."""
    state: dict[str, Floats] = field(init=False)
    counts: Floats = field(init=False)
    """How often each parameter was moved."""
    reached: set[Variable] = field(default_factory=set)
    """What has a gradient, be it zero: PyTorch holds None for the others, and leaves them."""
    seen: int = 0
    """How many backward passes were looked at for what they reached."""

    def __post_init__(self) -> None:
        self.state = self.rule.state(len(self.parameters))
        self.counts = np.zeros(len(self.parameters))

    @property
    def rate(self) -> float:
        """The learning rate as it is now."""
        return plain(self.group.get("lr"))


@dataclass(slots=True, eq=False)
class Steppers:
    """What `torch.optim.SGD(w, lr=0.1)` makes: one group of parameters, or several."""

    name: str
    groups: list[Stepper]


def _parameters(run: Run, given: Any) -> Iterator[Variable]:
    """Yield the numbers that lists and arrays hold. Raises `TypeProblem` for what cannot move."""
    for item in items_of(given):
        run.recording.charge()
        if isinstance(item, (list, tuple)):
            yield from _parameters(run, item)
        elif not isinstance(item, Variable):
            raise TypeProblem(
                "No gradient is kept for what the optimizer is given.",
                hint="make it by torch.tensor(...), or with requires_grad=True",
            )
        elif item.node.operation is not None:
            raise TypeProblem(
                "An optimizer moves inputs; this number is the result of an operation.",
                hint="give it the numbers that this one is made of",
            )
        else:
            yield item


def _class(name: str, rule: Optimizer) -> Callable[..., Steppers]:
    """Return what makes an optimizer of PyTorch's."""

    def made(run: Run, params: Any, lr: Any = None, *others: Any, **options: Any) -> Steppers:
        if others:
            raise TypeProblem(
                f"Only the parameters and the rate have places of their own in `{name}`.",
                hint=f"write the name of the option: {next(iter(rule.options))}=…",
            )
        shared = {"lr": rule.rate if lr is None else lr, **options}
        given = items_of(params)
        if not any(isinstance(one, dict) for one in given):
            given = [{"params": given}]
        return Steppers(name, [group_of(run, {**shared, **_named(one)}) for one in given])

    def group_of(run: Run, options: dict[Any, Any]) -> Stepper:
        params = options.pop("params")
        unknown = options.keys() - {"lr", *rule.options}
        if unknown:
            raise NotAllowed(
                f"`{name}` has no option `{min(map(str, unknown))}` here.",
                hint=f"it has lr, {', '.join(rule.options)}",
            )
        group = {**rule.options, **options}
        _setting("lr", group["lr"])
        settings = _settings(rule, group)
        if settings.get("nesterov") and not (settings["momentum"] and not settings["dampening"]):
            raise TypeProblem("`nesterov` goes with a momentum, and without dampening.")
        held = params if isinstance(params, (list, tuple, Generator)) else [params]
        return Stepper(list(_parameters(run, held)), rule, group)

    return made


def _named(group: Any) -> dict[Any, Any]:
    """Return a group of parameters with its own options, as `{"params": w, "lr": 0.1}`."""
    if not isinstance(group, dict) or "params" not in group:
        raise TypeProblem(
            "A group of parameters is a dictionary that has `params`.",
            hint='write {"params": [w], "lr": 0.1}',
        )
    return group


def _settings(rule: Optimizer, group: dict[Any, Any]) -> dict[str, Any]:
    """Return the options as they are now."""
    return {option: _setting(option, group.get(option)) for option in rule.options}


def _setting(option: str, value: Any) -> Any:
    """Return a number, or the two of `betas`. Raises `TypeProblem` for those out of range."""
    if option == "betas":
        first, second = map(plain, value if len(items_of(value)) == 2 else (-1, -1))
        if not (0 <= first < 1 and 0 <= second < 1):
            raise TypeProblem("`betas` are two numbers from 0 to less than 1.")
        return first, second
    if not plain(value) >= 0:
        raise TypeProblem(f"`{option}` is a number that is at least 0.")
    return plain(value)


def _look(run: Run, stepper: Stepper) -> None:
    """Find what the backward passes reached that have come since the last look."""
    recording = run.recording
    for backward in recording.backwards[stepper.seen :]:
        order = topological_order([backward.output])
        recording.charge(len(order) // 16)
        inputs = recording.inputs
        stepper.reached.update(inputs[node] for node in order if node in inputs)
    stepper.seen = len(recording.backwards)


def _zero_grad(run: Run, stepper: Stepper, set_to_none: Any = True) -> None:
    """Forget the gradients, which otherwise add up over backward passes."""
    run.recording.charge(len(stepper.parameters))
    _look(run, stepper)
    if truth(set_to_none):
        stepper.reached.clear()
    for parameter in stepper.parameters:
        parameter.grad = 0.0


def _step(run: Run, stepper: Stepper) -> None:
    """Move every parameter that has a gradient."""
    recording, parameters = run.recording, stepper.parameters
    recording.charge(4 * len(parameters))
    _look(run, stepper)
    moving = [
        index
        for index, parameter in enumerate(parameters)
        if parameter.grad or recording.inputs.get(parameter.node, parameter) in stepper.reached
    ]
    if not moving:
        return
    recording.guards.is_opaque = True  # where a parameter goes depends on gradients
    stepper.counts[moving] += 1
    numbers = np.array([recording.read(parameters[index]) for index in moving])
    grads = np.array([parameters[index].grad for index in moving])
    state = {name: numbers_of[moving] for name, numbers_of in stepper.state.items()}
    with np.errstate(all="ignore"):
        moved, after = stepper.rule.update(
            numbers,
            grads,
            state,
            stepper.rate,
            stepper.counts[moving],
            **_settings(stepper.rule, stepper.group),
        )
    for name, part in after.items():
        stepper.state.setdefault(name, np.zeros(len(parameters)))[moving] = part
    for index, number in zip(moving, moved.tolist(), strict=True):
        parameters[index].data = number


def _held(run: Run, parameters: Any) -> list[Variable]:
    """Return the numbers that lists and arrays hold, or that a name stands for."""
    is_list = isinstance(parameters, (list, tuple))
    return list(_parameters(run, parameters if is_list else [parameters]))


def _clipped(run: Run, parameters: Any, max_norm: Any) -> float:
    """Make gradients together no longer than a length; return how long they were."""
    held = _held(run, parameters)
    run.recording.guards.is_opaque = True
    length = math.hypot(*[parameter.grad for parameter in held])
    shrink = plain(max_norm) / (length + 1e-6)  # PyTorch adds this, so that nothing is divided by 0
    for parameter in held:
        parameter.grad *= min(shrink, 1.0)
    return length


def _bounded(run: Run, parameters: Any, clip_value: Any) -> None:
    """Bring every gradient into an interval around 0."""
    run.recording.guards.is_opaque = True
    most = plain(clip_value)
    for parameter in _held(run, parameters):
        parameter.grad = float(np.clip(parameter.grad, -most, most))  # nan stays nan


def _in_each(action: Callable[..., None]) -> Callable[..., None]:
    """Return a method of a group as one of the optimizer."""

    @wraps(action)
    def of_all(run: Run, steppers: Steppers, *operands: Any, **named: Any) -> None:
        for stepper in steppers.groups:
            action(run, stepper, *operands, **named)

    return of_all


METHODS: dict[str, Callable[..., Any]] = {
    "zero_grad": _in_each(_zero_grad),
    "step": _in_each(_step),
}

FUNCTIONS: dict[str, Callable[..., Any]] = {
    name: _class(name, rule)
    for name, rule in {
        "SGD": OPTIMIZERS["sgd"],
        "Adagrad": OPTIMIZERS["adagrad"],
        "RMSprop": OPTIMIZERS["rmsprop"],
        "Adam": OPTIMIZERS["adam"],
        "AdamW": OPTIMIZERS["adam"].given(decoupled_weight_decay=True, weight_decay=1e-2),
    }.items()
} | {"clip_grad_norm_": _clipped, "clip_grad_value_": _bounded}
