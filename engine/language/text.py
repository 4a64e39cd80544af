"""Text: how `print` and f-strings write numbers and lists. Nothing here can grow without bound."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from engine.errors import LimitExceeded, NotAllowed, TypeProblem
from engine.language.recording import Variable
from engine.language.run import Run, describe, is_number

SPEC = re.compile(r"(?:[^{}]?[<>=^])?[+\- ]?0?\d{0,2}[,_]?(?:\.\d{1,2})?[bdeEfFgGns%]?")


def shown(run: Run, value: Any) -> str:
    """Return a value as `print` shows it."""
    if not isinstance(value, str):
        return represented(run, value)
    run.recording.charge(len(value) // 8)
    return value


def represented(run: Run, value: Any) -> str:
    """Return a value as Python's `repr` would. Raises `LimitExceeded` past `console`."""
    run.recording.charge()
    if isinstance(value, Variable):
        run.recording.wrote = True
        number = value.node.data
        is_int = value.node in run.recording.integers and number == number // 1
        return repr(int(number)) if is_int else repr(number)
    if value is None or is_number(value):
        run.recording.wrote = True
        return repr(value)
    if isinstance(value, str):
        run.recording.charge(len(value) // 8)
        return repr(value)
    if isinstance(value, (list, tuple)):
        items = ", ".join(_items(run, value))
        if isinstance(value, list):
            return f"[{items}]"
        return f"({items},)" if len(value) == 1 else f"({items})"
    name = getattr(value, "name", None)
    return f"<{name}>" if name else str(value)


def _items(run: Run, values: list[Any] | tuple[Any, ...]) -> Iterator[str]:
    length, limit = 0, run.recording.limits.console
    for value in values:
        text = represented(run, value)
        length += len(text)
        if length > limit:
            raise LimitExceeded(f"A text of more than {limit} characters, the limit `console`.")
        yield text


def formatted(run: Run, value: Any, spec: str) -> str:
    """Return a value in a format such as `.4f`. Raises `NotAllowed` for wide or odd formats."""
    if not SPEC.fullmatch(spec):
        raise NotAllowed(
            f"The format `{spec[:20]}` is not in the language.", hint="write for example .4f"
        )
    run.recording.wrote = True  # also a plain number may have been read off a Value
    number = value.node.data if isinstance(value, Variable) else value
    if spec[-1] in "bdn" and isinstance(number, float) and number == number // 1:
        number = int(number)
    if not (is_number(number) or isinstance(number, str)):
        raise TypeProblem(f"A format writes a number or a text, not {describe(value)}.")
    try:
        return format(number, spec)
    except (ValueError, OverflowError):
        raise TypeProblem(f"The format `{spec}` does not fit {describe(value)}.") from None
