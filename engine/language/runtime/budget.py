"""Budget: how much one run may do, and what to say when that is used up."""

from __future__ import annotations

import time

from engine.errors import LimitExceeded
from engine.language.runtime.groups import Group, endless, reached
from engine.limits import Limits

CHECK_EVERY = 64
"""Work between two looks at the clock: less than a millisecond."""


class Budget:
    """The work that was done, and the moment by which all of it must be."""

    __slots__ = ("checkpoint", "deadline", "limits", "work")

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.work = 0
        self.checkpoint = 0
        """The amount of work at which to look at the clock again."""
        self.deadline = time.monotonic() + limits.seconds

    def check(self, group: Group | None) -> None:
        """Raise `LimitExceeded` if the work or the time is used up, in a group of the graph."""
        limits = self.limits
        if self.work > limits.work:
            raise LimitExceeded(
                f"The program takes more than {limits.work} steps, the limit `work`"
                f"{reached(group)}.",
                hint=endless(group) or "Does a loop never end? Make it shorter.",
            )
        if time.monotonic() > self.deadline:
            raise LimitExceeded(
                f"The program takes longer than {limits.seconds:g} s, the limit `seconds`"
                f"{reached(group)}.",
                hint=endless(group) or "Does a loop never end? Make it shorter.",
            )
        self.checkpoint = min(self.work + CHECK_EVERY, limits.work)

    def too_many_nodes(self, group: Group | None) -> LimitExceeded:
        """Return what to say of a graph that has no room for another node."""
        return LimitExceeded(
            f"The graph has more than {self.limits.nodes} nodes, the limit `nodes`"
            f"{reached(group)}.",
            hint=endless(group) or "Use fewer samples, fewer turns or a smaller network.",
        )
