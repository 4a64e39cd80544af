"""Words: the methods of texts. What they make is charged for before it is made."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from engine.errors import TypeProblem
from engine.language.runtime.run import Run, describe, items_in, whole
from engine.language.values.text import braces, joined, make_room

SURROGATES = range(0xD800, 0xE000)
"""Numbers that are no characters: they stand for halves of one."""


def _text(run: Run, value: Any) -> str:
    """Return a text that a method is given. Raises `TypeProblem` for anything else."""
    if not isinstance(value, str):
        raise TypeProblem(f"A text is needed here, not {describe(value)}.", hint="write str(x)")
    run.recording.charge(len(value) // 8)
    return value


def _looked_at(run: Run, value: str) -> None:
    """Remember that what follows may depend on a text."""
    run.recording.guards.read_text()
    run.recording.charge(1 + len(value) // 8)


def _join(run: Run, value: str, parts: Any) -> str:
    """Return texts as one, with a text between them."""
    letters = items_in(run, parts)
    for part in letters:
        if not isinstance(part, str):
            raise TypeProblem(f"Texts are joined, not {describe(part)}.", hint="write str(x)")
    return joined(run, letters, value)


def _split(run: Run, value: str, between: Any = None) -> list[str]:
    """Return the parts of a text between spaces, or between another text."""
    _looked_at(run, value)
    run.recording.charge(len(value))
    if between is not None and not (isinstance(between, str) and between):
        raise TypeProblem(f"A text is split at a text, not at {describe(between)}.")
    return value.split(between)


def _lines(run: Run, value: str) -> list[str]:
    _looked_at(run, value)
    run.recording.charge(len(value))
    return value.splitlines()


def _rewritten(name: str) -> Callable[[Run, str], str]:
    """Return a method of texts that takes nothing, such as `upper`."""
    return lambda run, value: joined(run, [getattr(str, name)(value)])


def _stripped(name: str) -> Callable[..., str]:
    """Return a method that takes characters off the ends of a text: spaces, if none are named."""

    def method(run: Run, value: str, characters: Any = None) -> str:
        off = None if characters is None else _text(run, characters)
        return joined(run, [getattr(str, name)(value, off)])

    return method


def _widened(name: str) -> Callable[..., str]:
    """Return a method that fills a text up to a width, such as `center`."""

    def method(run: Run, value: str, width: Any, *fill: Any) -> str:
        wide = whole(width, "a width")
        make_room(run, max(wide, len(value)))
        if len(fill) > (name != "zfill") or any(len(_text(run, one)) != 1 for one in fill):
            raise TypeProblem("A text is filled up with one character.")
        return str(getattr(str, name)(value, wide, *fill))

    return method


def _replaced(run: Run, value: str, old: Any, new: Any, count: Any = -1) -> str:
    was, now, times = _text(run, old), _text(run, new), whole(count)
    run.recording.guards.read_text()
    found = value.count(was) if times < 0 else min(times, value.count(was))
    make_room(run, len(value) + found * (len(now) - len(was)))
    return value.replace(was, now, times)


def _told(name: str) -> Callable[..., Any]:
    """Return a method that tells something of a text, such as `isdigit` or `startswith`."""

    def method(run: Run, value: str, *parts: Any) -> Any:
        _looked_at(run, value)
        if len(parts) != (not name.startswith("is")):
            raise TypeProblem(f"`{name}` cannot be called like this.")
        return getattr(str, name)(value, *(_text(run, part) for part in parts))

    return method


METHODS: dict[str, Callable[..., Any]] = {
    "format": lambda run, value, /, *values, **named: braces(run, value, values, named),
    "join": _join,
    "split": _split,
    "splitlines": _lines,
    "replace": _replaced,
    **{name: _rewritten(name) for name in ("lower", "upper", "title", "capitalize")},
    **{name: _stripped(name) for name in ("strip", "lstrip", "rstrip")},
    **{name: _widened(name) for name in ("center", "ljust", "rjust", "zfill")},
    **{name: _told(name) for name in ("startswith", "endswith", "find", "count")},
    **{name: _told(name) for name in ("isdigit", "isalpha", "isupper", "islower", "isspace")},
}


def _number_of(run: Run, character: Any) -> int:
    """Return the number of a character."""
    if len(_text(run, character)) != 1:
        raise TypeProblem("`ord` takes a text of one character.")
    run.recording.guards.read_text()
    return ord(character)


def _character(run: Run, number: Any) -> str:
    """Return the character of a number."""
    place = whole(number, "the number of a character")
    if not 0 <= place < 0x110000 or place in SURROGATES:
        raise TypeProblem(f"No character has the number {place}.")
    run.recording.guards.wrote = True
    return chr(place)


FUNCTIONS: dict[str, Callable[..., Any]] = {"ord": _number_of, "chr": _character}
