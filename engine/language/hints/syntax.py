"""Syntax: what is wrong with a text that Python cannot read.

It is asked only once a text did not parse. The line in which Python stopped, its texts and comments
blanked out, is compared with each row of `habits`: it may be a slip. What no row knows keeps
Python's own complaint, made ours.
"""

from __future__ import annotations

import keyword
import re
from functools import cache

from engine.errors import SyntaxProblem
from engine.language.hints.habits import FUNCTIONS, SLIPS, Slip
from engine.language.spelling import TOKEN

LONGEST = 300
"""Characters of a line in which a slip is looked for."""
SHOWN = 30
"""Characters of what was typed that a sentence repeats."""

HINTS = (
    (r"Maybe you meant '==' or ':='|Maybe you meant '=='", "write == to compare"),
    (r"was never closed", "close the bracket"),
    (r"unmatched", "leave it out, or open a bracket before it"),
    (r"unterminated", "close the quotation mark"),
    (r"expected ':'", "end the line with :"),
    (r"expected 'else'", "say what it is otherwise: a if condition else b"),
    (r"expected an indented block", "indent the lines that belong to it"),
    (r"unexpected indent|unindent does not match", "begin the line where the line above begins"),
    (r"use of tabs", "indent by spaces alone"),
    (r"forgot a comma", "write an operator or a comma between the two"),
    (r"leading zeros", "write the number without leading zeros"),
)
"""What Python's own sentences say, and the way out."""


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


# -- Python's own complaints ----------------------------------------------------------------------


def complaint(said: str, text: str, start: int, end: int) -> tuple[str, str | None]:
    """Return Python's complaint about a part of a text as our sentence, and the way out."""
    message = re.sub(r" \(<unknown>.*\)| Perhaps you.*| Maybe you.*", "", said).rstrip(".")
    hint = next((way for pattern, way in HINTS if re.search(pattern, said)), None)
    if message == "invalid syntax":
        found = text[start:end].strip()
        message = f"this cannot stand here: `{found[:20]}`" if found else "the line ends too early"
        hint = _between(text[:start], found) or hint
    return f"{message[0].upper()}{message[1:]}.", hint


def _between(before: str, found: str) -> str | None:
    """Return what is missing before a word or a number that cannot stand where it does."""
    if found in ("for", "while", "if", "def") and before.rstrip().endswith(";"):
        return f"begin a line with {found}"
    word = (before.rsplit("\n", 1)[-1].split() or [""])[-1]
    if found.isidentifier() and word in FUNCTIONS:
        return f"write {word}({found})"
    if keyword.iskeyword(found):
        return None
    if (found.isidentifier() or found[:1].isdigit()) and re.search(r"[\w)\]]$", word):
        return "write an operator, such as *, between the two"
    return None
