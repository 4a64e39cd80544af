"""Chance as Python draws it, from one seeded generator: the same request gives the same numbers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from engine.errors import TypeProblem
from engine.language.library.arrays import differentiable, filled, shape_of
from engine.language.library.lists import count_to
from engine.language.library.operate import nonempty
from engine.language.runtime.run import Run, describe, items_of, plain, whole
from engine.language.values.indexing import write
from engine.language.values.sets import Set


def _seed(run: Run, seed: Any = 0) -> None:
    number = plain(seed)
    if number == number // 1:  # Python tells -3 from -3.0
        number = int(number)
    run.maker.random.seed(number if number == number else 0.0)  # every nan is the same seed


class Generator:
    """What `torch.Generator()` makes: a door to the one generator that there is."""

    name = "Generator"


def _reseeded(run: Run, generator: Generator, seed: Any = 0) -> Generator:
    _seed(run, seed)
    return generator


METHODS: dict[str, Callable[..., Any]] = {"manual_seed": _reseeded}


def _uniform(run: Run, low: Any = 0.0, high: Any = 1.0, size: Any = ()) -> Any:
    least, most = plain(low), plain(high)
    return filled(run, shape_of(size), lambda: run.maker.random.uniform(least, most))


def _gauss(run: Run, mean: Any = 0.0, deviation: Any = 1.0, size: Any = ()) -> Any:
    middle, width = plain(mean), plain(deviation)
    return filled(run, shape_of(size), lambda: run.maker.random.gauss(middle, width))


def _normalvariate(run: Run, mean: Any = 0.0, deviation: Any = 1.0) -> float:
    return run.maker.random.normalvariate(plain(mean), plain(deviation))


def _random(run: Run) -> float:
    return run.maker.random.random()


def _integer(run: Run, low: Any, high: Any) -> int:
    first, last = whole(low), whole(high)
    if first > last:
        raise TypeProblem("The first bound of `randint` is the smaller one.")
    return run.maker.random.randint(first, last)


def _below(run: Run, low: Any, high: Any = None, size: Any = ()) -> Any:
    """Return whole numbers as NumPy and PyTorch draw them: the upper bound is left out."""
    first, end = (0, whole(low)) if high is None else (whole(low), whole(high))
    if first >= end:
        raise TypeProblem("The first bound of `randint` is the smaller one.")
    return filled(run, shape_of(size), lambda: run.maker.random.randrange(first, end))


def _choice(run: Run, items: Any) -> Any:
    return run.maker.random.choice(nonempty(items, "choice"))


def _shuffle(run: Run, items: Any) -> None:
    if not isinstance(items, list) or isinstance(items, Set):
        raise TypeProblem(f"A list is shuffled, not {describe(items)}.")
    run.recording.charge(len(items))
    order = list(items)
    run.maker.random.shuffle(order)
    write(run, items, slice(None), order)


def _sample(run: Run, items: Any, k: Any) -> list[Any]:
    """Return some elements of a list, none of them twice."""
    values, count = items_of(items), whole(k)
    if not 0 <= count <= len(values):
        raise TypeProblem(f"There are only {len(values)} to choose from.")
    run.recording.charge(len(values))
    return run.maker.random.sample(values, count)


def _permutation(run: Run, items: Any) -> list[Any]:
    order = list(items) if isinstance(items, (list, tuple)) else count_to(run, items)
    _shuffle(run, order)
    return order


def _normals(run: Run, *shape: Any, size: Any = ()) -> Any:
    return filled(run, shape_of(shape or size), lambda: run.maker.random.gauss(0.0, 1.0))


def _uniforms(run: Run, *shape: Any, size: Any = ()) -> Any:
    return filled(run, shape_of(shape or size), run.maker.random.random)


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "torch.Generator": lambda run, device=None: Generator(),
    "seed": _seed,
    "manual_seed": _seed,
    "uniform": _uniform,
    "gauss": _gauss,
    "normal": lambda run, loc=0.0, scale=1.0, size=(): _gauss(run, loc, scale, size),
    "torch.normal": differentiable(
        lambda run, mean=0.0, std=1.0, size=(): _gauss(run, mean, std, size)
    ),
    "normalvariate": _normalvariate,
    "random.random": _random,
    "randint": _integer,
    "torch.randint": differentiable(_below),
    "choice": _choice,
    "shuffle": _shuffle,
    "random.sample": _sample,
    "permutation": _permutation,
    "randn": differentiable(_normals),
    "rand": differentiable(_uniforms),
}
