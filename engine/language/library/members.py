"""Members: the few attributes that each kind of value has, as tables of what reads them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from engine.errors import TypeProblem
from engine.graph import topological_order
from engine.language.library import (
    chance,
    choices,
    lists,
    numpy_chance,
    optimizing,
    reductions,
    schedules,
    spreads,
    tools,
    words,
)
from engine.language.library.arrays import cloned, detached, kinds_of, numbers_of, of_kind, watch
from engine.language.library.layers import Linear, named_parameters
from engine.language.library.operate import flat, operate, single
from engine.language.library.products import matrix_product
from engine.language.library.reductions import Places, norm
from engine.language.library.rounding import ROUNDED
from engine.language.library.shapes import (
    expanded,
    flattened,
    permuted,
    ravel,
    reshape,
    size,
    squeezed,
    transposed,
    turned,
)
from engine.language.runtime.run import Run, is_number
from engine.language.runtime.variable import INFIX, Variable
from engine.language.values import dictionary, sets
from engine.language.values.array import Array, copied, depth
from engine.language.values.functions import Builtin, Either
from engine.language.values.sets import Set
from engine.language.values.views import data_of, viewing
from engine.nn import MLP, Layer, Module, Neuron

Getter = Callable[[Run, Any], Any]


def _method(name: str, action: Callable[..., Any]) -> Getter:
    """Return a getter of a method: `action(run, value, *arguments)`."""
    return lambda run, value: Builtin(name, action, (value,))


def _methods(actions: Mapping[str, Callable[..., Any]]) -> dict[str, Getter]:
    return {name: _method(name, action) for name, action in actions.items()}


def _itself(run: Run, value: Any, *ignored: Any, **options: Any) -> Any:
    return value


def _as_doubles(run: Run, value: Array) -> Array:
    """Return whole numbers and truths as doubles; what holds doubles stays itself."""
    doubles: Array = of_kind(run, value) if kinds_of(run, value) & {int, bool} else value
    return doubles


def _backward(
    run: Run, value: Any, gradient: Any = None, retain_graph: Any = None, create_graph: Any = None
) -> None:
    """Run backward from a Value: from it, or from it times a gradient that is not 1."""
    if gradient is not None and not (is_number(gradient) and gradient == 1):
        value = operate(run, INFIX["*"], value, gradient)
    run.recording.backward(single(run, value) if isinstance(value, Array) else value)


def _backward_from(
    run: Run, value: Array, gradient: Any = None, retain_graph: Any = None, create_graph: Any = None
) -> None:
    """Run backward from an array: from the sum of its numbers, each times its gradient.

    From an array of one number, as PyTorch does, without any gradient.
    """
    numbers = ravel(run, value)
    if gradient is None and len(numbers) != 1:
        raise TypeProblem(
            f"An array of {len(value)} has no gradient of its own: only a number has.",
            hint="write .sum().backward()",
        )
    if gradient is None:
        output = numbers[0]
    else:
        output = run.library["dot"].action(run, numbers, ravel(run, gradient))
    if not isinstance(output, Variable):
        raise _plain_numbers()
    run.recording.backward(output)


def _zero_grad(run: Run, value: Module) -> None:
    value.zero_grad()


def _to_lists(run: Run, value: Any) -> Any:
    """Return an array as lists within lists."""
    if not isinstance(value, Array):
        return value
    run.recording.charge(len(value))
    return [_to_lists(run, item) for item in value]


def _kind(run: Run, value: Array) -> Any:
    """Return the function that makes numbers of the kind that an array holds."""
    kinds = kinds_of(run, value)
    return run.library["bool" if kinds == {bool} else "int" if kinds == {int} else "float"]


def _plain_numbers() -> TypeProblem:
    return TypeProblem(
        "The numbers of this array are plain: no gradient is kept for them.",
        hint="make it by torch.tensor(...), or with requires_grad=True",
    )


def _grad(run: Run, value: Any) -> Any:
    """Return the gradients of an array of Values, or of one."""
    if isinstance(value, Array):
        run.recording.charge(len(value))
        return Array(_grad(run, item) for item in value)
    if not isinstance(value, Variable):
        raise _plain_numbers()
    run.recording.guards.is_opaque = True
    return value.grad


def _requires_grad(run: Run, value: Any) -> bool:
    """Tell whether gradients flow back from an array, or a number, to what asks for them."""
    recording = run.recording
    made = [one.node for one in numbers_of(run, value) if isinstance(one, Variable)]
    recording.charge(len(recording.nodes) // 16)
    return any(
        recording.inputs.get(node) in recording.tracking.watched for node in topological_order(made)
    )


def _through_library(name: str) -> Getter:
    return lambda run, value: Builtin(name, run.library[name].action, (value,))


MORE = (
    *("square", "argsort", "log2", "log10", "clamp_min", "clamp_max"),
    *("softmax", "log_softmax", "logsumexp"),
)
"""Functions of the library that are methods of arrays, too."""

NUMBER: dict[str, Getter] = {
    "item": _method("item", _itself),
    "data": _itself,
}

VARIABLE: dict[str, Getter] = {
    "data": data_of,
    "grad": _grad,
    "label": lambda run, value: value.node.label or "",
    "_op": lambda run, value: value.node._op,
    "_prev": lambda run, value: run.recording.operands_of(value),
    "backward": _method("backward", _backward),
    "_backward": _method("_backward", lambda run, value: value.node._backward()),
    **{name: _method(name, data_of) for name in ("item", "numpy")},
    "detach": _method("detach", detached),
    "clone": _method("clone", cloned),
    **{
        name: _method(name, _itself)
        for name in (
            *("double", "float", "to", "contiguous"),
            *("retain_grad", "squeeze", "sum", "mean"),
        )
    },
    "norm": _method("norm", norm),
    "dim": _method("dim", lambda run, value: 0),
    **{name: _through_library(name) for name in MORE if name != "argsort"},
    **{name: _method(name, action) for name, action in ROUNDED.items()},
    "requires_grad": _requires_grad,
    "requires_grad_": _method("requires_grad_", watch),
    "shape": lambda run, value: (),
    "dtype": lambda run, value: run.library["float"],
}

LIST = _methods(lists.METHODS)

TEXT = _methods(words.METHODS)

DICTIONARY = _methods(dictionary.METHODS)

COUNTER = DICTIONARY | _methods(tools.METHODS)

SCHEDULER = _methods(schedules.METHODS)

GENERATOR = _methods(chance.METHODS)

OPTIMIZER: dict[str, Getter] = {
    **_methods(optimizing.METHODS),
    "param_groups": lambda run, value: [stepper.group for stepper in value.groups],
}

SET = _methods(sets.METHODS)

ARRAY: dict[str, Getter] = {
    **{name: LIST[name] for name in ("sort", "index", "count")},  # its length stays what it is
    "copy": _method("copy", copied),
    "clone": _method("clone", cloned),
    "shape": lambda run, value: value.shape,
    "data": data_of,
    "grad": _grad,
    "numpy": _method("numpy", data_of),
    "detach": _method("detach", data_of),
    "tolist": _method("tolist", _to_lists),
    "item": _method("item", lambda run, value: data_of(run, single(run, value))),
    "T": viewing(transposed),
    "t": _method("t", viewing(transposed)),
    "transpose": _method("transpose", viewing(turned)),
    "norm": _method("norm", norm),
    "backward": _method("backward", _backward_from),
    "requires_grad_": _method("requires_grad_", watch),
    "requires_grad": _requires_grad,
    "size": lambda run, value: Either("size", size, (value,), len(flat(run, value))),
    **{
        name: _method(name, lambda run, value: len(flat(run, value)))
        for name in ("numel", "nelement")
    },
    **{name: _method(name, viewing(reshape)) for name in ("reshape", "view")},
    "ravel": _method("ravel", viewing(ravel)),
    "flatten": _method("flatten", flattened),
    "permute": _method("permute", viewing(permuted)),
    **{name: _through_library(name) for name in ("dot", "any", "all")},
    **_methods(reductions.OF_ARRAYS),
    **_methods(spreads.METHODS),
    **{name: _method(name, _itself) for name in ("to", "contiguous", "retain_grad")},
    **{name: _method(name, _as_doubles) for name in ("double", "float")},
    "squeeze": _method("squeeze", viewing(squeezed)),
    "unsqueeze": _method("unsqueeze", viewing(expanded)),
    "cumsum": _through_library("cumsum"),
    "ndim": lambda run, value: depth(value),
    "dim": _method("dim", lambda run, value: depth(value)),
    **{name: _through_library(name) for name in MORE},
    **{name: _method(name, action) for name, action in ROUNDED.items()},
    "astype": _method("astype", of_kind),
    "type": _method("type", of_kind),
    "dtype": _kind,
    **{name: _method(name, matrix_product) for name in ("matmul", "mm", "mv")},
    **_methods(choices.METHODS),
}

PLACES: dict[str, Getter] = {
    "values": lambda run, value: value[0],
    "indices": lambda run, value: value[1],
}

MODULE: dict[str, Getter] = {
    "named_parameters": _method("named_parameters", named_parameters),
    "parameters": _method("parameters", lambda run, value: value.parameters()),
    "zero_grad": _method("zero_grad", _zero_grad),
    **{name: _method(name, _itself) for name in ("to", "train", "eval")},
}


PARTS_OF: dict[type[Module], tuple[str, ...]] = {
    Neuron: ("w", "b"),
    Layer: ("neurons",),
    MLP: ("layers",),
    Linear: ("weight", "bias"),
}
"""The attributes of networks that hold their parts."""


def members(value: Any) -> dict[str, Getter]:
    """Return the attributes that a kind of value has."""
    if isinstance(value, Variable):
        return VARIABLE
    if isinstance(value, Module):
        names = PARTS_OF.get(type(value), ())
        return MODULE | {name: _reader(name) for name in names}
    if isinstance(value, Array):
        return ARRAY
    if isinstance(value, Set):
        return SET
    if isinstance(value, Places):
        return PLACES
    if isinstance(value, list):
        return LIST
    if isinstance(value, dict):
        return COUNTER if isinstance(value, dictionary.Counter) else DICTIONARY
    if isinstance(value, str):
        return TEXT
    if isinstance(value, chance.Generator):
        return GENERATOR
    if isinstance(value, numpy_chance.Drawer):
        return _methods(numpy_chance.methods_of(value))
    if isinstance(value, schedules.Schedule):
        return SCHEDULER
    if isinstance(value, optimizing.Steppers):
        return OPTIMIZER
    return NUMBER if is_number(value) else {}


def _reader(name: str) -> Getter:
    def read(run: Run, value: Any) -> Any:
        part = getattr(value, name)
        return tuple(part) if type(part) is list else part  # a network's parts stay its parts

    return read
