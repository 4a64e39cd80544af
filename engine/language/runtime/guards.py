"""Guards: what a program looked at, on which the way that it takes may depend."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from engine.language.runtime.variable import Variable
from engine.records import Guard


@dataclass(slots=True)
class Guards:
    """The conditions that a program met, and whether it read what holds none."""

    conditions: dict[Guard, None] = field(default_factory=dict)
    """Each once, in order."""
    is_opaque: bool = False
    wrote: bool = False
    """Whether there is text that was written from Values."""
    effects: int = 0
    """How often something happened that outlasts what is looked at: see `looking`."""

    def add(
        self, sign: str, left: Any, right: Any, holds: bool, span: tuple[int, int] | None
    ) -> None:
        """Remember a condition on Variables and numbers, and how it turned out."""
        (x, low), (y, high) = (
            (side.index, 0.0) if type(side) is Variable else (None, float(side))
            for side in (left, right)
        )
        self.conditions[Guard(sign, x, y, low, high, holds, span)] = None

    def read_text(self) -> None:
        """Remember that what follows may depend on a text, and so on the Values in it."""
        self.is_opaque = self.is_opaque or self.wrote

    @contextmanager
    def looking(self) -> Iterator[None]:
        """Forget what is looked at meanwhile, as it is only printed, unless more happens there."""
        count, is_opaque, effects = len(self.conditions), self.is_opaque, self.effects
        yield
        if self.effects > effects:
            return
        self.is_opaque = is_opaque
        while len(self.conditions) > count:
            self.conditions.popitem()
