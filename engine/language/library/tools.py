"""Tools: the little that is here of Python's own modules, such as functools and collections."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from engine.language.dictionary import Defaulting, made
from engine.language.functions import Builtin, call
from engine.language.library.lists import count_to, to_list
from engine.language.library.operate import nonempty
from engine.language.run import Run


def _partial(run: Run, function: Any, /, *operands: Any, **named: Any) -> Builtin:
    """Return a function some of whose operands are given already."""
    return Builtin("partial", partial(_completed, function, operands, named))


def _completed(
    function: Any,
    operands: tuple[Any, ...],
    named: dict[str, Any],
    run: Run,
    /,
    *others: Any,
    **more: Any,
) -> Any:
    place = run.recording.place
    return call(run, function, [*operands, *others], {**named, **more}, place)  # type: ignore[arg-type]


def _reduce(run: Run, function: Any, items: Any, /, *initial: Any) -> Any:
    """Return what becomes of a list, two elements made one again and again."""
    place = run.recording.place
    first, *rest = nonempty([*initial[:1], *to_list(run, items)], "reduce")
    for item in rest:
        first = call(run, function, [first, item], {}, place)  # type: ignore[arg-type]
    return first


def _defaultdict(run: Run, make: Any = None, /, others: Any = None, **entries: Any) -> Defaulting:
    return Defaulting(make, made(run, others, **entries))


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "functools.partial": _partial,
    "functools.reduce": _reduce,
    "collections.defaultdict": _defaultdict,
    # A bar that shows how far a loop has come: the loop is what counts.
    "tqdm.tqdm": lambda run, items, **ignored: items,
    "tqdm.trange": lambda run, *bounds, **ignored: count_to(run, *bounds),
}
