"""Iterating: what goes over values one after the other, and takes no more of them than it needs."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable
from typing import Any

from engine.errors import TypeProblem
from engine.language.library.operate import flat, operate
from engine.language.runtime.run import Run, describe, each, is_number, items_of, plain, whole
from engine.language.runtime.variable import INFIX
from engine.language.values.comparisons import truth
from engine.language.values.functions import apply
from engine.language.values.generator import Generator


def _made(run: Run, name: str, values: Iterable[Any]) -> Generator:
    return Generator(run, name, (value for value in values))


def _zip(run: Run, *lists: Any, strict: Any = False) -> Generator:
    columns = [each(run, items) for items in lists]
    return _made(run, "zip", _rows(columns, truth(strict)))


def _rows(columns: list[Iterable[Any]], strict: bool) -> Iterable[tuple[Any, ...]]:
    try:
        yield from zip(*columns, strict=strict)
    except ValueError:
        raise TypeProblem("The lists that `zip` goes over have not the same length.") from None


def _enumerate(run: Run, items: Any, start: Any = 0) -> Generator:
    return _made(run, "enumerate", enumerate(each(run, items), whole(start)))


def _map(run: Run, function: Any, *lists: Any) -> Generator:
    rows = zip(*[each(run, items) for items in lists], strict=False)
    return _made(run, "map", (apply(run, function, *row) for row in rows))


def _filter(run: Run, function: Any, items: Any) -> Generator:
    def holds(item: Any) -> bool:
        return truth(item if function is None else apply(run, function, item))

    return _made(run, "filter", filter(holds, each(run, items)))


def _truths(run: Run, items: Any) -> Iterable[bool]:
    """Return which values hold: of a generator only so many as are asked for."""
    if isinstance(items, Generator):
        return map(truth, items)
    run.recording.charge(len(items_of(items)))
    return (plain(item) != 0.0 for item in flat(run, items))


def _any(run: Run, items: Any) -> bool:
    return any(_truths(run, items))


def _all(run: Run, items: Any) -> bool:
    return all(_truths(run, items))


def _iter(run: Run, items: Any) -> Generator:
    return items if isinstance(items, Generator) else _made(run, "iter", each(run, items))


def _next(run: Run, values: Any, /, *default: Any) -> Any:
    """Return the next value; what is given beside it if there is none."""
    if not isinstance(values, Generator):
        raise TypeProblem(
            f"`next` takes from a generator, not from {describe(values)}.",
            hint="write xs = iter([1, 2]) once, and then next(xs)",
        )
    for value in values:
        return value
    if not default:
        raise TypeProblem(
            f"The generator `{values.name}` has no value left.",
            hint="give next a second operand: what to return then",
        )
    return default[0]


# -- itertools ------------------------------------------------------------------------------------


def _number(value: Any) -> Any:
    return value if is_number(value) else plain(value)


def _count(run: Run, start: Any = 0, step: Any = 1) -> Generator:
    return _made(run, "count", itertools.count(_number(start), _number(step)))


def _part(run: Run, items: Any, *bounds: Any) -> Generator:
    places = [None if bound is None else whole(bound) for bound in bounds]
    if not 1 <= len(places) <= 3 or any(place is not None and place < 0 for place in places):
        raise TypeProblem("`islice` takes one to three whole numbers, none below 0.")
    if places[2:] == [0]:
        raise TypeProblem("The step of a slice cannot be 0.")
    return _made(run, "islice", itertools.islice(each(run, items), *places))


def _repeat(run: Run, item: Any, times: Any = None) -> Generator:
    counts = [] if times is None else [whole(times)]
    return _made(run, "repeat", itertools.repeat(item, *counts))


def _accumulate(run: Run, items: Any, function: Any = None, *, initial: Any = None) -> Generator:
    def rule(x: Any, y: Any) -> Any:
        return operate(run, INFIX["+"], x, y) if function is None else apply(run, function, x, y)

    values = itertools.accumulate(each(run, items), rule, initial=initial)
    return _made(run, "accumulate", values)


def _while(run: Run, function: Any, items: Any) -> Generator:
    def holds(item: Any) -> bool:
        return truth(apply(run, function, item))

    return _made(run, "takewhile", itertools.takewhile(holds, each(run, items)))


def _product(run: Run, *lists: Any, repeat: Any = 1) -> Generator:
    columns, times = [list(each(run, items)) for items in lists], _natural(repeat)
    run.recording.charge(len(columns) * times)
    return _made(run, "product", _wide(run, itertools.product(*columns, repeat=times)))


def _wide(run: Run, rows: Iterable[tuple[Any, ...]]) -> Iterable[tuple[Any, ...]]:
    """Yield rows, and charge for all that they hold."""
    for row in rows:
        run.recording.charge(len(row))
        yield row


def _natural(count: Any) -> int:
    if whole(count) < 0:
        raise TypeProblem("A count is at least 0.")
    return whole(count)


def _combinations(run: Run, items: Any, count: Any) -> Generator:
    pool, length = list(each(run, items)), _natural(count)
    run.recording.charge(length)
    return _made(run, "combinations", _wide(run, itertools.combinations(pool, length)))


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "zip": _zip,
    "enumerate": _enumerate,
    "map": _map,
    "filter": _filter,
    "any": _any,
    "all": _all,
    "iter": _iter,
    "next": _next,
    "itertools.count": _count,
    "itertools.islice": _part,
    "itertools.cycle": lambda run, items: _made(run, "cycle", itertools.cycle(each(run, items))),
    "itertools.chain": lambda run, *lists: _made(
        run, "chain", itertools.chain.from_iterable(each(run, items) for items in lists)
    ),
    "itertools.repeat": _repeat,
    "itertools.accumulate": _accumulate,
    "itertools.takewhile": _while,
    "itertools.product": _product,
    "itertools.combinations": _combinations,
    "itertools.pairwise": lambda run, items: _made(
        run, "pairwise", itertools.pairwise(each(run, items))
    ),
    # A bar that shows how far a loop has come: the loop is what counts.
    "tqdm.tqdm": lambda run, items, **ignored: items,
}
