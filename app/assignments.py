"""Assignments: inputs as an address and a command line write them, `a=2.5`."""

from __future__ import annotations

import math


def assignments(texts: list[str]) -> dict[str, float]:
    """Return numbers by name. Raises ValueError, whose text is the first that is no assignment."""
    inputs = {}
    for text in texts:
        name, _, number = text.rpartition("=")
        if not name.strip() or "=" in name or not _is_finite(number):
            raise ValueError(text)
        inputs[name.strip()] = float(number)
    return inputs


def _is_finite(number: str) -> bool:
    if not number.isascii() or "_" in number:  # Python reads more as a number than people write
        return False
    try:
        return math.isfinite(float(number))
    except ValueError:
        return False
