"""Chance as NumPy draws it: after the same seed the numbers are NumPy's own."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from numpy.random import RandomState

from engine.errors import TypeProblem
from engine.language.library.arrays import filled, nested, shape_of
from engine.language.library.lists import count_to
from engine.language.library.operate import nonempty
from engine.language.run import Run, describe, items_of, plain, whole


def _state(run: Run) -> RandomState:
    return run.maker.numpy_random


def _seed(run: Run, seed: Any = 0) -> None:
    _state(run).seed(whole(seed, "a seed") % 2**32)


def _drawn(run: Run, draw: Callable[..., Any], size: Any) -> Any:
    """Return one number, or an array of a shape. Raises `TypeProblem` for a length below 0."""
    shape = [] if size is None else shape_of(size)
    if min(shape, default=0) < 0:
        raise TypeProblem(f"{min(shape)} is no length.")
    if 0 in shape:
        return filled(run, shape, lambda: 0.0)
    count = 1
    for length in shape:
        count *= length
        run.recording.charge(count)
    return nested(run, draw(size=tuple(shape) or None).tolist() if shape else draw())


def _uniforms(run: Run, *shape: Any, size: Any = None) -> Any:
    return _drawn(run, _state(run).random_sample, shape or size)


def _normals(run: Run, *shape: Any, size: Any = None) -> Any:
    return _drawn(run, _state(run).standard_normal, shape or size)


def _uniform(run: Run, low: Any = 0.0, high: Any = 1.0, size: Any = None) -> Any:
    least, most = plain(low), plain(high)
    if not math.isfinite(most - least):
        raise TypeProblem("The bounds of `uniform` are finite.")
    return _drawn(run, lambda **shape: _state(run).uniform(least, most, **shape), size)


def _normal(run: Run, loc: Any = 0.0, scale: Any = 1.0, size: Any = None) -> Any:
    middle, width = plain(loc), plain(scale)
    if not width >= 0:
        raise TypeProblem(f"A deviation is at least 0, not {width:g}.")
    return _drawn(run, lambda **shape: _state(run).normal(middle, width, **shape), size)


def _randint(run: Run, low: Any, high: Any = None, size: Any = None, **ignored: Any) -> Any:
    first, end = (0, whole(low)) if high is None else (whole(low), whole(high))
    if first >= end:
        raise TypeProblem("The first bound of `randint` is the smaller one.")
    return _drawn(run, lambda **shape: _state(run).randint(first, end, **shape), size)


def _choice(run: Run, items: Any, size: Any = None, replace: Any = True, p: Any = None) -> Any:
    """Return elements of a list, or whole numbers below one, each as likely as `p` says."""
    values = nonempty(_listed(run, items), "choice")
    shares = None if p is None else [plain(share) for share in items_of(p)]
    if shares is not None and not (
        len(shares) == len(values)
        and min(shares) >= 0
        and math.isclose(sum(shares), 1.0, abs_tol=1e-8)
    ):
        raise TypeProblem("The probabilities of `choice` are one for each, and their sum is 1.")
    again = bool(plain(replace))
    some = len(values) if shares is None else sum(share > 0 for share in shares)
    if not again and math.prod(shape_of(() if size is None else size)) > some:
        raise TypeProblem(f"There are only {some} to choose from.", hint="write replace=True")
    run.recording.charge(len(values))
    places = _drawn(
        run, lambda **shape: _state(run).choice(len(values), replace=again, p=shares, **shape), size
    )
    return _picked(values, places)


def _picked(values: Any, places: Any) -> Any:
    if isinstance(places, list):
        return type(places)(_picked(values, place) for place in places)
    return values[places]


def _listed(run: Run, items: Any) -> Any:
    return items if isinstance(items, (list, tuple)) else count_to(run, items)


def _shuffle(run: Run, items: Any) -> None:
    if not isinstance(items, list):
        raise TypeProblem(f"A list is shuffled, not {describe(items)}.")
    run.recording.charge(len(items))
    items[:] = [items[place] for place in _state(run).permutation(len(items)).tolist()]


def _permutation(run: Run, items: Any) -> Any:
    order = nested(run, list(_listed(run, items)))
    _shuffle(run, order)
    return order


_OWN: dict[str, Callable[..., Any]] = {
    "seed": _seed,
    "rand": _uniforms,
    "random": lambda run, size=None: _uniforms(run, size=size),
    "random_sample": lambda run, size=None: _uniforms(run, size=size),
    "randn": _normals,
    "standard_normal": lambda run, size=None: _normals(run, size=size),
    "uniform": _uniform,
    "normal": _normal,
    "randint": _randint,
    "choice": _choice,
    "shuffle": _shuffle,
    "permutation": _permutation,
}

FUNCTIONS: dict[str, Callable[..., Any]] = {
    f"numpy.random.{name}": action for name, action in _OWN.items()
}
