"""Dictionary: entries found by a text or a number, as notes keep their parameters."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from engine.errors import TypeProblem
from engine.language.hints.names import nearest
from engine.language.runtime.run import MISSING, Run, describe, is_number
from engine.language.runtime.variable import Variable
from engine.language.values.functions import apply


class Defaulting(dict[Any, Any]):
    """A dictionary that makes the entries that are asked for and not there."""

    def __init__(self, make: Any, entries: dict[Any, Any]) -> None:
        super().__init__(entries)
        self.make = make


class Counter(dict[Any, Any]):
    """A dictionary of how often there is what; what is not in it is there 0 times."""


def key_of(run: Run, key: Any) -> Any:
    """Return what an entry is kept under: a text, a plain number, a tuple of these."""
    if isinstance(key, str):
        run.recording.guards.read_text()
        run.recording.charge(len(key) // 8)
        return key
    if isinstance(key, Variable):
        number = run.recording.read(key)
        return int(number) if key.node in run.recording.integers else number
    if isinstance(key, tuple):
        run.recording.charge(len(key))
        return tuple([key_of(run, part) for part in key])
    if not is_number(key):
        raise TypeProblem(
            f"An entry of a dictionary is found by a text or a number, not by {describe(key)}."
        )
    return key


def entry(run: Run, entries: dict[Any, Any], key: Any, otherwise: Any = MISSING) -> Any:
    """Return an entry. Raises `TypeProblem` where there is none and nothing stands for it."""
    found = entries.get(key_of(run, key), otherwise)
    if found is not MISSING:
        return found
    if isinstance(entries, Defaulting) and entries.make is not None:
        put(run, entries, key, apply(run, entries.make))
        return entry(run, entries, key, None)
    if isinstance(entries, Counter):
        return 0
    raise _missing(run, entries, key)


def _missing(run: Run, entries: dict[Any, Any], key: Any) -> TypeProblem:
    """Return the refusal of a key that a dictionary has no entry for."""
    texts = [name for name in entries if isinstance(name, str)]
    near = nearest(key, texts) if isinstance(key, str) else None
    shown = ", ".join(repr(name)[:20] for name in list(entries)[:4]) or "none"
    return TypeProblem(
        f"The dictionary has no entry {repr(key_of(run, key))[:40]}.",
        hint=near or f"its entries: {shown}",
    )


def put(run: Run, entries: dict[Any, Any], key: Any, value: Any) -> None:
    """Keep a value under a key."""
    run.recording.charge()
    entries[key_of(run, key)] = value


def update(run: Run, entries: dict[Any, Any], others: Any, *, named: bool = False) -> None:
    """Keep all that another dictionary holds; `named`: its keys have to be names."""
    if not isinstance(others, dict):
        raise TypeProblem(f"A dictionary is needed here, not {describe(others)}.")
    run.recording.charge(len(others))
    if named and not all(isinstance(key, str) for key in others):
        raise TypeProblem("What is given by `**` has names: its keys are texts.")
    entries.update(others)


def made(run: Run, others: Any = None, /, **entries: Any) -> dict[Any, Any]:
    """Return a new dictionary: of another, of pairs, of names."""
    new: dict[Any, Any] = {}
    if isinstance(others, (list, tuple)):
        for pair in others:
            if not isinstance(pair, (list, tuple)) or len(pair) != 2:
                raise TypeProblem("A dictionary is made of pairs: a key and a value.")
            put(run, new, *pair)
    elif others is not None:
        update(run, new, others)
    update(run, new, entries)
    return new


def copied(run: Run, entries: dict[Any, Any]) -> dict[Any, Any]:
    """Return a dictionary of its own, of the same kind, that holds the same."""
    run.recording.charge(len(entries))
    return alike(entries, entries)


def alike(entries: dict[Any, Any], contents: dict[Any, Any]) -> dict[Any, Any]:
    """Return a new dictionary of the same kind as another."""
    if isinstance(entries, Defaulting):
        return Defaulting(entries.make, contents)
    return type(entries)(contents)


def preset(run: Run, entries: dict[Any, Any], key: Any, otherwise: Any = None) -> Any:
    """Return an entry; where there is none, one is made of what stands for it."""
    if key_of(run, key) not in entries:
        put(run, entries, key, otherwise)
    return entry(run, entries, key)


def taken(run: Run, entries: dict[Any, Any], key: Any, otherwise: Any = MISSING) -> Any:
    """Return an entry and let go of it."""
    value = entries.pop(key_of(run, key), otherwise)
    if value is MISSING:
        raise _missing(run, entries, key)
    return value


def pairs(run: Run, entries: dict[Any, Any]) -> list[tuple[Any, Any]]:
    """Return keys with their values, in the order in which they came."""
    run.recording.charge(len(entries))
    return list(entries.items())


def keys(run: Run, entries: dict[Any, Any]) -> list[Any]:
    """Return the keys."""
    return [key for key, _ in pairs(run, entries)]


def values(run: Run, entries: dict[Any, Any]) -> list[Any]:
    """Return the values."""
    return [value for _, value in pairs(run, entries)]


METHODS: dict[str, Callable[..., Any]] = {
    "keys": keys,
    "values": values,
    "items": pairs,
    "get": lambda run, entries, key, otherwise=None: entry(run, entries, key, otherwise),
    "update": update,
    "setdefault": preset,
    "pop": taken,
    "copy": copied,
}
