"""Comparisons and conditions: a Value is asked for its data."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Sequence
from typing import Any

from engine.errors import TypeProblem
from engine.language.runtime.run import Run, describe, is_number, plain
from engine.language.runtime.variable import Variable
from engine.language.values.array import Array, elementwise
from engine.language.values.dictionary import key_of
from engine.language.values.generator import Generator
from engine.language.values.sets import Set, between

COMPARISONS: dict[type[ast.cmpop], Callable[[Any, Any], bool]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}

SIGNS: dict[type[ast.cmpop], str] = {
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
}

EQUALITY = (ast.Eq, ast.NotEq)


def holds(run: Run, sign: ast.cmpop, left: Any, right: Any) -> bool:
    """Tell whether one comparison holds. Raises `TypeProblem` for what cannot be compared."""
    if isinstance(sign, (ast.Is, ast.IsNot)):
        return (left is right) == isinstance(sign, ast.Is)
    if isinstance(sign, (ast.In, ast.NotIn)):
        return _is_in(run, left, right) == isinstance(sign, ast.In)
    if Set in (type(left), type(right)):
        return bool(between(run, type(sign), left, right))
    x, y = (v.node.data if type(v) is Variable else v for v in (left, right))
    if isinstance(x, str) or isinstance(y, str):
        run.recording.guards.read_text()
    comparable = (is_number(x) and is_number(y)) or (isinstance(x, str) and isinstance(y, str))
    if type(sign) in EQUALITY:
        equal = _equal(run, x, y)
        if equal is not None:
            return equal == isinstance(sign, ast.Eq)
    if not comparable:
        if isinstance(sign, (ast.Eq, ast.NotEq)) and not isinstance(x, (list, tuple)):
            return (x is y) == isinstance(sign, ast.Eq)
        raise TypeProblem(
            f"Numbers are compared with numbers: here {describe(left)} meets {describe(right)}."
        )
    outcome = COMPARISONS[type(sign)](x, y)
    if type(left) is Variable or type(right) is Variable:
        run.recording.compare(SIGNS[type(sign)], left, right, outcome)
    return outcome


def _is_in(run: Run, left: Any, right: Any) -> bool:
    """Tell whether something is in a list, a set, a dictionary or a text."""
    if isinstance(right, dict):
        return key_of(run, left) in right
    if isinstance(left, str) and isinstance(right, str):
        run.recording.guards.read_text()
        run.recording.charge(1 + len(right) // 8)
        return left in right
    if isinstance(right, Generator):  # what comes after it can still be taken
        return any(_same(run, left, item) for item in right)
    if not isinstance(right, (list, tuple)):
        raise TypeProblem(f"`in` looks into a list, not into {describe(right)}.")
    if isinstance(right, Set):
        return right.has(left)
    run.recording.charge(len(right))
    return any(_same(run, left, item) for item in right)


def _equal(run: Run, x: Any, y: Any) -> bool | None:
    """Tell whether two lists or dictionaries hold the same; None of anything else."""
    if isinstance(x, (list, tuple)) and isinstance(y, (list, tuple)):
        run.recording.charge(len(x) + 1)
        pairs = zip(x, y, strict=False)
        return len(x) == len(y) and all(holds(run, ast.Eq(), a, b) for a, b in pairs)
    if isinstance(x, dict) and isinstance(y, dict):
        run.recording.charge(len(x) + 1)
        return x.keys() == y.keys() and all(holds(run, ast.Eq(), x[key], y[key]) for key in x)
    return None


def compared(run: Run, sign: ast.cmpop, left: Any, right: Any) -> Any:
    """Return whether a comparison holds: for each element, where one of the two is an array."""
    if Array in (type(left), type(right)) and type(sign) in COMPARISONS:
        return elementwise(run, lambda x, y: compared(run, sign, x, y), left, right)
    return holds(run, sign, left, right)


def in_order(run: Run, keys: Sequence[Any], *, reverse: bool = False) -> list[int]:
    """Return the places of some keys from the smallest to the largest."""
    ranks = [_rank(run, key) for key in keys]
    try:
        return sorted(range(len(ranks)), key=ranks.__getitem__, reverse=reverse)
    except TypeError:
        raise TypeProblem("Numbers are ordered among numbers, texts among texts.") from None


def _rank(run: Run, key: Any) -> Any:
    """Return what Python orders as the language does: texts by letters, lists by elements."""
    run.recording.charge()
    if isinstance(key, str):
        run.recording.guards.read_text()
        run.recording.charge(len(key) // 8)
        return key
    return [_rank(run, one) for one in key] if isinstance(key, (list, tuple)) else plain(key)


def _same(run: Run, left: Any, item: Any) -> bool:
    """Tell whether a list's element is what is looked for: Values are told apart as objects."""
    if type(left) is Variable and type(item) is Variable:
        are_plain = run.recording.plain.issuperset((left.node, item.node))
        return left.node is item.node or (are_plain and holds(run, ast.Eq(), left, item))
    return holds(run, ast.Eq(), left, item)


def truth(value: Any) -> bool:
    """Return whether a condition holds; a Value is asked for its data."""
    if type(value) is Array and len(value) > 1:
        raise TypeProblem(
            f"An array of {len(value)} is no condition: it may hold for some of them only.",
            hint="use all(...) or any(...)",
        )
    if type(value) is Array and value:
        return truth(value[0])
    if type(value) is not Variable:
        return bool(value)
    holds: bool = value.node.data != 0.0
    value.recording.compare("!=", value, 0.0, holds)
    return holds
