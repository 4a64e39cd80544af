"""Text: how `print` and f-strings write numbers and lists. Nothing here can grow without bound."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from string import Formatter
from typing import Any

from engine.errors import LimitExceeded, NotAllowed, TypeProblem
from engine.language.runtime.run import Run, describe, is_number
from engine.language.runtime.variable import Variable
from engine.language.values.sets import Set

SPEC = re.compile(r"(?:[^{}]?[<>=^])?[+\- ]?0?\d{0,2}[,_]?(?:\.\d{1,2})?[bdeEfFgGns%]?")

DIRECTIVE = re.compile(r"%([-+ 0#]*)(\d{0,2})(\.\d{0,2})?([diouxXeEfFgGsr%])")
"""What `%` on text fills in: `%d`, `%.2f`, `%-8s`."""


def make_room(run: Run, length: int) -> None:
    """Charge for a text that a program makes. Raises `LimitExceeded` past `source`."""
    limit = run.recording.limits.source
    if length > limit:
        raise LimitExceeded(f"A text of {length} characters; the limit `source` is {limit}.")
    run.recording.charge(1 + length // 8)


def joined(run: Run, parts: Sequence[str], between: str = "") -> str:
    """Return texts as one. Raises `LimitExceeded` if it would be too long."""
    make_room(run, sum(map(len, parts)) + len(between) * max(len(parts) - 1, 0))
    return between.join(parts)


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
        run.recording.guards.wrote = True
        return repr(_number(run, value))
    if value is None or is_number(value):
        run.recording.guards.wrote = True
        return repr(value)
    if isinstance(value, str):
        run.recording.charge(len(value) // 8)
        return repr(value)
    if isinstance(value, (list, tuple)):
        items = ", ".join(_items(run, value))
        if isinstance(value, Set):
            return f"{{{items}}}" if items else "set()"
        if isinstance(value, list):
            return f"[{items}]"
        return f"({items},)" if len(value) == 1 else f"({items})"
    if isinstance(value, dict):
        return f"{{{', '.join(_entries(run, value))}}}"
    name = getattr(value, "name", None)
    return f"<{name}>" if name else str(value)


def _items(run: Run, values: list[Any] | tuple[Any, ...]) -> Iterator[str]:
    return _limited(run, (represented(run, value) for value in values))


def _entries(run: Run, entries: dict[Any, Any]) -> Iterator[str]:
    pairs = ((represented(run, key), represented(run, one)) for key, one in entries.items())
    return _limited(run, (f"{key}: {one}" for key, one in pairs))


def _limited(run: Run, texts: Iterator[str]) -> Iterator[str]:
    length, limit = 0, run.recording.limits.console
    for text in texts:
        length += len(text)
        if length > limit:
            raise LimitExceeded(f"A text of more than {limit} characters, the limit `console`.")
        yield text


def _number(run: Run, value: Any) -> Any:
    """Return a Variable's number, whole if it was written so; anything else as it is."""
    if not isinstance(value, Variable):
        return value
    number = value.node.data
    is_int = value.node in run.recording.integers and number == number // 1
    return int(number) if is_int else number


def formatted(run: Run, value: Any, spec: str) -> str:
    """Return a value in a format such as `.4f`. Raises `NotAllowed` for wide or odd formats."""
    if not SPEC.fullmatch(spec):
        raise NotAllowed(
            f"The format `{spec[:20]}` is not in the language.", hint="write for example .4f"
        )
    run.recording.guards.wrote = True  # also a plain number may have been read off a Value
    number = _number(run, value)
    if spec[-1] in "bdn" and isinstance(number, float) and number == number // 1:
        number = int(number)
    if not (is_number(number) or isinstance(number, str)):
        raise TypeProblem(f"A format writes a number or a text, not {describe(value)}.")
    if isinstance(number, str):
        run.recording.charge(len(number) // 8)
    try:
        return format(number, spec)
    except (ValueError, OverflowError):
        raise TypeProblem(f"The format `{spec}` does not fit {describe(value)}.") from None


def percent(run: Run, template: str, value: Any) -> str:
    """Return a text with numbers put in by `%`, as in `"loss %.2f" % loss`."""
    odd = DIRECTIVE.sub("", template).partition("%")
    if odd[1]:
        raise NotAllowed(
            f"The format `%{odd[2][:8]}` is not in the language.",
            hint="write for example %.4f, and %% for the sign itself",
        )
    values = list(value) if isinstance(value, tuple) else [value]
    directives = list(DIRECTIVE.finditer(template))
    places = sum(match[4] != "%" for match in directives)
    if places != len(values):
        raise TypeProblem(f"Places for values in the text: {places}; values given: {len(values)}.")
    parts, end = [], 0
    for match in directives:
        parts.append(template[end : match.start()])
        parts.append("%" if match[4] == "%" else _placed(run, values.pop(0), match))
        end = match.end()
    return joined(run, [*parts, template[end:]])


def _placed(run: Run, value: Any, directive: re.Match[str]) -> str:
    """Return one value as a directive such as `%.2f` has it written."""
    flags, width, digits, kind = directive.groups(default="")
    content = _number(run, value)
    if kind in "sr":
        content, kind = (shown if kind == "s" else represented)(run, value), "s"
    elif not is_number(content):
        raise TypeProblem(f"`{directive[0]}` writes a number, not {describe(value)}.")
    run.recording.guards.wrote = True
    try:
        written: str = f"%{flags}{width}{digits}{kind}" % content
    except (TypeError, ValueError, OverflowError):
        raise TypeProblem(f"The format `{directive[0]}` does not fit {describe(value)}.") from None
    return written


def braces(run: Run, template: str, values: Sequence[Any], named: Mapping[str, Any]) -> str:
    """Return a text with values put in by `format`, as in `"loss {:.2f}".format(loss)`."""
    parts, count = [], 0
    try:
        pieces = list(Formatter().parse(template))
    except ValueError:
        raise TypeProblem(
            f"A curly bracket in the text has no partner: {template[:20]!r}.",
            hint="write {} or {:.4f} where a value goes",
        ) from None
    for text, field, spec, conversion in pieces:
        parts.append(text)
        if field is None:
            continue
        key: Any = int(field) if field.isdecimal() and len(field) < 4 else field or count
        count += not field
        if key not in (named if isinstance(key, str) else range(len(values))):
            raise TypeProblem(f"There is no value for {{{field[:20]}}} in the text.")
        value = named[key] if isinstance(key, str) else values[key]
        if conversion:
            value = (shown if conversion == "s" else represented)(run, value)
        parts.append(formatted(run, value, spec) if spec else shown(run, value))
    return joined(run, parts)
