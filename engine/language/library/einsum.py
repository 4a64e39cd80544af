"""Einstein's sums: `einsum("ij,jk->ik", A, B)`, built of products and sums of scalars."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from functools import reduce
from itertools import product
from typing import Any

from engine.errors import TypeProblem
from engine.language.library.arrays import filled, nested, sizes
from engine.language.library.lists import total
from engine.language.library.operate import operate
from engine.language.runtime.run import Run
from engine.language.runtime.variable import INFIX
from engine.language.values.array import uneven

PATTERN = r"[a-zA-Z]*(,[a-zA-Z]*)*(->[a-zA-Z]*)?"


def _einsum(run: Run, equation: Any, *operands: Any) -> Any:
    """Return products of the numbers whose letters are the same, summed over what is left out."""
    if not isinstance(equation, str) or not re.fullmatch(PATTERN, equation.replace(" ", "")):
        raise TypeProblem(
            "`einsum` begins with a text that names the axes by letters.",
            hint='write einsum("ij,jk->ik", A, B)',
        )
    run.recording.guards.read_text()
    left, _, right = equation.replace(" ", "").partition("->")
    named = left.split(",")
    arrays = [nested(run, operand) for operand in operands]
    if len(named) != len(arrays):
        raise TypeProblem(f"`{left[:40]}` names {len(named)} arrays, and {len(arrays)} are given.")
    lengths = _lengths(named, arrays)
    letters = "".join(named)
    kept = (
        right if "->" in equation else "".join(sorted(x for x in lengths if letters.count(x) < 2))
    )
    if len(set(kept)) < len(kept) or not set(kept) <= set(lengths):
        raise TypeProblem("What comes after `->` is letters of what comes before, each once.")
    summed = [letter for letter in lengths if letter not in kept]
    run.recording.charge(math.prod(lengths.values()) * len(arrays))

    def number(places: Mapping[str, int]) -> Any:
        factors = [
            _at(array, [places[x] for x in axes]) for axes, array in zip(named, arrays, strict=True)
        ]
        return reduce(lambda x, y: operate(run, INFIX["*"], x, y), factors)

    def entry(at: tuple[int, ...]) -> Any:
        held = dict(zip(kept, at, strict=True))
        inner = product(*(range(lengths[letter]) for letter in summed))
        terms = [number({**held, **dict(zip(summed, places, strict=True))}) for places in inner]
        return total(run, terms)

    outer = product(*(range(lengths[letter]) for letter in kept))
    return filled(run, [lengths[letter] for letter in kept], lambda: entry(next(outer)))


def _lengths(named: list[str], arrays: list[Any]) -> dict[str, int]:
    """Return how many places each letter goes over. Raises `TypeProblem` if arrays disagree."""
    lengths: dict[str, int] = {}
    for axes, array in zip(named, arrays, strict=True):
        shape = sizes(array)
        if len(axes) != len(shape):
            raise TypeProblem(f"`{axes}` names {len(axes)} axes, and the array has {len(shape)}.")
        for letter, length in zip(axes, shape, strict=True):
            if lengths.setdefault(letter, length) != length:
                raise uneven((lengths[letter], length))
    return lengths


def _at(array: Any, places: list[int]) -> Any:
    for place in places:
        array = array[place]
    return array


FUNCTIONS: dict[str, Callable[..., Any]] = {"einsum": _einsum}
