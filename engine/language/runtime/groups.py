"""Groups: what the nodes of a graph are made within, and how far a loop among that came."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(slots=True, eq=False)
class Group:
    """The nodes made inside one call of a function, neuron or layer, or one turn of a loop."""

    name: str
    parent: Group | None
    line: int | None = None
    """Where the `while` stands whose turn this is: such a loop may never end."""
    yields: bool = False
    """Whether it is a call of a function that yields."""


def around(group: Group | None) -> Iterator[Group]:
    """Yield a group and those that it is in, the innermost first."""
    while group is not None:
        yield group
        group = group.parent


def reached(innermost: Group | None) -> str:
    """Return how far a loop came: one that may never end, else the outermost."""
    turn = ""
    for group in around(innermost):
        if group.line is not None:
            count = group.name.removeprefix("turn = ")
            return f": it came to turn {count} of the loop in line {group.line}"
        turn = group.name if " = " in group.name else turn
    return f": it came as far as {turn}" if turn else ""


def endless(innermost: Group | None) -> str | None:
    """Return the way out of a loop that may never end, if it is within one."""
    is_within = False
    for group in around(innermost):
        is_within = is_within or group.line is not None
        if is_within and group.yields:
            return (
                "A function yields without end, and all of it is asked for: "
                "take a part of it, as in zip(range(n), f())."
            )
    if not is_within:
        return None
    return "Does this loop never end? Change what its condition looks at, or end it by break."
