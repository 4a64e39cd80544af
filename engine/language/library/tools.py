"""Tools: the little that is here of Python's own modules, such as functools and collections."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from engine.errors import TypeProblem
from engine.language.library.lists import count_to, to_list
from engine.language.library.operate import nonempty
from engine.language.runtime.run import Run, items_of, whole
from engine.language.runtime.variable import Variable
from engine.language.values import array, dictionary
from engine.language.values.array import Array, elementwise
from engine.language.values.comparisons import in_order
from engine.language.values.dictionary import Counter, Defaulting, entry, made, pairs, put
from engine.language.values.functions import Builtin, apply
from engine.language.values.sets import Set
from engine.nn import Module


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
    return apply(run, function, *operands, *others, **{**named, **more})


def _reduce(run: Run, function: Any, items: Any, /, *initial: Any) -> Any:
    """Return what becomes of a list, two elements made one again and again."""
    first, *rest = nonempty([*initial[:1], *to_list(run, items)], "reduce")
    for item in rest:
        first = apply(run, function, first, item)
    return first


def _defaultdict(run: Run, make: Any = None, /, others: Any = None, **entries: Any) -> Defaulting:
    return Defaulting(make, made(run, others, **entries))


def _counter(run: Run, items: Any = (), /, **named: Any) -> Counter:
    """Return how often there is what in a list or a text."""
    counts = Counter()
    _count(run, counts, items, **named)
    return counts


def _count(run: Run, counts: Counter, items: Any = (), /, **named: Any) -> None:
    """Add how often there is what: in a list or a text, or as a dictionary tells."""
    times = pairs(run, items) if isinstance(items, dict) else [(i, 1) for i in to_list(run, items)]
    for item, number in (*times, *named.items()):
        put(run, counts, item, entry(run, counts, item) + number)


def _most_common(run: Run, counts: Counter, n: Any = None) -> list[tuple[Any, Any]]:
    """Return what there is most of, with how often; all of it, if no number is given."""
    entries = pairs(run, counts)
    order = in_order(run, [count for _, count in entries], reverse=True)
    return [entries[place] for place in (order if n is None else order[: max(whole(n), 0)])]


def _copied(run: Run, value: Any) -> Any:
    """Return a list, an array, a set or a dictionary of its own that holds the same."""
    if isinstance(value, Array):
        return array.copied(run, value)
    if isinstance(value, list):
        run.recording.charge(len(value))
        return type(value)(value)
    return dictionary.copied(run, value) if isinstance(value, dict) else value


def _deeply_copied(run: Run, value: Any) -> Any:
    """Return the same numbers and Values, held apart, however deep they are held."""
    return _apart(run, value, {})


def _apart(run: Run, value: Any, copies: dict[int, Any]) -> Any:
    """Return a deep copy; what is held twice is copied once, and found in `copies` by its id."""
    run.recording.charge()
    if id(value) not in copies:
        copies[id(value)] = new = _begun(run, value)
        if isinstance(value, list):
            add = new.add if isinstance(value, Set) else new.append
            for item in value:
                add(_apart(run, item, copies))
        elif isinstance(value, dict):
            new.update((key, _apart(run, item, copies)) for key, item in value.items())
        elif isinstance(value, tuple):
            copies[id(value)] = type(value)([_apart(run, item, copies) for item in value])
    return copies[id(value)]


def _begun(run: Run, value: Any) -> Any:
    """Return the copy of a number, or one of a list or a dictionary that holds nothing yet."""
    if isinstance(value, list):
        return type(value)()
    if isinstance(value, dict):
        return dictionary.alike(value, {})
    if isinstance(value, Variable):
        return Variable(value.node, value.index, run.recording)
    if isinstance(value, Module):
        raise TypeProblem(
            "A network is not copied here.",
            hint="copy its numbers: [p.data for p in model.parameters()]",
        )
    return value


def _vectorized(run: Run, function: Any) -> Builtin:
    """Return a function of numbers as one of arrays, number by number."""
    return Builtin("vectorize", partial(_each, function))


def _each(function: Any, run: Run, /, *operands: Any) -> Any:

    def rule(*row: Any) -> Any:
        return apply(run, function, *row)

    is_of_arrays = any(isinstance(operand, (list, tuple)) for operand in operands)
    return elementwise(run, rule, *operands) if is_of_arrays else rule(*operands)


def _mapped(run: Run, function: Any, tree: Any, /, *others: Any) -> Any:
    """Return what a function makes of each array and number of a tree of lists and dictionaries."""
    run.recording.charge()
    if isinstance(tree, dict):
        return {
            key: _mapped(run, function, tree[key], *(entry(run, o, key) for o in others))
            for key in tree
        }
    if isinstance(tree, (list, tuple)) and not isinstance(tree, Array):
        rows = zip(tree, *map(items_of, others), strict=False)
        return type(tree)([_mapped(run, function, *row) for row in rows])
    return apply(run, function, tree, *others)


METHODS: dict[str, Callable[..., Any]] = {"most_common": _most_common, "update": _count}
"""Those of a counter, beside those of a dictionary."""

FUNCTIONS: dict[str, Callable[..., Any]] = {
    "functools.partial": _partial,
    "functools.reduce": _reduce,
    "collections.defaultdict": _defaultdict,
    "collections.Counter": _counter,
    "numpy.vectorize": _vectorized,
    "tree_map": _mapped,
    "tree.map": _mapped,
    "copy.copy": _copied,
    "copy.deepcopy": _deeply_copied,
    "tqdm.trange": lambda run, *bounds, **ignored: count_to(run, *bounds),
}
