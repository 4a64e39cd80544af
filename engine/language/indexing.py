"""Indexing: what square brackets pick from a list, an array, a text or a network."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from engine.errors import NotAllowed, TypeProblem
from engine.language.array import Array, uneven
from engine.language.functions import Bracketed
from engine.language.run import Run, describe, items_of, whole


def element(run: Run, value: Any, index: Any) -> Any:
    """Return what an index picks: one element, those of a slice, those for which a condition holds.

    A tuple picks along one index after another, as in `X[:, 0]`.
    """
    if isinstance(value, Bracketed):
        operands = index if isinstance(index, tuple) else (index,)
        if any(isinstance(operand, slice) for operand in operands):
            raise NotAllowed("A slice here is not in the language.")
        return value(run, *operands)
    if isinstance(index, tuple):
        return _step_by_step(run, value, index)
    if isinstance(index, slice):
        return _slice(run, value, index)
    if isinstance(index, list) and isinstance(value, list):
        run.recording.charge(len(index))
        if _is_mask(index):
            return Array(_kept(run, value, index))
        return Array(element(run, value, part) for part in index)
    if not hasattr(value, "__getitem__"):
        raise TypeProblem(
            f"An index picks from a list; {describe(value)} has no elements.",
            hint="brackets that multiply are round: 2*(x + 1)",
        )
    position = whole(index, "an index")
    if not -len(value) <= position < len(value):
        raise TypeProblem(f"There is no element {position}: the list has {len(value)}.")
    return value[position]


def _step_by_step(run: Run, value: Any, index: tuple[Any, ...]) -> Any:
    if not index:
        return value
    first, rest = index[0], index[1:]
    if rest and all(isinstance(part, list) and not _is_mask(part) for part in (first, rest[0])):
        if len(first) != len(rest[0]):
            raise uneven((len(first), len(rest[0])))
        run.recording.charge(len(first))
        pairs = zip(first, rest[0], strict=True)  # scores[range(n), classes]: one of each row
        return Array(_step_by_step(run, value, (*pair, *rest[1:])) for pair in pairs)
    picked = element(run, value, first)
    if rest and isinstance(first, (list, slice)):  # several were picked: go on in each of them
        return Array(_step_by_step(run, one, rest) for one in picked)
    return _step_by_step(run, picked, rest)


def _slice(run: Run, value: Any, bounds: slice) -> Any:
    if not isinstance(value, (list, tuple)):
        raise TypeProblem(f"A slice is taken from a list, not from {describe(value)}.")
    if bounds.step == 0:
        raise TypeProblem("The step of a slice cannot be 0.")
    run.recording.charge(len(value))
    return type(value)(value[bounds])


def _is_mask(index: list[Any]) -> bool:
    return bool(index) and all(
        type(part) is bool or (isinstance(part, list) and _is_mask(part)) for part in index
    )


def _kept(run: Run, items: Any, mask: list[Any]) -> Iterator[Any]:
    """Yield the elements for which a condition holds, as `X[X > 0]` picks them."""
    if len(items_of(items)) != len(mask):
        raise uneven((len(items), len(mask)))
    run.recording.charge(len(mask))
    for item, keep in zip(items, mask, strict=True):
        if isinstance(keep, list):
            yield from _kept(run, item, keep)
        elif keep:
            yield item
