"""Assignments: values get names, places in lists and attributes, or change in place."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any

from engine.errors import NotAllowed
from engine.language.interpreter.attributes import attribute, set_attribute
from engine.language.interpreter.causes import no_return
from engine.language.interpreter.displays import unpacked
from engine.language.interpreter.expressions import evaluate, index_of, refusal
from engine.language.interpreter.inplace import is_moved
from engine.language.interpreter.operators import combine
from engine.language.library.lists import extend
from engine.language.runtime.run import Run, Scope
from engine.language.runtime.variable import Variable
from engine.language.values.array import Array
from engine.language.values.functions import Ignored
from engine.language.values.indexing import element, write
from engine.language.values.sets import Set


def remember(run: Run, scope: Scope, value: Any) -> None:
    """Keep the value of the program's last statement: it is the output if nothing else is."""
    if scope is not run.globals:
        return
    if type(value) is Variable or run.innermost(value) is not None:
        run.last = value


def _assign(run: Run, node: ast.Assign, scope: Scope) -> None:
    value = evaluate(run, node.value, scope)
    for target in node.targets:
        bound = _assign_to(run, target, value, scope)
        if scope is run.globals and type(target) is not ast.Attribute:
            remember(run, scope, bound)
            if bound is None:
                problem = no_return(run, node.value)
                run.silent = (problem, run.last) if problem else None


def _annotated(run: Run, node: ast.AnnAssign, scope: Scope) -> None:
    if node.value is not None:
        value = evaluate(run, node.value, scope)
        remember(run, scope, _assign_to(run, node.target, value, scope))


def _assign_to(run: Run, target: ast.expr, value: Any, scope: Scope) -> Any:
    """Assign, and return what is now held: a plain number that got a name is an input."""
    if type(target) is ast.Name:
        return run.bind(target.id, value, scope, target)
    run.recording.place = target
    if isinstance(target, (ast.Tuple, ast.List)):
        return _unpack(run, target, value, scope)
    elif isinstance(target, ast.Attribute):
        set_attribute(run, evaluate(run, target.value, scope), target.attr, value)
    elif isinstance(target, ast.Subscript):
        _assign_element(run, target, value, scope)
    else:
        raise NotAllowed(
            f"{refusal(target)} is not in the language.", span=run.program.span(target)
        )
    return value


def _assign_element(run: Run, target: ast.Subscript, value: Any, scope: Scope) -> None:
    inner = target.value
    through = isinstance(inner, ast.Attribute) and inner.attr == "grad"
    items = evaluate(run, inner.value if through else inner, scope)  # type: ignore[attr-defined]
    index = index_of(run, target.slice, scope)
    run.recording.place = target
    if through and isinstance(items, Array):  # w.grad[0] = 1.0 writes the gradient of w[0]
        set_attribute(run, element(run, items, index), "grad", value)
    else:
        write(run, attribute(run, items, "grad") if through else items, index, value)


def _unpack(run: Run, target: ast.Tuple | ast.List, value: Any, scope: Scope) -> list[Any]:
    parts = target.elts
    if isinstance(value, Ignored):  # fig, ax = plt.subplots()
        return [_assign_to(run, part, value, scope) for part in parts]
    return [_assign_to(run, part, item, scope) for part, item in unpacked(parts, value)]


def _augmented(run: Run, node: ast.AugAssign, scope: Scope) -> None:
    target = node.target
    load = ast.copy_location(_loading(target), target)
    left, right = evaluate(run, load, scope), evaluate(run, node.value, scope)
    if type(left) is list and isinstance(node.op, ast.Add):
        extend(run, left, right)  # a list grows in place: other names of it see that
        return
    if not isinstance(target, ast.Attribute) and is_moved(run, left):
        numbers = attribute(run, left, "data")
        moved = combine(run, node, numbers, right, target, node.value)
        set_attribute(run, left, "data", moved)
        return
    result = combine(run, node, left, right, target, node.value)
    both = isinstance(left, Array) and isinstance(result, Array)
    if both and not isinstance(target, ast.Attribute):
        write(run, left, slice(None), result)  # an array changes in place, too
        result = left
    if isinstance(left, Set) and isinstance(result, Set):
        left.become(result)
        result = left
    bound = _assign_to(run, target, result, scope)
    if not isinstance(target, ast.Attribute):
        remember(run, scope, bound)


def _loading(target: ast.expr) -> ast.expr:
    if isinstance(target, ast.Name):
        return ast.Name(target.id, ast.Load())
    if isinstance(target, ast.Attribute):
        return ast.Attribute(target.value, target.attr, ast.Load())
    assert isinstance(target, ast.Subscript)
    return ast.Subscript(target.value, target.slice, ast.Load())


ASSIGN: dict[type[ast.stmt], Callable[[Run, Any, Scope], None]] = {
    ast.Assign: _assign,
    ast.AnnAssign: _annotated,
    ast.AugAssign: _augmented,
}
