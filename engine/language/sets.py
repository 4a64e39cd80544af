"""Set: what differs, each once, as graph walks of lectures keep what they have visited."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from engine.language.run import Run, items_in
from engine.language.variable import Variable


class Set(list[Any]):
    """A list that holds nothing twice, in the order in which it came."""

    noun = "a set"

    def __init__(self, items: Iterable[Any] = ()) -> None:
        super().__init__()
        self._held: set[Any] = set()
        for item in items:
            self.add(item)

    def add(self, item: Any) -> None:
        """Take something in, unless it is there."""
        if not self.has(item):
            self._held.add(_identity(item))
            self.append(item)

    def has(self, item: Any) -> bool:
        """Tell whether something is in it."""
        return _identity(item) in self._held

    def equals(self, other: object) -> bool:
        """Tell whether another set holds the same, in whatever order."""
        return isinstance(other, Set) and self._held == other._held


DEEPEST = 20
"""Tuples within tuples that are compared by what they hold."""


def _identity(item: Any, depth: int = 0) -> Any:
    """Return what tells an element from others.

    Numbers, texts and tuples of them are the same if they are equal, also whole numbers that have
    a name; all else, such as a Value, if it is the same object.
    """
    if isinstance(item, Variable):
        is_count = item.node in item.recording.integers and item.node.operation is None
        return item.recording.read(item) if is_count else item.node
    if isinstance(item, tuple) and depth < DEEPEST:
        return tuple([_identity(part, depth + 1) for part in item])
    return item if isinstance(item, (int, float, str)) else (id(item),)


def made(run: Run, items: Any = ()) -> Set:
    """Return a new set of the elements of a list."""
    elements = items_in(run, items)
    run.recording.charge(len(elements))
    return Set(elements)


def add(run: Run, value: Set, item: Any) -> None:
    """Take an element in."""
    run.recording.charge()
    value.add(item)


METHODS: dict[str, Callable[..., Any]] = {"add": add}
