"""Attributes: the few that each kind of value has. No attribute reaches a Python object."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from engine.errors import NotAllowed, TypeProblem, UnknownName, encodable
from engine.language.array import Array, Set
from engine.language.functions import Builtin, Ignored
from engine.language.library.arrays import ravel, reshape, transposed
from engine.language.modules import LibraryModule
from engine.language.recording import METHODS, Variable
from engine.language.run import Run, describe, is_number, items_of, nearest, plain, whole
from engine.language.text import braces, joined
from engine.nn import MLP, Layer, Module, Neuron


def attribute(run: Run, value: Any, name: str) -> Any:
    """Return an attribute. Raises `NotAllowed` or `UnknownName`, with the nearest known one."""
    if name.startswith("__"):
        raise NotAllowed(f"`{name}` is not in the language: it is private to Python.")
    if isinstance(value, Ignored):
        return value
    if isinstance(value, LibraryModule):
        return value.member(name)
    known = members(value)
    member = known.get(name)
    if member is not None:
        return member(run, value)
    if isinstance(value, (Variable, Array)) and name in METHODS:
        return Builtin(name, run.library[name].action, (value,))
    names = [*known, *(METHODS if isinstance(value, Variable) else ())]
    raise UnknownName(
        f"{describe(value).capitalize()} has no `{name}`.",
        hint=nearest(name, names) or f"it has {', '.join(sorted(known)[:8])}" if names else None,
    )


def set_attribute(run: Run, value: Any, name: str, new: Any) -> None:
    """Write `data`, `grad` or `label` of a Value."""
    if isinstance(value, Ignored) or name == "requires_grad":
        return
    if isinstance(value, Array) and name in ("data", "grad"):
        numbers = items_of(new) if isinstance(new, (list, tuple)) else [new] * len(value)
        for item, number in zip(value, numbers, strict=False):
            set_attribute(run, item, name, number)
        return
    if not isinstance(value, Variable) or name not in ("data", "grad", "label"):
        raise NotAllowed(
            f"`.{name}` cannot be written.", hint="data, grad and label of a Value can be"
        )
    if name == "label":
        if not isinstance(new, str):
            raise TypeProblem(f"A label is text, not {describe(new)}.", hint="write it in quotes")
        run.recording.relabel(value, encodable(new[:100]))
    elif name == "data":
        value.data = plain(new)
    else:
        value.grad = 0.0 if new is None else plain(new)


Getter = Callable[[Run, Any], Any]


def _method(name: str, action: Callable[..., Any]) -> Getter:
    """Return a getter of a method: `action(run, value, *arguments)`."""
    return lambda run, value: Builtin(name, action, (value,))


def _itself(run: Run, value: Any, *ignored: Any) -> Any:
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


def _read_grad(run: Run, value: Variable) -> float:
    run.recording.is_opaque = True
    return value.grad


def _zero_grad(run: Run, value: Module) -> None:
    value.zero_grad()


def _each(run: Run, value: Array, name: str) -> Array:
    run.recording.charge(len(value))
    return Array(item if is_number(item) else attribute(run, item, name) for item in value)


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


def _sort(run: Run, value: list[Any], **how: Any) -> None:
    value[:] = run.library["sorted"].action(run, value, **how)


NUMBER: dict[str, Getter] = {
    "item": _method("item", _itself),
    "data": _itself,
}

VARIABLE: dict[str, Getter] = {
    "data": lambda run, value: run.recording.read(value),
    "grad": _read_grad,
    "label": lambda run, value: value.node.label or "",
    "_op": lambda run, value: value.node._op,
    "_prev": lambda run, value: run.recording.operands_of(value),
    "backward": _method(
        "backward", lambda run, value, *_, **ignored: run.recording.backward(value)
    ),
    "_backward": _method("_backward", lambda run, value: value.node._backward()),
    "item": _method("item", lambda run, value: run.recording.read(value)),
    **{
        name: _method(name, _itself)
        for name in ("double", "float", "detach", "requires_grad_", "retain_grad", "squeeze")
    },
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

SET: dict[str, Getter] = {"add": _method("add", _append)}

ARRAY: dict[str, Getter] = {
    **LIST,
    "shape": lambda run, value: value.shape,
    "data": lambda run, value: _each(run, value, "data"),
    "grad": lambda run, value: _each(run, value, "grad"),
    "tolist": _through_library("list"),
    "T": transposed,
    "reshape": _method("reshape", reshape),
    "view": _method("view", reshape),
    **{name: _method(name, ravel) for name in ("ravel", "flatten")},
    **{name: _through_library(name) for name in ("sum", "mean", "dot", "max", "min", "any", "all")},
    **{name: _method(name, _itself) for name in ("double", "float", "squeeze", "numpy", "detach")},
}

MODULE: dict[str, Getter] = {
    "parameters": _method("parameters", lambda run, value: value.parameters()),
    "zero_grad": _method("zero_grad", _zero_grad),
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
    if isinstance(value, str):
        return TEXT
    return NUMBER if is_number(value) else {}


def _reader(name: str) -> Getter:
    def read(run: Run, value: Any) -> Any:
        part = getattr(value, name)
        return tuple(part) if isinstance(part, list) else part  # a network's parts stay its parts

    return read
