"""Calls: what to say of a call that cannot be, and how it would be written."""

from __future__ import annotations

import ast
import builtins
import re
from collections.abc import Iterable
from inspect import Parameter, Signature
from typing import Any

from engine.errors import ChainruleError, NotAllowed, TypeProblem, UnknownName
from engine.language.hints.names import nearest

FORMS = {
    "sum": "sum([1, 2, 3])",
    "mean": "mean([1, 2, 3])",
    "Value": "Value(2.0)",
    "Neuron": "Neuron(2)",
    "Layer": "Layer(2, 3)",
    "MLP": "MLP(2, [3, 1])",
}
"""How functions are called whose parameters' names do not tell it."""

ABSENT = {
    "input": "leave it out: a name that nothing assigns has a slider",
    "type": "write isinstance(x, float) to ask for one",
}
"""Functions of Python's that programs can do without, and how."""

METHODS_ALONE = frozenset(("backward", "item", "detach", "parameters", "zero_grad", "append"))
"""What is called after a point only."""


def _is_plain(parameter: Parameter) -> bool:
    return parameter.kind in (parameter.POSITIONAL_ONLY, parameter.POSITIONAL_OR_KEYWORD)


def no_fit(name: str, called: Signature, bound: int, keywords: dict[str, Any]) -> TypeProblem:
    """Return what to say of a call that does not fit, and how one that fits is written."""
    parameters = list(called.parameters.values())[1 + bound :]
    known = {one.name for one in parameters if one.kind is not one.POSITIONAL_ONLY}
    takes_all = any(one.kind is one.VAR_KEYWORD for one in parameters)
    if not takes_all and not keywords.keys() <= known:
        option = min(keywords.keys() - known)
        return TypeProblem(f"`{name}` has no option `{option}`.", hint=nearest(option, known))
    needed = (one.name for one in parameters if one.default is one.empty and _is_plain(one))
    form = FORMS.get(name) or f"{name}({', '.join(needed)})"
    return TypeProblem(
        f"`{name}` cannot be called like this.",
        hint=f"write {'.' if bound else ''}{form}",
    )


def clipped(typed: str) -> str:
    """Return what was typed, if it is short enough to be repeated."""
    return typed if len(typed) <= 24 else f"{typed[:23]}…"


def no_function(
    name: str, operand: str | None, library: Iterable[str], span: tuple[int, int]
) -> ChainruleError:
    """Return what to say of a call of a name that stands for nothing, with a first operand."""
    if hasattr(builtins, name):
        return NotAllowed(
            f"Python's function `{name}` is not in the language.", span=span, hint=ABSENT.get(name)
        )
    if name in METHODS_ALONE and operand is not None:
        hint = f"write {clipped(operand)}.{name}()"
    else:
        define = f"to define it, write def {name}(…) before; to multiply, write {name}*(…)"
        hint = nearest(name, library) or define
    return UnknownName(f"There is no function `{name}`.", span=span, hint=hint)


def no_call(thing: str, called: ast.expr | None, typed: str, line: int | None) -> TypeProblem:
    """Return what to say of a call of what is no function, but hides one since a line."""
    if isinstance(called, ast.Name) and line is not None:
        return TypeProblem(
            f"`{called.id}` is {thing} since line {line}.", hint="choose another name there"
        )
    hint = "to multiply, write * before the bracket"
    if isinstance(called, ast.Attribute):
        hint = f"without brackets: {clipped(typed)}"
    return TypeProblem(f"Round brackets after {thing} would call it.", hint=hint)


def in_points(number: str) -> str:
    """Return the way out of a number that is written with a comma."""
    return f"is {number} one number? write {number.replace(',', '.')}: the decimal sign is a point"


def decimal_comma(operands: Iterable[str]) -> str | None:
    """Return a hint if two operands, with what is between them, look like one decimal number."""
    number = next((one for one in operands if re.fullmatch(r"-?\d{1,9},\d{1,9}", one)), None)
    return None if number is None else in_points(number)
