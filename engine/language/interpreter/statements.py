"""Statements: one small function for each kind of syntax that does something."""

from __future__ import annotations

import ast
from collections.abc import Callable, Generator, Iterable, Sequence
from contextlib import AbstractContextManager, closing, nullcontext
from enum import Enum
from typing import Any

from engine.errors import NotAllowed, TypeProblem, UnknownName
from engine.language.interpreter.assignments import ASSIGN, remember
from engine.language.interpreter.definitions import DEFINE
from engine.language.interpreter.displays import assign_loop
from engine.language.interpreter.expressions import evaluate, refusal
from engine.language.runtime.run import Run, Scope, each, is_number
from engine.language.values.comparisons import truth
from engine.language.values.functions import Untracked
from engine.language.values.text import shown


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
    recording, budget = run.recording, run.recording.budget
    for node in body:
        recording.place = node
        budget.work += 1
        if budget.work > budget.checkpoint:
            budget.check(recording.group)
        rule = EXECUTE.get(type(node))
        if rule is None:
            raise _refused(run, node)
        outcome = rule(run, node, scope)
        if outcome is not None:
            return outcome
    return None


def _expression(run: Run, node: ast.Expr, scope: Scope) -> None:
    if isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
        return  # a docstring
    # A notebook's last line, such as a.grad: the output is what the gradients are of.
    shown = isinstance(node.value, ast.Attribute) and run.recording.backwards
    with run.recording.guards.looking() if shown else nullcontext():
        value = evaluate(run, node.value, scope)
    remember(run, scope, value)


# -- branches and loops ---------------------------------------------------------------------------


def _if(run: Run, node: ast.If, scope: Scope) -> Outcome:
    return block(run, branch(run, node, scope), scope)


def branch(run: Run, node: ast.If, scope: Scope) -> Sequence[ast.stmt]:
    """Return the statements that are to be run."""
    # elif is syntax inside syntax: follow the chain, do not recurse
    while True:
        if truth(evaluate(run, node.test, scope)):
            return node.body
        if len(node.orelse) != 1 or not isinstance(node.orelse[0], ast.If):
            return node.orelse
        node = node.orelse[0]


def _loop(run: Run, node: ast.For | ast.While, scope: Scope) -> Outcome:
    with closing(TURNS[type(node)](run, node, scope)) as turns:
        for _ in turns:
            outcome = block(run, node.body, scope)
            if outcome is Flow.BREAK:
                return None
            if isinstance(outcome, Returned):
                return outcome
    return block(run, node.orelse, scope)


def _turns_of_for(run: Run, node: ast.For, scope: Scope) -> Turns:
    """Begin one turn after the other; a list that grows meanwhile is followed as in Python."""
    run.recording.place = node.iter
    for turn, item in enumerate(each(run, evaluate(run, node.iter, scope))):
        run.recording.charge()
        counter = node.target.id if isinstance(node.target, ast.Name) else "turn"
        number = item if is_number(item) and counter != "turn" else turn
        with run.recording.inside(f"{counter} = {number}"):
            assign_loop(run, node.target, item, scope)
            yield


def _turns_of_while(run: Run, node: ast.While, scope: Scope) -> Turns:
    turn, line = 0, node.lineno + run.program.before
    while truth(evaluate(run, node.test, scope)):
        with run.recording.inside(f"turn = {turn}", line):
            run.recording.charge()
            yield
        turn += 1


Turns = Generator[None, None, None]
"""Each turn of a loop stops where its body is to be run."""

TURNS: dict[type[ast.stmt], Callable[[Run, Any, Scope], Turns]] = {
    ast.For: _turns_of_for,
    ast.While: _turns_of_while,
}


def _with(run: Run, node: ast.With, scope: Scope) -> Outcome:
    with untracked(run, node, scope):
        return block(run, node.body, scope)


def untracked(run: Run, node: ast.With, scope: Scope) -> AbstractContextManager[None]:
    """Return what `torch.no_grad()` does to a block; no other `with` is in the language."""
    if not all(_is_untracked(run, item.context_expr, scope) for item in node.items):
        raise _refused(run, node)
    return run.recording.tracking.stopped()


def _is_untracked(run: Run, node: ast.expr, scope: Scope) -> bool:
    try:
        return isinstance(evaluate(run, node, scope), Untracked)
    except (NotAllowed, UnknownName):  # of open(…), too, it is the `with` that is refused
        return False


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
    **ASSIGN,
    ast.Expr: _expression,
    ast.If: _if,
    ast.For: _loop,
    ast.While: _loop,
    ast.With: _with,
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
