"""Datasets for teaching: small, two-dimensional, made by seeded code of our own.

    >>> moons(100).columns.keys()
    dict_keys(['x1', 'x2', 'y'])

Each is columns by name, as a descent takes them. The classes of those with two are -1 and 1.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from engine.errors import UnknownName, quoted
from engine.nn import SEED

Point = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Dataset:
    """Columns of equal length, by name; the last one is what the others are to predict."""

    name: str
    columns: Mapping[str, Sequence[float]]


def xor(rows: int = 100, noise: float = 0.1, seed: int = SEED) -> Dataset:
    """Return four clouds at (±1, ±1); where the signs differ the class is 1."""
    corners = [(1.0, 1.0), (1.0, -1.0), (-1.0, -1.0), (-1.0, 1.0)]

    def point(index: int) -> Point:
        x1, x2 = corners[index % 4]
        return x1, x2, 1.0 if x1 * x2 < 0 else -1.0

    return _planar("xor", rows, noise, seed, point)


def moons(rows: int = 100, noise: float = 0.1, seed: int = SEED) -> Dataset:
    """Return two half circles that reach into each other, placed as by scikit-learn."""

    def point(index: int) -> Point:
        half = max(math.ceil(rows / 2) - 1, 1)
        angle = math.pi * (index // 2) / half
        if index % 2:
            return 1.0 - math.cos(angle), 0.5 - math.sin(angle), 1.0
        return math.cos(angle), math.sin(angle), -1.0

    return _planar("moons", rows, noise, seed, point)


def circles(rows: int = 100, noise: float = 0.1, seed: int = SEED) -> Dataset:
    """Return a circle of radius 1 around one of radius a half, which is class 1."""

    def point(index: int) -> Point:
        angle = 2 * math.pi * (index // 2) / max(math.ceil(rows / 2), 1)
        radius = 0.5 if index % 2 else 1.0
        return radius * math.cos(angle), radius * math.sin(angle), 1.0 if index % 2 else -1.0

    return _planar("circles", rows, noise, seed, point)


def spiral(rows: int = 100, noise: float = 0.05, seed: int = SEED) -> Dataset:
    """Return two arms that turn about one another one and a half times."""

    def point(index: int) -> Point:
        share = (index // 2 + 1) / max(math.ceil(rows / 2), 1)
        angle = 3 * math.pi * share + (math.pi if index % 2 else 0.0)
        return share * math.cos(angle), share * math.sin(angle), 1.0 if index % 2 else -1.0

    return _planar("spiral", rows, noise, seed, point)


def blobs(rows: int = 100, noise: float = 0.5, seed: int = SEED) -> Dataset:
    """Return two clouds, around (-1, -1) and (1, 1)."""

    def point(index: int) -> Point:
        side = 1.0 if index % 2 else -1.0
        return side, side, side

    return _planar("blobs", rows, noise, seed, point)


def linear(rows: int = 100, noise: float = 0.1, seed: int = SEED) -> Dataset:
    """Return points about the line y = 2x + 1, x between -1 and 1."""
    chance = random.Random(seed)
    xs = [2 * index / max(rows - 1, 1) - 1 for index in range(rows)]
    return Dataset("linear", {"x": xs, "y": [2 * x + 1 + chance.gauss(0, noise) for x in xs]})


def _planar(
    name: str, rows: int, noise: float, seed: int, point: Callable[[int], Point]
) -> Dataset:
    chance = random.Random(seed)
    points = []
    for index in range(rows):
        x1, x2, y = point(index)
        points.append((x1 + chance.gauss(0, noise), x2 + chance.gauss(0, noise), y))
    x1s, x2s, ys = zip(*points, strict=True) if points else ((), (), ())
    return Dataset(name, {"x1": x1s, "x2": x2s, "y": ys})


DATASETS: Mapping[str, Callable[..., Dataset]] = MappingProxyType(
    {make.__name__: make for make in (xor, moons, circles, spiral, blobs, linear)}
)
"""Each as a function of rows, noise and seed."""


def dataset(name: str, rows: int = 100, noise: float = 0.1, seed: int = SEED) -> Dataset:
    """Return a dataset by name. Raises `UnknownName`."""
    if name not in DATASETS:
        raise UnknownName(
            f"No dataset is called {quoted(name)}.", hint=f"one of {', '.join(DATASETS)}"
        )
    return DATASETS[name](rows, noise, seed)
