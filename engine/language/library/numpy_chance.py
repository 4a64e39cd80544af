"""Chance as NumPy draws it: after the same seed the numbers are NumPy's own."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

from numpy.random import Generator, RandomState, default_rng

from engine.errors import TypeProblem
from engine.language.library.arrays import filled, nested, shape_of
from engine.language.library.lists import count_to
from engine.language.library.operate import nonempty
from engine.language.runtime.run import Run, describe, items_of, plain, whole
from engine.language.values.indexing import write
from engine.language.values.sets import Set
from engine.nn import SEED


@dataclass(slots=True, eq=False)
class Drawer:
    """What `np.random.default_rng(0)` or `np.random.RandomState(0)` makes."""

    name: ClassVar[str] = "generator"

    state: Any = None
    """NumPy's generator; None for the one that `np.random.seed` begins anew."""

    def of(self, run: Run) -> Any:
        """Return NumPy's generator."""
        return run.maker.numpy_random if self.state is None else self.state


def _seed(run: Run, drawer: Drawer, seed: Any = 0) -> None:
    drawer.of(run).seed(whole(seed, "a seed") % 2**32)


SHARED = Drawer()
"""What the functions of `np.random` draw from."""


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


def _uniforms(run: Run, drawer: Drawer, *shape: Any, size: Any = None) -> Any:
    return _drawn(run, drawer.of(run).random, shape or size)


def _normals(run: Run, drawer: Drawer, *shape: Any, size: Any = None) -> Any:
    return _drawn(run, drawer.of(run).standard_normal, shape or size)


def _uniform(run: Run, drawer: Drawer, low: Any = 0.0, high: Any = 1.0, size: Any = None) -> Any:
    least, most = plain(low), plain(high)
    if not math.isfinite(most - least):
        raise TypeProblem("The bounds of `uniform` are finite.")
    return _drawn(run, lambda **shape: drawer.of(run).uniform(least, most, **shape), size)


def _normal(run: Run, drawer: Drawer, loc: Any = 0.0, scale: Any = 1.0, size: Any = None) -> Any:
    middle, width = plain(loc), plain(scale)
    if not width >= 0:
        raise TypeProblem(f"A deviation is at least 0, not {width:g}.")
    return _drawn(run, lambda **shape: drawer.of(run).normal(middle, width, **shape), size)


def _bounds(low: Any, high: Any) -> tuple[int, int]:
    """Return between what whole numbers are drawn, the second left out."""
    first, end = (0, whole(low)) if high is None else (whole(low), whole(high))
    if first >= end:
        raise TypeProblem("The first bound of `randint` is the smaller one.")
    return first, end


def _randint(
    run: Run, drawer: Drawer, low: Any, high: Any = None, size: Any = None, dtype: Any = None
) -> Any:
    first, end = _bounds(low, high)
    return _drawn(run, lambda **shape: drawer.of(run).randint(first, end, **shape), size)


def _choice(
    run: Run, drawer: Drawer, items: Any, size: Any = None, replace: Any = True, p: Any = None
) -> Any:
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
        run,
        lambda **shape: drawer.of(run).choice(len(values), replace=again, p=shares, **shape),
        size,
    )
    return _picked(values, places)


def _picked(values: Any, places: Any) -> Any:
    if isinstance(places, list):
        return type(places)(_picked(values, place) for place in places)
    return values[places]


def _listed(run: Run, items: Any) -> Any:
    return items if isinstance(items, (list, tuple)) else count_to(run, items)


def _shuffle(run: Run, drawer: Drawer, items: Any) -> None:
    if not isinstance(items, list) or isinstance(items, Set):
        raise TypeProblem(f"A list is shuffled, not {describe(items)}.")
    run.recording.charge(len(items))
    order = [items[place] for place in drawer.of(run).permutation(len(items)).tolist()]
    write(run, items, slice(None), order)


def _permutation(run: Run, drawer: Drawer, items: Any) -> Any:
    order = nested(run, list(_listed(run, items)))
    _shuffle(run, drawer, order)
    return order


def _random(run: Run, drawer: Drawer, size: Any = None) -> Any:
    return _uniforms(run, drawer, size=size)


def _integers(run: Run, drawer: Drawer, low: Any, high: Any = None, size: Any = None) -> Any:
    first, end = _bounds(low, high)
    return _drawn(run, lambda **shape: drawer.of(run).integers(first, end, **shape), size)


def _made_of(kind: Callable[[int], Any], most: float = math.inf) -> Callable[..., Drawer]:
    """Return what makes a generator of a seed, which is no larger than NumPy takes it."""

    def made(run: Run, seed: Any = SEED) -> Drawer:
        number = whole(seed, "a seed")
        if not 0 <= number <= most:
            raise TypeProblem("A seed is at least 0, and that of a RandomState below 2**32.")
        return Drawer(kind(number))

    return made


_SHARED: dict[str, Callable[..., Any]] = {
    "random": _random,
    "standard_normal": lambda run, drawer, size=None: _normals(run, drawer, size=size),
    "uniform": _uniform,
    "normal": _normal,
    "choice": _choice,
    "shuffle": _shuffle,
    "permutation": _permutation,
}

METHODS: dict[str, Callable[..., Any]] = {**_SHARED, "integers": _integers}
"""Those of the generators that `default_rng` makes."""

METHODS_OF_OLD: dict[str, Callable[..., Any]] = {
    **_SHARED,
    "seed": _seed,
    "rand": _uniforms,
    "random_sample": _random,
    "randn": _normals,
    "randint": _randint,
}
"""Those of a `RandomState`, which are functions of `np.random`, too."""


def methods_of(drawer: Drawer) -> dict[str, Callable[..., Any]]:
    """Return what a generator draws."""
    return METHODS if isinstance(drawer.state, Generator) else METHODS_OF_OLD


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "numpy.random.default_rng": _made_of(default_rng),
    "numpy.random.RandomState": _made_of(RandomState, 2**32 - 1),
}
