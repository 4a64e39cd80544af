"""Miscalls: what to say of a call that cannot be, and how it would be written."""

from __future__ import annotations

import ast
import builtins
import re
from inspect import Parameter, Signature
from itertools import pairwise
from typing import Any

from engine.errors import ChainruleError, NotAllowed, TypeProblem, UnknownName
from engine.language.guesses import nearest
from engine.language.program import Place
from engine.language.runtime.run import Run, describe

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


def clipped_source(run: Run, node: ast.expr) -> str:
    """Return what was typed, if it is short enough to be repeated."""
    start, end = run.program.span(node)
    text = run.program.source[start:end]
    return text if len(text) <= 24 else f"{text[:23]}…"


def no_function(run: Run, called: ast.Name, operands: list[ast.expr]) -> ChainruleError:
    """Return what to say of a call of a name that stands for nothing."""
    name, span = called.id, run.program.span(called)
    if hasattr(builtins, name):
        return NotAllowed(
            f"Python's function `{name}` is not in the language.", span=span, hint=ABSENT.get(name)
        )
    if name in METHODS_ALONE and operands:
        hint = f"write {clipped_source(run, operands[0])}.{name}()"
    else:
        define = f"to define it, write def {name}(…) before; to multiply, write {name}*(…)"
        hint = nearest(name, run.library) or define
    return UnknownName(f"There is no function `{name}`.", span=span, hint=hint)


def no_call(run: Run, value: Any, place: Place) -> TypeProblem:
    """Return what to say of a call of what is no function."""
    called = place.func if isinstance(place, ast.Call) else None
    if isinstance(called, ast.Name) and called.id in run.library:
        line = run.program.line_of(called.id)
        if line is not None:
            return TypeProblem(
                f"`{called.id}` is {describe(value)} since line {line}.",
                hint="choose another name there",
            )
    hint = "to multiply, write * before the bracket"
    if isinstance(called, ast.Attribute):
        hint = f"without brackets: {clipped_source(run, called)}"
    return TypeProblem(f"Round brackets after {describe(value)} would call it.", hint=hint)


def in_points(number: str) -> str:
    """Return the way out of a number that is written with a comma."""
    return f"is {number} one number? write {number.replace(',', '.')}: the decimal sign is a point"


def decimal_comma(run: Run) -> str | None:
    """Return a hint if two operands of the call look like one number with a decimal comma."""
    place = run.recording.place
    for one, other in pairwise(place.args if isinstance(place, ast.Call) else ()):
        start, end = run.program.span(one)[0], run.program.span(other)[1]
        if re.fullmatch(r"-?\d{1,9},\d{1,9}", run.program.source[start:end]):
            return in_points(run.program.source[start:end])
    return None
