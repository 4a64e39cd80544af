"""Indexing: what square brackets pick from a list, an array, a dictionary or a text, or write."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from engine.errors import NotAllowed, TypeProblem
from engine.language.runtime.run import Run, describe, items_of, whole
from engine.language.runtime.variable import Variable
from engine.language.values.array import Array, copied, depth, uneven
from engine.language.values.dictionary import entry, put, taken
from engine.language.values.functions import Bracketed
from engine.language.values.sets import Set
from engine.language.values.views import Cell, Data, Place, cell_at, cells_of, shown


def element(run: Run, value: Any, index: Any) -> Any:
    """Return what an index picks: one element, those of a slice, those for which a condition holds.

    A tuple picks along one index after another, as in `X[:, 0]`. What slices pick from an array is
    a view of it, as in NumPy and PyTorch; what lists and conditions pick is a copy.
    """
    if isinstance(value, Array) and _is_of_slices(value, index):
        return shown(run, _picked(run, cells_of(run, value), index))
    return _picked(run, value, index)


def _is_of_slices(value: Array, index: Any) -> bool:
    """Tell whether an index makes new rows, without a list in it."""
    if isinstance(index, tuple):
        parts = (slice, type(None), type(...))
        return any(isinstance(part, parts) for part in index) and not any(
            isinstance(part, list) for part in index
        )
    return isinstance(index, slice) and depth(value) == 1


def _picked(run: Run, value: Any, index: Any) -> Any:
    if isinstance(value, Bracketed):
        operands = index if isinstance(index, tuple) else (index,)
        if any(isinstance(operand, slice) for operand in operands):
            raise NotAllowed("A slice here is not in the language.")
        return value(run, *operands)
    if isinstance(value, dict):
        return entry(run, value, index)
    if isinstance(value, Set):
        raise _unordered()
    if isinstance(index, tuple) or index is None or index is ...:
        along = index if isinstance(index, tuple) else (index,)
        return _step_by_step(run, value, _spelt_out(value, along))
    if isinstance(index, slice):
        return _slice(run, value, index)
    if isinstance(index, list) and isinstance(value, list):
        run.recording.charge(len(index))
        if _is_mask(index):
            return Array(_kept(run, value, index))
        return Array(copied(run, _picked(run, value, part)) for part in index)
    if not hasattr(value, "__getitem__"):
        raise TypeProblem(
            f"An index picks from a list; {describe(value)} has no elements.",
            hint="brackets that multiply are round: 2*(x + 1)",
        )
    return value[position_of(value, index)]


def _unordered() -> TypeProblem:
    return TypeProblem("A set has no order to pick from.", hint="write sorted(s)[0], or list(s)")


def _spelt_out(value: Any, index: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return an index with `...` as the slices of all axes that it leaves out."""
    places = [place for place, part in enumerate(index) if part is ...]
    if len(places) != 1:
        return index
    named = sum(part is not None for part in index) - 1
    left_out = (slice(None),) * max(depth(value) - named, 0)
    return (*index[: places[0]], *left_out, *index[places[0] + 1 :])


def position_of(value: Any, index: Any) -> int:
    """Return an index as a whole number. Raises `TypeProblem` if no element is there."""
    position = whole(index, "an index")
    if not -len(value) <= position < len(value):
        raise TypeProblem(f"There is no element {position}: the list has {len(value)}.")
    return position


def _step_by_step(run: Run, value: Any, index: tuple[Any, ...]) -> Any:
    if not index:
        return value
    lists = [place for place, part in enumerate(index) if isinstance(part, list)]
    apart = lists and lists[-1] - lists[0] != len(lists) - 1
    if len(lists) > 1 and (apart or len(lists) > 2 or any(_is_mask(index[at]) for at in lists)):
        raise NotAllowed("Lists of indices are taken alone, or two side by side.")
    first, rest = index[0], index[1:]
    if first is None:  # an axis of its own, of length 1
        return Array([_step_by_step(run, value, rest)])
    if rest and all(isinstance(part, list) and not _is_mask(part) for part in (first, rest[0])):
        if len(first) != len(rest[0]):
            raise uneven((len(first), len(rest[0])))
        run.recording.charge(len(first))
        pairs = zip(first, rest[0], strict=True)  # scores[range(n), classes]: one of each row
        return Array(_step_by_step(run, value, (*pair, *rest[1:])) for pair in pairs)
    picked = _picked(run, value, first)
    if rest and isinstance(first, (list, slice)):  # several were picked: go on in each of them
        return Array(_step_by_step(run, one, rest) for one in picked)
    return _step_by_step(run, picked, rest)


def _slice(run: Run, value: Any, bounds: slice) -> Any:
    if not isinstance(value, (list, tuple, str)):
        raise TypeProblem(f"A slice is taken from a list, not from {describe(value)}.")
    if bounds.step == 0:
        raise TypeProblem("The step of a slice cannot be 0.")
    run.recording.charge(len(value))
    return value[bounds] if isinstance(value, str) else type(value)(value[bounds])


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
            yield copied(run, item)


# -- writing --------------------------------------------------------------------------------------


def write(run: Run, items: Any, index: Any, new: Any) -> None:
    """Write what an index picks: an element, a slice, all for which a condition holds.

    In an array, what is written is broadcast over what is picked, as in NumPy.
    """
    if isinstance(items, dict):
        put(run, items, index, new)
    elif isinstance(items, Set):
        raise _unordered()
    elif not isinstance(items, list):
        raise TypeProblem(f"Only a list can be written into, not {describe(items)}.")
    elif isinstance(items, Array):
        if type(index) in (int, Variable) and depth(items) == 1:  # without a look at all of it
            places: Any = cell_at(items, position_of(items, index))
        else:
            places = _picked(run, cells_of(run, items), index)
        # All is read before anything is written: `A[0] = A[:, 0]` reads what it writes over.
        for place, number in list(_filled(run, places, new)):
            place.write(run, number)
    elif isinstance(index, slice):
        element(run, items, index)  # is there such a slice?
        run.recording.charge(len(items) + len(items_of(new)))
        try:
            items[index] = items_of(new)
        except ValueError:  # every second one of a list cannot be replaced by more
            raise uneven((len(items[index]), len(new))) from None
    else:
        items[position_of(items, index)] = new


def remove(run: Run, items: Any, index: Any) -> None:
    """Let go of what an index picks from a list or a dictionary."""
    if isinstance(items, dict):
        taken(run, items, index)
    elif not isinstance(items, list) or isinstance(items, (Array, Set)):
        raise TypeProblem(f"Elements of a list are deleted, not of {describe(items)}.")
    elif isinstance(index, slice):
        element(run, items, index)  # is there such a slice?
        del items[index]
    else:
        items.pop(position_of(items, index))


def _filled(run: Run, places: Any, new: Any) -> Iterator[tuple[Place, Any]]:
    """Yield each place with the number that belongs there."""
    if isinstance(places, (Cell, Data)):
        if isinstance(new, (list, tuple, dict, str)):
            raise TypeProblem(f"One number is written here, not {describe(new)}.")
        yield places, new
        return
    run.recording.charge(len(places))
    if depth(new) > depth(places):
        raise TypeProblem(f"A row of {len(places)} is written here, not {describe(new)} rows.")
    if depth(new) < depth(places):
        new = [new] * len(places)
    elif len(new) == 1:
        new = list(new) * len(places)
    elif len(new) != len(places):
        raise uneven((len(places), len(new)))
    for place, number in zip(places, new, strict=True):
        yield from _filled(run, place, number)
