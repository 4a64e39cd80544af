"""Complaints: Python's own sentences about a text that it cannot read, made ours."""

from __future__ import annotations

import keyword
import re

from engine.operations import OPERATIONS

FUNCTIONS = {row.symbol for row in OPERATIONS.values() if row.symbol.isidentifier()}

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
