"""Guesses: which name may be meant by one that stands for nothing."""

from __future__ import annotations

import math
import random
from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any

import numpy

LONGEST = 40
"""Letters of a name that may be a slip of another."""

ELSEWHERE = frozenset(
    name
    for holder in (math, random, numpy, numpy.linalg, numpy.random, numpy.ndarray)
    for name in dir(holder)
)
"""Names that Python's own modules or NumPy have: who writes one means it."""

NOT_NAMES = {
    **dict.fromkeys(("true", "TRUE"), "True"),
    **dict.fromkeys(("false", "FALSE"), "False"),
    **dict.fromkeys(("null", "NULL", "none", "NONE", "nil", "undefined"), "None"),
}
"""What other languages have for Python's words. A program may assign them as any name."""

SLIP = 0.85
"""How alike a misspelt name is to the one meant; `weight` and `height`, both right, are less."""


def slip_of(name: str, known: Iterable[str]) -> str | None:
    """Return the name that another one misspells, if it does; x1 and x2 are no slips."""
    stem = name.rstrip("_0123456789")
    if not 3 <= len(stem) <= LONGEST:
        return None
    stems = {one.rstrip("_0123456789") for one in known if abs(len(one) - len(name)) <= 2}
    others = sorted(stems - {stem})
    swapped = [one for one in others if sorted(one) == sorted(stem)]
    close = swapped or get_close_matches(stem, others, n=1, cutoff=SLIP)
    if not close:
        return None
    same = [one for one in known if one.rstrip("_0123456789") == close[0]]
    return close[0] + name[len(stem) :] if close[0] + name[len(stem) :] in same else min(same)


def nearest(name: str, known: Any) -> str | None:
    """Return a hint with the nearest known name, if one is near."""
    if len(name) > LONGEST:
        return None  # two long texts are compared for seconds
    names = sorted(one for one in known if len(one) <= LONGEST)
    swapped = [one for one in names if sorted(one) == sorted(name)]  # tahn is tanh, and not tan
    close = swapped or get_close_matches(name, names, n=1, cutoff=0.7)
    return f"did you mean {close[0]}?" if close else None


def guess(name: str, known: Any) -> str | None:
    """Return a hint with the nearest known name of a library; what NumPy has is no slip."""
    return None if name in ELSEWHERE else nearest(name, known)
