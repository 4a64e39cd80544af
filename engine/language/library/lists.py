"""Lists: made, counted, gone over, ordered, summed."""

from __future__ import annotations

import ast
from collections.abc import Callable
from functools import reduce
from typing import Any

from engine.errors import LimitExceeded, TypeProblem
from engine.language.library.operate import flat, nonempty, operate
from engine.language.runtime.run import Run, capitalized, describe, items_in, items_of, whole
from engine.language.runtime.variable import INFIX
from engine.language.values import sets
from engine.language.values.array import Array
from engine.language.values.comparisons import holds, in_order, truth
from engine.language.values.dictionary import made
from engine.language.values.functions import apply
from engine.language.values.generator import all_of
from engine.language.values.indexing import position_of, write
from engine.operation import Operation


def _length(run: Run, items: Any) -> int:
    if isinstance(items, (list, tuple, str, dict)):
        if isinstance(items, str):
            run.recording.guards.read_text()
        return len(items)
    raise TypeProblem(f"{capitalized(describe(items))} has no length.")


def count_to(run: Run, *bounds: Any) -> list[Any]:
    """Return whole numbers, as `range` counts them."""
    if not 1 <= len(bounds) <= 3:
        raise TypeProblem("`range` takes one to three whole numbers.")
    try:
        counts = range(*(whole(bound, "a bound of `range`") for bound in bounds))
        run.recording.charge(len(counts))
    except (OverflowError, ValueError):
        raise too_long(run) from None
    return list(counts)


def too_long(run: Run) -> LimitExceeded:
    """Return the refusal of a list that the budget has no room for."""
    return LimitExceeded(f"This is longer than {run.recording.limits.work}, the limit `work`.")


def to_list(run: Run, items: Any = ()) -> list[Any]:
    """Return a new list of the same elements."""
    elements = items_in(run, items)
    run.recording.charge(len(elements))
    return list(elements)


def _to_tuple(run: Run, items: Any = ()) -> tuple[Any, ...]:
    return tuple(to_list(run, items))


def _reversed(run: Run, items: Any) -> list[Any]:
    return to_list(run, items)[::-1]


def total(run: Run, items: Any) -> Any:
    """Return the sum of a list, of all numbers of an array; 0 for an empty one."""
    return _sum(run, flat(run, items_of(items)))


def _sum(run: Run, items: Any, start: Any = None) -> Any:
    """Return what Python's `sum` does: of an array the sum of its rows, of lists one list."""
    terms = to_list(run, items)
    if isinstance(start, list) and not isinstance(start, Array):
        joined = to_list(run, start)
        for part in terms:
            extend(run, joined, part)
        return joined
    if start is not None:
        terms.insert(0, start)
    return reduce(lambda x, y: operate(run, INFIX["+"], x, y), terms) if terms else 0


def mean(run: Run, items: Any) -> Any:
    """Return the mean of a list, of all numbers of an array."""
    numbers = nonempty(flat(run, items), "mean")
    return operate(run, INFIX["/"], total(run, numbers), len(numbers))


def pairs(run: Run, operation: Operation, xs: Any, ys: Any) -> list[Any]:
    """Return an operation of each two elements. Raises `TypeProblem` for uneven lists."""
    if len(items_of(xs)) != len(items_of(ys)):
        raise TypeProblem(f"The lists have {len(xs)} and {len(ys)} elements, not the same number.")
    run.recording.charge(len(xs))
    return [operate(run, operation, x, y) for x, y in zip(xs, ys, strict=True)]


def _sorted(run: Run, items: Any, key: Any = None, reverse: Any = False) -> list[Any]:
    values = to_list(run, items)
    keys = [item if key is None else apply(run, key, item) for item in values]
    return [values[i] for i in in_order(run, keys, reverse=truth(reverse))]


# -- methods of lists -----------------------------------------------------------------------------


def append(run: Run, value: list[Any], item: Any) -> None:
    """Put an element at the end."""
    run.recording.charge()
    run.recording.guards.effects += 1
    value.append(item)


def extend(run: Run, value: list[Any], items: Any) -> None:
    """Append every element of another list."""
    items = all_of(items)
    if not isinstance(items, (list, tuple)):
        raise TypeProblem(f"A list is extended by a list, not by {describe(items)}.")
    run.recording.charge(len(items))
    run.recording.guards.effects += 1
    value.extend(list(items))


def pop(run: Run, value: list[Any], index: Any = -1) -> Any:
    """Return an element and let go of it."""
    run.recording.guards.effects += 1
    return value.pop(position_of(value, index))


def remove(run: Run, value: list[Any], item: Any) -> None:
    """Let go of an element, the first that is the same. Raises `TypeProblem` if there is none."""
    pop(run, value, index(run, value, item))


def clear(run: Run, value: list[Any]) -> None:
    """Let go of all elements."""
    value.clear()


def index(run: Run, value: list[Any], item: Any) -> int:
    """Return where an element is first. Raises `TypeProblem` if it is nowhere."""
    for index, one in enumerate(value):
        run.recording.charge()
        if holds(run, ast.Eq(), one, item):
            return index
    raise TypeProblem("The list does not hold this.")


def count(run: Run, value: list[Any], item: Any) -> int:
    """Return how often an element is in a list."""
    run.recording.charge(len(value))
    return sum(holds(run, ast.Eq(), one, item) for one in value)


def insert(run: Run, value: list[Any], index: Any, item: Any) -> None:
    """Put an element before another."""
    run.recording.charge(len(value) + 1)
    run.recording.guards.effects += 1
    value.insert(whole(index, "an index"), item)


def reverse(run: Run, value: list[Any]) -> None:
    """Turn the order of a list, in place."""
    run.recording.charge(len(value))
    value.reverse()


def sort(run: Run, value: list[Any], key: Any = None, reverse: Any = False) -> None:
    """Order a list, in place."""
    write(run, value, slice(None), _sorted(run, value, key, reverse))


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "len": _length,
    "range": count_to,
    "list": to_list,
    "tuple": _to_tuple,
    "reversed": _reversed,
    "sum": _sum,
    "mean": mean,
    "set": sets.made,
    "dict": made,
    "sorted": _sorted,
}

METHODS: dict[str, Callable[..., Any]] = {
    "append": append,
    "extend": extend,
    "pop": pop,
    "insert": insert,
    "remove": remove,
    "clear": clear,
    "reverse": reverse,
    "sort": sort,
    "index": index,
    "count": count,
    "copy": to_list,
}
