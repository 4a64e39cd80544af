"""Text: how `print` and f-strings write numbers and lists. Nothing here can grow without bound."""

from __future__ import annotations

import re
from typing import Any

from engine.errors import NotAllowed, TypeProblem
from engine.language.recording import Variable
from engine.language.run import Run, describe, is_number

SPEC = re.compile(r"(?:[^{}]?[<>=^])?[+\- ]?0?\d{0,2}[,_]?(?:\.\d{1,2})?[bdeEfFgGns%]?")


def shown(run: Run, value: Any) -> str:
    """Return a value as `print` shows it."""
    return value if isinstance(value, str) else _represented(run, value)


def _represented(run: Run, value: Any) -> str:
    run.recording.charge()
    if isinstance(value, Variable):
        return repr(value.node.data)
    if value is None or is_number(value):
        return repr(value)
    if isinstance(value, str):
        return repr(value)
    if isinstance(value, (list, tuple)):
        items = ", ".join([_represented(run, item) for item in value])
        if isinstance(value, list):
            return f"[{items}]"
        return f"({items},)" if len(value) == 1 else f"({items})"
    name = getattr(value, "name", None)
    return f"<{name}>" if name else str(value)


def formatted(run: Run, value: Any, spec: str) -> str:
    """Return a value in a format such as `.4f`. Raises `NotAllowed` for wide or odd formats."""
    if not SPEC.fullmatch(spec):
        raise NotAllowed(
            f"The format `{spec[:20]}` is not in the language.", hint="write for example .4f"
        )
    number = value.node.data if isinstance(value, Variable) else value
    if spec[-1] in "bdn" and isinstance(number, float) and number == number // 1:
        number = int(number)
    if not (is_number(number) or isinstance(number, str)):
        raise TypeProblem(f"A format writes a number or a text, not {describe(value)}.")
    try:
        return format(number, spec)
    except (ValueError, OverflowError):
        raise TypeProblem(f"The format `{spec}` does not fit {describe(value)}.") from None
