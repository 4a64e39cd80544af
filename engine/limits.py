"""How large a program may be: one frozen `Limits`, passed down, never a global."""

from __future__ import annotations

import math
from dataclasses import dataclass


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


UNLIMITED = Limits(
    source=10**9,
    nesting=100,  # what Python's own parser accepts: not a matter of time, so it is never lifted
    numeral=4_000,
    nodes=10**9,
    work=10**12,
    console=10**9,
    seconds=math.inf,
)
