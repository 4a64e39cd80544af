"""Members: the few attributes that each kind of value has, as tables of what reads them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from engine.errors import TypeProblem
from engine.language.array import Array, Set
from engine.language.dictionary import entry, keys, made, pairs, taken, update, values
from engine.language.functions import Builtin
from engine.language.library.arrays import (
    norm,
    ravel,
    reduced,
    reshape,
    size,
    squeezed,
    transposed,
    watch,
)
from engine.language.library.operate import flat
from engine.language.recording import Variable
from engine.language.run import Run, describe, is_number, items_of, whole
from engine.language.text import braces, joined
from engine.nn import MLP, Layer, Module, Neuron

Getter = Callable[[Run, Any], Any]


def _method(name: str, action: Callable[..., Any]) -> Getter:
    """Return a getter of a method: `action(run, value, *arguments)`."""
    return lambda run, value: Builtin(name, action, (value,))


def _itself(run: Run, value: Any, *ignored: Any, **options: Any) -> Any:
    return value


def _append(run: Run, value: list[Any], item: Any) -> None:
    run.recording.charge()
    value.append(item)


def extend(run: Run, value: list[Any], items: Any) -> None:
    """Append every element of another list."""
    if not isinstance(items, (list, tuple)):
        raise TypeProblem(f"A list is extended by a list, not by {describe(items)}.")
    run.recording.charge(len(items))
    value.extend(list(items))


def _pop(run: Run, value: list[Any], index: Any = -1) -> Any:
    position = whole(index, "an index")
    if not -len(value) <= position < len(value):
        raise TypeProblem(f"There is no element {position}: the list has {len(value)}.")
    return value.pop(position)


def _backward_from(run: Run, value: Array, gradient: Any = None, **ignored: Any) -> None:
    """Run backward from an array: from the sum of its numbers, each times its gradient."""
    if gradient is None:
        raise TypeProblem(
            f"An array of {len(value)} has no gradient of its own: only a number has.",
            hint="write .sum().backward()",
        )
    weighed = run.library["dot"].action(run, ravel(run, value), ravel(run, gradient))
    if not isinstance(weighed, Variable):
        raise _plain_numbers()
    run.recording.backward(weighed)


def _zero_grad(run: Run, value: Module) -> None:
    value.zero_grad()


def _data(run: Run, value: Any) -> Any:
    """Return the numbers of an array of Values, or of one."""
    if isinstance(value, Array):
        run.recording.charge(len(value))
        return Array(_data(run, item) for item in value)
    return run.recording.read(value) if isinstance(value, Variable) else value


def _detached(run: Run, value: Any) -> Any:
    """Return the same numbers as constants: later operations use them, no gradient flows back."""
    if isinstance(value, Array):
        run.recording.charge(len(value))
        return Array(_detached(run, item) for item in value)
    if not isinstance(value, Variable):
        return value
    return run.recording.constant(run.recording.read(value), run.recording.place)


def _copied(run: Run, value: Any) -> Any:
    """Return an array of its own that holds the same numbers and Values."""
    if not isinstance(value, Array):
        return value
    run.recording.charge(len(value))
    return Array(_copied(run, item) for item in value)


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
    run.recording.is_opaque = True
    return value.grad


def _through_library(name: str) -> Getter:
    return lambda run, value: Builtin(name, run.library[name].action, (value,))


def _join(run: Run, value: str, parts: Any) -> str:
    for part in items_of(parts):
        if not isinstance(part, str):
            raise TypeProblem(f"Texts are joined, not {describe(part)}.", hint="write str(x)")
    return joined(run, parts, value)


def _insert(run: Run, value: list[Any], index: Any, item: Any) -> None:
    run.recording.charge(len(value) + 1)
    value.insert(whole(index, "an index"), item)


def _reverse(run: Run, value: list[Any]) -> None:
    run.recording.charge(len(value))
    value.reverse()


def _sort(run: Run, value: list[Any], key: Any = None, reverse: Any = False) -> None:
    value[:] = run.library["sorted"].action(run, value, key, reverse)


NUMBER: dict[str, Getter] = {
    "item": _method("item", _itself),
    "data": _itself,
}

VARIABLE: dict[str, Getter] = {
    "data": _data,
    "grad": _grad,
    "label": lambda run, value: value.node.label or "",
    "_op": lambda run, value: value.node._op,
    "_prev": lambda run, value: run.recording.operands_of(value),
    "backward": _method(
        "backward", lambda run, value, *_, **ignored: run.recording.backward(value)
    ),
    "_backward": _method("_backward", lambda run, value: value.node._backward()),
    **{name: _method(name, _data) for name in ("item", "numpy")},
    "detach": _method("detach", _detached),
    **{
        name: _method(name, _itself)
        for name in (
            *("double", "float", "to", "clone", "contiguous"),
            *("requires_grad_", "retain_grad", "squeeze", "sum", "mean"),
        )
    },
    "norm": _method("norm", norm),
    "requires_grad": lambda run, value: True,
}

LIST: dict[str, Getter] = {
    "append": _method("append", _append),
    "extend": _method("extend", extend),
    "pop": _method("pop", _pop),
    "insert": _method("insert", _insert),
    "reverse": _method("reverse", _reverse),
    "sort": _method("sort", _sort),
    "copy": _through_library("list"),
}

TEXT: dict[str, Getter] = {
    "format": _method(
        "format", lambda run, value, *values, **named: braces(run, value, values, named)
    ),
    "join": _method("join", _join),
}

DICTIONARY: dict[str, Getter] = {
    "keys": _method("keys", keys),
    "values": _method("values", values),
    "items": _method("items", pairs),
    "get": _method(
        "get", lambda run, value, key, otherwise=None: entry(run, value, key, otherwise)
    ),
    "update": _method("update", update),
    "pop": _method("pop", taken),
    "copy": _method("copy", made),
}

SET: dict[str, Getter] = {"add": _method("add", _append)}

ARRAY: dict[str, Getter] = {
    **LIST,
    **{name: _method(name, _copied) for name in ("copy", "clone")},
    "shape": lambda run, value: value.shape,
    "data": _data,
    "grad": _grad,
    "numpy": _method("numpy", _data),
    "detach": _method("detach", _detached),
    "tolist": _through_library("list"),
    "T": transposed,
    "norm": _method("norm", norm),
    "backward": _method("backward", _backward_from),
    "requires_grad_": _method("requires_grad_", watch),
    "requires_grad": lambda run, value: any(isinstance(n, Variable) for n in flat(run, value)),
    "size": _method("size", size),
    "numel": _method("numel", lambda run, value: len(flat(run, value))),
    "reshape": _method("reshape", reshape),
    "view": _method("view", reshape),
    **{name: _method(name, ravel) for name in ("ravel", "flatten")},
    **{name: _through_library(name) for name in ("dot", "any", "all")},
    **{name: _method(name, reduced(name)) for name in ("sum", "mean", "max", "min")},
    **{name: _method(name, _itself) for name in ("double", "float", "to", "contiguous")},
    "squeeze": _method("squeeze", squeezed),
}

MODULE: dict[str, Getter] = {
    "parameters": _method("parameters", lambda run, value: value.parameters()),
    "zero_grad": _method("zero_grad", _zero_grad),
    "to": _method("to", _itself),
}


def members(value: Any) -> dict[str, Getter]:
    """Return the attributes that a kind of value has."""
    if isinstance(value, Variable):
        return VARIABLE
    if isinstance(value, Module):
        names = {Neuron: ("w", "b"), Layer: ("neurons",), MLP: ("layers",)}.get(type(value), ())
        return MODULE | {name: _reader(name) for name in names}
    if isinstance(value, Array):
        return ARRAY
    if isinstance(value, Set):
        return SET
    if isinstance(value, list):
        return LIST
    if isinstance(value, dict):
        return DICTIONARY
    if isinstance(value, str):
        return TEXT
    return NUMBER if is_number(value) else {}


def _reader(name: str) -> Getter:
    def read(run: Run, value: Any) -> Any:
        part = getattr(value, name)
        return tuple(part) if isinstance(part, list) else part  # a network's parts stay its parts

    return read
