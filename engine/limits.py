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

    def deadline(self, limit: str = "seconds") -> Deadline:
        """Return the moment by which what begins now must have ended, by a limit in seconds."""
        return Deadline(getattr(self, limit), limit)


class Deadline:
    """A moment that work must not outlast: long work checks it again and again."""

    def __init__(self, seconds: float, limit: str, within: Deadline | None = None) -> None:
        """Begin now; a deadline `within` another ends with it at the latest."""
        self.seconds = seconds
        self.limit = limit
        self.within = within
        self.moment = time.monotonic() + seconds
        self.is_cancelled = False

    def cancel(self) -> None:
        """End the work at its next look at the clock: nobody waits for it."""
        self.is_cancelled = True

    def check(self) -> None:
        """Raise `LimitExceeded` if the moment has passed, or the work was cancelled."""
        if self.is_cancelled or time.monotonic() > self.moment:
            raise LimitExceeded(
                f"This takes longer than {self.seconds:g} s, the limit `{self.limit}`.",
                hint="Ask for fewer points, rows or steps.",
            )
        if self.within is not None:
            self.within.check()


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
