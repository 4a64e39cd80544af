"""Slips: what a text that Python cannot read was meant to be.

They are looked for only once a text did not parse: the line in which Python stopped, its texts and
comments blanked out, is compared with each row of `habits`. What no row knows keeps Python's own
complaint.
"""

from __future__ import annotations

import re
from functools import cache

from engine.errors import SyntaxProblem
from engine.language.habits import SLIPS, Slip
from engine.language.spelling import TOKEN

LONGEST = 300
"""Characters of a line in which a slip is looked for."""
SHOWN = 30
"""Characters of what was typed that a sentence repeats."""


def slip(source: str, stopped: int) -> SyntaxProblem | None:
    """Return what was meant where Python stopped, in that line or the one before it, if known."""
    text = _blanked(source)
    first = text.rfind("\n", 0, stopped) + 1
    end = text.find("\n", first) if "\n" in text[first:] else len(text)
    before = text.rfind("\n", 0, max(first - 1, 0)) + 1
    for start, stop in ((first, end), (before, max(first - 1, 0))):
        if stop - start > LONGEST:
            continue
        for row in SLIPS:
            found = _compiled(row.pattern).search(text, start, stop)
            if found and (not row.here or found.start("at") == stopped):
                return _said(row, found, source)
    return None


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.MULTILINE)


def _said(row: Slip, found: re.Match[str], source: str) -> SyntaxProblem:
    """Return the sentence and the way out of a row, with what was typed in it."""

    def typed(gap: re.Match[str]) -> str:
        text = source[slice(*found.span(gap[1]))].strip() if found[gap[1]] else ""
        return text if len(text) <= SHOWN else f"{text[: SHOWN - 1]}…"

    message, hint = (re.sub(r"<(\w+)>", typed, text) for text in (row.message, row.hint))
    return SyntaxProblem(message, span=found.span("at"), hint=hint)


def _blanked(source: str) -> str:
    """Return a source with nothing in its texts and comments, every character in its place."""
    parts = []
    for token in TOKEN.finditer(source):
        length = len(token.group())
        if token.lastgroup == "string":
            parts.append(f'"{"_" * (length - 2)}"')
        elif token.lastgroup in ("comment", "magic", "prompt"):
            parts.append(" " * length)
        else:
            parts.append(token.group().replace("\r", "\n"))
    return "".join(parts)
