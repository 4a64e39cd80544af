"""Yielding: the statements of a function that yields, run as far as its next value."""

from __future__ import annotations

import ast
from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from functools import lru_cache
from typing import Any

from engine.language.interpreter.expressions import evaluate
from engine.language.interpreter.statements import (
    TURNS,
    Flow,
    Outcome,
    Returned,
    block,
    branch,
    untracked,
)
from engine.language.program import outside
from engine.language.runtime.run import Run, Scope, each

Steps = Generator[Any, None, Outcome]
"""Statements that stop at each value, and tell in the end why they ended."""


def produce(run: Run, body: Sequence[ast.stmt], scope: Scope) -> Steps:
    """Yield what the body of a function yields."""
    for node in body:
        rule = YIELD.get(type(node)) if _yields(node) else None
        if rule is None:
            outcome = block(run, [node], scope)
        else:
            run.recording.place = node
            run.recording.charge()
            outcome = yield from rule(run, node, scope)
        if outcome is not None:
            return outcome
    return None


@lru_cache(1024)
def _yields(node: ast.stmt) -> bool:
    return any(isinstance(part, (ast.Yield, ast.YieldFrom)) for part in outside([node]))


def _expression(run: Run, node: ast.Expr, scope: Scope) -> Steps:
    asked = node.value
    if isinstance(asked, ast.YieldFrom):
        yield from each(run, evaluate(run, asked.value, scope))
    elif isinstance(asked, ast.Yield):
        yield None if asked.value is None else evaluate(run, asked.value, scope)
    else:
        evaluate(run, asked, scope)
    return None


def _if(run: Run, node: ast.If, scope: Scope) -> Steps:
    return (yield from produce(run, branch(run, node, scope), scope))


def _loop(run: Run, node: ast.For | ast.While, scope: Scope) -> Steps:
    with closing(TURNS[type(node)](run, node, scope)) as turns:
        for _ in turns:
            outcome = yield from produce(run, node.body, scope)
            if outcome is Flow.BREAK:
                return None
            if isinstance(outcome, Returned):
                return outcome
    return (yield from produce(run, node.orelse, scope))


def _with(run: Run, node: ast.With, scope: Scope) -> Steps:
    with untracked(run, node, scope):
        return (yield from produce(run, node.body, scope))


YIELD: dict[type[ast.stmt], Callable[[Run, Any, Scope], Steps]] = {
    ast.Expr: _expression,
    ast.If: _if,
    ast.For: _loop,
    ast.While: _loop,
    ast.With: _with,
}
