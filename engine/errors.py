"""Every error that a user can cause is a `ChainruleError` with a stable `code`.

Interfaces switch on the code; people read the message, which names the value and the place, and
the hint, which names the way out. Positions are code points of the source, `[start, end)`.
"""

from __future__ import annotations

import re
from typing import ClassVar

LONG = re.compile(r"\w{41,}")
"""A word that would fill a message."""


def encodable(text: str) -> str:
    """Return a text without the halves of characters, which no file and no JSON can hold."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


def quoted(name: str) -> str:
    """Return a name as a message shows it: not at length."""
    return f"`{name}`" if len(name) <= 40 else f"`{name[:39]}…`"


def legible(text: str) -> str:
    """Return a message in which no name stands at length, whoever made it up."""
    return LONG.sub(lambda word: f"{word.group()[:39]}…", text)


class ChainruleError(Exception):
    """What was asked for cannot be done, for a reason that the asker can act on."""

    code: ClassVar[str] = "internal"

    def __init__(
        self, message: str, *, span: tuple[int, int] | None = None, hint: str | None = None
    ) -> None:
        super().__init__(legible(message))
        self.message = legible(message)
        self.span = span
        self.hint = hint and legible(hint)
        self.line: int | None = None
        self.column: int | None = None

    def locate(self, source: str) -> None:
        """Set line and column, both from 1, of where the span begins in the source."""
        if self.span is not None:
            before = source[: self.span[0]].replace("\r\n", "\n").replace("\r", "\n")
            self.line = before.count("\n") + 1
            self.column = len(before) - before.rfind("\n")


class SyntaxProblem(ChainruleError):
    """The text is not a program."""

    code = "syntax_error"


class NotAllowed(ChainruleError):
    """The text is Python, but outside the language."""

    code = "not_allowed"


class UnknownName(ChainruleError):
    """A name, method or attribute does not exist."""

    code = "unknown_name"


class TypeProblem(ChainruleError):
    """An operation met something that it cannot work on."""

    code = "type_error"


class LimitExceeded(ChainruleError):
    """The program or the request is larger than a limit; the message names limit and number."""

    code = "limit_exceeded"


class NoOutput(ChainruleError):
    """The program computes no value to differentiate."""

    code = "no_output"


class BranchChanged(ChainruleError):
    """A replay was asked for inputs at which the program would take another branch."""

    code = "branch_changed"
