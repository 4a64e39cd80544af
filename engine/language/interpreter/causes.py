"""Causes: what stands behind an error of a running program, read off the syntax where it arose."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

from engine.errors import ChainruleError, TypeProblem
from engine.language.hints.calls import in_points
from engine.language.runtime.run import Run
from engine.language.runtime.variable import METHODS, Variable
from engine.language.values.functions import Function


def advised(run: Run, error: ChainruleError) -> ChainruleError:
    """Return an error, or the one behind it: an operand that is nothing, or a decimal comma."""
    place = run.recording.place
    for part in ast.iter_child_nodes(place) if place else ():
        if isinstance(part, ast.Name) and _is_comma(run, place, part.id):
            error.hint = in_points(run.program.commas[part.id])
        for value in _values(run, part):
            if forgotten := no_return(run, value):
                return forgotten
    return error


def _is_comma(run: Run, place: ast.AST | None, name: str) -> bool:
    """Tell whether a name that should be a number still holds the two that a comma made of it."""
    if isinstance(place, ast.Attribute) and place.attr not in METHODS:
        return False
    if isinstance(place, ast.Call) and isinstance(place.func, ast.Name):
        called = run.globals.names.get(place.func.id)
        if isinstance(called, Variable):
            return False  # what is wrong is the call
    return name in run.program.commas and isinstance(run.globals.names.get(name), tuple)


def _values(run: Run, part: ast.AST) -> Iterator[ast.AST]:
    """Yield a part of a formula, or what the program assigns to the name that it is."""
    if not isinstance(part, ast.Name):
        yield part
    elif run.globals.names.get(part.id, part) is None:
        yield from _assigned(run, part.id)


def _assigned(run: Run, name: str) -> Iterator[ast.AST]:
    for node in ast.walk(run.program.tree):
        if isinstance(node, ast.Assign) and any(
            isinstance(target, ast.Name) and target.id == name for target in node.targets
        ):
            yield node.value


def no_return(run: Run, call: ast.AST) -> TypeProblem | None:
    """Return what to say of a call, if it is of a function that never returns a value."""
    if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Name):
        return None
    function = run.globals.names.get(call.func.id)
    if not isinstance(function, Function) or _returns(function.body):
        return None
    last, hint = function.body[-1], "end it with a line such as return y"
    if isinstance(last, ast.Expr):
        hint = "write return before its last line"
    elif isinstance(last, ast.Assign) and isinstance(last.targets[0], ast.Name):
        hint = f"end it with return {last.targets[0].id}"
    span = run.program.span(call)
    problem = TypeProblem(f"`{function.name}` returns nothing.", span=span, hint=hint)
    problem.locate(run.program.source)
    return problem


def _returns(body: Iterable[ast.AST]) -> bool:
    """Tell whether statements return a value somewhere, functions within them aside."""
    waiting = [*body]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Return) and node.value is not None:
            return True
        if not isinstance(node, (ast.FunctionDef, ast.Lambda)):
            waiting.extend(ast.iter_child_nodes(node))
    return False
