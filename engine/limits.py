"""How large a program may be: one frozen `Limits`, passed down, never a global."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass

from engine.errors import LimitExceeded


@dataclass(frozen=True)
class Limits:
    """Bounds that keep one request short. Each field is named in the refusal that it causes."""

    source: int = 10_000
    """Characters of source."""
    nesting: int = 50
    """Brackets, blocks, prefix operators or calls inside one another."""
    numeral: int = 32
    """Characters of one number."""
    nodes: int = 10_000
    """Nodes of one trace."""
    work: int = 200_000
    """Interpreter steps: statements, expressions, list elements, printed characters."""
    console: int = 100_000
    """Characters that `print` may write."""
    seconds: float = 2.0
    """Wall time of one evaluation."""
    sweep: int = 40_000
    """Points of a sweep."""
    descent: int = 10_000
    """Steps of a descent."""
    data: int = 10_000
    """Rows of data."""
    history: int = 1_000_000
    """Numbers that a descent answers at once; one that is streamed has no such bound."""
    stream: float = 60.0
    """Wall time of a streamed descent, which its reader can end at any moment."""

    def deadline(self, seconds: float | None = None) -> Deadline:
        """Return the moment by which what begins now must have ended."""
        seconds = self.seconds if seconds is None else seconds
        return Deadline(seconds, time.monotonic() + seconds)


@dataclass(frozen=True)
class Deadline:
    """A moment that work must not outlast: long work checks it again and again."""

    seconds: float
    moment: float

    def check(self) -> None:
        """Raise `LimitExceeded` if the moment has passed."""
        if time.monotonic() > self.moment:
            raise LimitExceeded(
                f"This takes longer than {self.seconds:g} s, the limit `seconds`.",
                hint="Ask for fewer points, rows or steps.",
            )


UNLIMITED = Limits(
    source=10**9,
    nesting=100,  # what Python's own parser accepts: not a matter of time, so it is never lifted
    numeral=4_000,
    nodes=10**9,
    work=10**12,
    console=10**9,
    seconds=math.inf,
    sweep=10**9,
    descent=10**9,
    data=10**9,
    history=10**9,
    stream=math.inf,
)
