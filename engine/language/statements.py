"""Statements: one small function for each kind of syntax that does something."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Sequence
from contextlib import nullcontext
from enum import Enum
from typing import Any

from engine.errors import NotAllowed, TypeProblem
from engine.language.advice import no_return
from engine.language.array import Array
from engine.language.attributes import attribute, set_attribute
from engine.language.comparisons import truth
from engine.language.definitions import DEFINE
from engine.language.displays import assign_loop, unpacked
from engine.language.expressions import evaluate, index_of, refusal
from engine.language.functions import Ignored
from engine.language.indexing import element, write
from engine.language.library.lists import extend
from engine.language.operators import combine
from engine.language.run import Run, Scope, is_number, items_in
from engine.language.text import shown
from engine.language.variable import Variable


class Flow(Enum):
    """Why a block ended early."""

    BREAK = "break"
    CONTINUE = "continue"


class Returned:
    """A block ended with `return`."""

    __slots__ = ("value",)

    def __init__(self, value: Any) -> None:
        self.value = value


Outcome = Flow | Returned | None


def execute(run: Run, body: Sequence[ast.stmt], scope: Scope) -> Any:
    """Run the body of a function and return what it returns."""
    outcome = block(run, body, scope)
    return outcome.value if isinstance(outcome, Returned) else None


def block(run: Run, body: Iterable[ast.stmt], scope: Scope) -> Outcome:
    """Run statements in order until one of them ends the block."""
    recording = run.recording
    for node in body:
        recording.place = node
        recording.work += 1
        if recording.work > recording.checkpoint:
            recording.charge(0)
        rule = EXECUTE.get(type(node))
        if rule is None:
            raise _refused(run, node)
        outcome = rule(run, node, scope)
        if outcome is not None:
            return outcome
    return None


def _remember(run: Run, scope: Scope, value: Any) -> None:
    """Keep the value of the program's last statement: it is the output if nothing else is."""
    if scope is not run.globals:
        return
    if type(value) is Variable or run.innermost(value) is not None:
        run.last = value


# -- assignment -----------------------------------------------------------------------------------


def _assign(run: Run, node: ast.Assign, scope: Scope) -> None:
    value = evaluate(run, node.value, scope)
    for target in node.targets:
        bound = _assign_to(run, target, value, scope)
        if scope is run.globals and type(target) is not ast.Attribute:
            _remember(run, scope, bound)
            if bound is None:
                problem = no_return(run, node.value)
                run.silent = (problem, run.last) if problem else None


def _annotated(run: Run, node: ast.AnnAssign, scope: Scope) -> None:
    if node.value is not None:
        value = evaluate(run, node.value, scope)
        _remember(run, scope, _assign_to(run, node.target, value, scope))


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
        raise _refused(run, target)
    return value


def _assign_element(run: Run, target: ast.Subscript, value: Any, scope: Scope) -> None:
    inner = target.value
    name = inner.attr if isinstance(inner, ast.Attribute) else ""
    through = name in ("data", "grad")
    items = evaluate(run, inner.value if through else inner, scope)  # type: ignore[attr-defined]
    index = index_of(run, target.slice, scope)
    run.recording.place = target
    if through and isinstance(items, Array):  # w.data[0] = 1.0 writes the number of w[0]
        set_attribute(run, element(run, items, index), name, value)
    else:
        write(run, attribute(run, items, name) if through else items, index, value)


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
    result = combine(run, node, left, right, target, node.value)
    both = isinstance(left, Array) and isinstance(result, Array)
    if both and not isinstance(target, ast.Attribute):
        write(run, left, slice(None), result)  # an array changes in place, too
        result = left
    bound = _assign_to(run, target, result, scope)
    if not isinstance(target, ast.Attribute):
        _remember(run, scope, bound)


def _loading(target: ast.expr) -> ast.expr:
    if isinstance(target, ast.Name):
        return ast.Name(target.id, ast.Load())
    if isinstance(target, ast.Attribute):
        return ast.Attribute(target.value, target.attr, ast.Load())
    assert isinstance(target, ast.Subscript)
    return ast.Subscript(target.value, target.slice, ast.Load())


def _expression(run: Run, node: ast.Expr, scope: Scope) -> None:
    if isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
        return  # a docstring
    shown = isinstance(node.value, ast.Attribute)  # a notebook's last line, such as a.grad
    with run.recording.looking() if shown else nullcontext():
        value = evaluate(run, node.value, scope)
    _remember(run, scope, value)


# -- branches and loops ---------------------------------------------------------------------------


def _if(run: Run, node: ast.If, scope: Scope) -> Outcome:
    # elif is syntax inside syntax: follow the chain, do not recurse
    while True:
        if truth(evaluate(run, node.test, scope)):
            return block(run, node.body, scope)
        if len(node.orelse) != 1 or not isinstance(node.orelse[0], ast.If):
            return block(run, node.orelse, scope)
        node = node.orelse[0]


def _for(run: Run, node: ast.For, scope: Scope) -> Outcome:
    items = items_of_loop(run, node, scope)
    for turn, item in enumerate(items):
        run.recording.charge()
        counter = node.target.id if isinstance(node.target, ast.Name) else "turn"
        number = item if is_number(item) and counter != "turn" else turn
        with run.recording.inside(f"{counter} = {number}"):
            assign_loop(run, node.target, item, scope)
            outcome = block(run, node.body, scope)
        if outcome is Flow.BREAK:
            return None
        if isinstance(outcome, Returned):
            return outcome
    return block(run, node.orelse, scope)


def items_of_loop(run: Run, node: ast.For, scope: Scope) -> Sequence[Any]:
    """Return what a for loop goes over; a list that grows meanwhile is followed as in Python."""
    run.recording.place = node.iter
    return items_in(run, evaluate(run, node.iter, scope))


def _while(run: Run, node: ast.While, scope: Scope) -> Outcome:
    turn = 0
    while truth(evaluate(run, node.test, scope)):
        run.recording.charge()
        with run.recording.inside(f"turn = {turn}"):
            outcome = block(run, node.body, scope)
        turn += 1
        if outcome is Flow.BREAK:
            return None
        if isinstance(outcome, Returned):
            return outcome
    return block(run, node.orelse, scope)


# -- what ends a function or a program ------------------------------------------------------------


def _return(run: Run, node: ast.Return, scope: Scope) -> Returned:
    return Returned(None if node.value is None else evaluate(run, node.value, scope))


def _assert(run: Run, node: ast.Assert, scope: Scope) -> None:
    if not truth(evaluate(run, node.test, scope)):
        said = "" if node.msg is None else f": {shown(run, evaluate(run, node.msg, scope))}"
        raise TypeProblem(
            f"What is asserted does not hold{said[:200]}.", span=run.program.span(node.test)
        )


EXECUTE: dict[type[ast.stmt], Callable[[Run, Any, Scope], Outcome]] = {
    ast.Assign: _assign,
    ast.AnnAssign: _annotated,
    ast.AugAssign: _augmented,
    ast.Expr: _expression,
    ast.If: _if,
    ast.For: _for,
    ast.While: _while,
    ast.Return: _return,
    ast.Assert: _assert,
    **DEFINE,
    ast.Pass: lambda run, node, scope: None,
    ast.Break: lambda run, node, scope: Flow.BREAK,
    ast.Continue: lambda run, node, scope: Flow.CONTINUE,
}

STATEMENTS: dict[type[ast.AST], tuple[str, str | None]] = {
    ast.ClassDef: ("`class`", "Value, Neuron, Layer and MLP are here already"),
    ast.With: ("`with`", "leave the line out, and begin what stands inside where it began"),
    ast.Try: ("`try`", "nothing raises here: a bad number becomes nan or inf"),
    ast.AsyncFunctionDef: ("`async`", "write def"),
    ast.AsyncFor: ("`async`", "write for"),
    ast.AsyncWith: ("`async`", None),
    ast.Raise: ("`raise`", "leave the line out"),
    ast.Match: ("`match`", "write if and elif"),
}


def _refused(run: Run, node: ast.stmt | ast.expr) -> NotAllowed:
    name, hint = STATEMENTS.get(type(node), (refusal(node), None))
    return NotAllowed(f"{name} is not in the language.", span=run.program.span(node), hint=hint)
