"""Attributes: the few that each kind of value has. No attribute reaches a Python object."""

from __future__ import annotations

from typing import Any

from engine.errors import NotAllowed, TypeProblem, UnknownName, encodable
from engine.language.hints.names import guess, nearest
from engine.language.library.arrays import watch
from engine.language.library.members import ARRAY, VARIABLE, members
from engine.language.runtime.run import Run, capitalized, describe, items_of, plain
from engine.language.runtime.variable import METHODS, Variable
from engine.language.values.array import Array, uneven
from engine.language.values.functions import Builtin, Function, Ignored
from engine.language.values.modules import LibraryModule
from engine.nn import Module

WRITTEN = ("data", "grad", "label")
"""What of a Value can be written; the rest of what it has is called."""

TELLING = ("shape", "T", "reshape", "sum", "mean", "max", "dot", "tolist")
"""What is most often asked of an array."""


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
    own = [one for one in known if not one.startswith("_")]  # the most telling first
    names = [*own, *(METHODS if isinstance(value, Variable) else ())]
    raise UnknownName(
        f"{capitalized(describe(value))} has no `{name}`.",
        hint=_of_another(value, name) or guess(name, names) or _own(value, own),
    )


def is_of_number(name: str, operands: int) -> bool:
    """Tell whether a number has a method of about this name that takes so many operands."""
    operation = METHODS.get(name)
    if operation is None:
        return name != "backward" and (name in VARIABLE or nearest(name, METHODS) is not None)
    return 0 <= operation.arity - 1 - operands <= len(operation.defaults)


def _of_another(value: Any, name: str) -> str | None:
    """Return what to do where another kind of value has an attribute."""
    if type(value) is list and name in ARRAY and name not in (*WRITTEN, "backward", "item"):
        return "only an array has: np.array(xs)"
    if isinstance(value, Module) and name in ("forward", "predict"):
        return "call it: model(x)"
    if isinstance(value, (Function, Builtin)) and name in VARIABLE:
        return f"call it first, as in {value.name}(2.0)"
    if isinstance(value, (list, tuple)) and name == "backward":
        return "only a number has: xs[0].backward(), or sum(xs).backward()"
    if isinstance(value, (list, tuple)) and (name in METHODS or name in VARIABLE):
        return f"take it of each: [x.{name}{'' if name in WRITTEN else '()'} for x in xs]"
    return None


def _own(value: Any, own: list[str]) -> str | None:
    """Return a hint with what a value has; of an array what a list has not."""
    telling = [one for one in TELLING if one in own] if isinstance(value, Array) else own[:8]
    return f"it has {', '.join(telling)}" if own else None


def set_attribute(run: Run, value: Any, name: str, new: Any) -> None:
    """Write `data`, `grad` or `label` of a Value."""
    if isinstance(value, Ignored):
        return
    if name == "requires_grad":
        watch(run, value, new)
        return
    if isinstance(value, Array) and name in ("data", "grad"):
        numbers = items_of(new) if isinstance(new, (list, tuple)) else [new] * len(value)
        if len(numbers) != len(value):
            raise uneven((len(numbers), len(value)))
        for item, number in zip(value, numbers, strict=True):
            set_attribute(run, item, name, number)
        return
    if not isinstance(value, Variable) or name not in WRITTEN:
        raise NotAllowed(
            f"`.{name}` cannot be written.",
            hint="what can be written: data, grad and label of a Value",
        )
    if name == "label":
        if not isinstance(new, str):
            raise TypeProblem(f"A label is text, not {describe(new)}.", hint="write it in quotes")
        run.recording.relabel(value, encodable(new[:100]))
    elif name == "data":
        value.data = plain(new)
    else:
        value.grad = 0.0 if new is None else plain(new)
