"""Set: what differs, each once, as graph walks of lectures keep what they have visited."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from engine.errors import TypeProblem
from engine.language.runtime.run import Run, describe, items_in
from engine.language.runtime.variable import Variable


class Set(list[Any]):
    """A list that holds nothing twice.

    Numbers stand in the order in which Python's sets have them; with others among them, all stand
    in the order in which they came: where Python puts a text is another place in every run.
    """

    noun = "a set"

    def __init__(self, items: Iterable[Any] = ()) -> None:
        super().__init__()
        self.keys: set[Any] = set()
        for item in items:
            self.add(item)

    def add(self, item: Any) -> None:
        """Take something in, unless it is there."""
        if not self.has(item):
            self.keys.add(_identity(item))
            self.append(item)

    def discard(self, item: Any) -> None:
        """Let go of something, if it is there."""
        self.keys.discard(_identity(item))
        self[:] = [one for one in list.__iter__(self) if self.has(one)]

    def become(self, other: Set) -> None:
        """Hold what another one holds: `|=` and its like change the set itself."""
        self.keys = set(other.keys)
        self[:] = list.__iter__(other)

    def has(self, item: Any) -> bool:
        """Tell whether something is in it."""
        return _identity(item) in self.keys

    def __iter__(self) -> Iterator[Any]:
        """Go over what it holds."""
        known = {_identity(item): item for item in list.__iter__(self)}
        is_of_numbers = all(isinstance(key, (int, float)) for key in known)
        return iter([known[key] for key in self.keys] if is_of_numbers else [*known.values()])


DEEPEST = 20
"""Tuples within tuples that are compared by what they hold."""


def _identity(item: Any, depth: int = 0) -> Any:
    """Return what tells an element from others.

    Numbers, texts and tuples of them are the same if they are equal, also numbers that became
    inputs by their names; all else, such as a Value, if it is the same object.
    """
    if isinstance(item, Variable):
        is_plain = item.node in item.recording.plain
        return item.recording.read(item) if is_plain else item.node
    if isinstance(item, tuple) and depth < DEEPEST:
        return tuple([_identity(part, depth + 1) for part in item])
    return item if isinstance(item, (int, float, str)) else (id(item),)


def made(run: Run, items: Any = ()) -> Set:
    """Return a new set of the elements of a list."""
    elements = items_in(run, items)
    run.recording.charge(len(elements))
    return Set(elements)


# -- several --------------------------------------------------------------------------------------

BETWEEN: dict[type[ast.AST], Callable[[Any, Any], Any]] = {
    ast.BitOr: operator.or_,
    ast.BitAnd: operator.and_,
    ast.Sub: operator.sub,
    ast.Pow: operator.xor,  # ^ is read as a power
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
}
"""What signs do between two sets, and how they compare."""


def between(run: Run, sign: type[ast.AST], left: Any, right: Any) -> Any:
    """Return what a sign makes of two sets: a set, or whether a comparison holds."""
    rule = BETWEEN.get(sign)
    if rule is None:
        raise TypeProblem("The operator works on numbers, not on a set.")
    if not (isinstance(left, Set) and isinstance(right, Set)):
        if sign in (ast.Eq, ast.NotEq):
            return sign is ast.NotEq
        other = right if isinstance(left, Set) else left
        raise TypeProblem(f"A set goes together with another set, not with {describe(other)}.")
    run.recording.charge(len(left) + len(right))
    outcome = rule(left.keys, right.keys)
    if isinstance(outcome, bool):
        return outcome
    found = Set(item for item in (*left, *right) if _identity(item) in outcome)
    found.keys = outcome
    return found


def _with_others(sign: type[ast.AST]) -> Callable[..., Any]:
    return lambda run, value, others: between(run, sign, value, made(run, others))


def _update(run: Run, value: Set, *others: Any) -> None:
    for items in others:
        for item in made(run, items):
            value.add(item)


# -- one element ----------------------------------------------------------------------------------


def _add(run: Run, value: Set, item: Any) -> None:
    run.recording.charge()
    value.add(item)


def _discard(run: Run, value: Set, item: Any) -> None:
    run.recording.charge(len(value))
    value.discard(item)


def _remove(run: Run, value: Set, item: Any) -> None:
    if not value.has(item):
        raise TypeProblem("The set does not hold this.")
    _discard(run, value, item)


def _pop(run: Run, value: Set) -> Any:
    if not value:
        raise TypeProblem("The set does not hold anything.")
    run.recording.charge(len(value))
    item = next(iter(value))
    value.discard(item)
    return item


def _clear(run: Run, value: Set) -> None:
    value.keys.clear()
    value.clear()


METHODS: dict[str, Callable[..., Any]] = {
    "add": _add,
    "discard": _discard,
    "remove": _remove,
    "pop": _pop,
    "clear": _clear,
    "copy": made,
    "update": _update,
    "union": _with_others(ast.BitOr),
    "intersection": _with_others(ast.BitAnd),
    "difference": _with_others(ast.Sub),
    "symmetric_difference": _with_others(ast.Pow),
    "issubset": _with_others(ast.LtE),
    "issuperset": _with_others(ast.GtE),
}
