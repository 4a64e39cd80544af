"""Data: the sets that scikit-learn makes, under its names, from seeded code of our own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from engine import datasets
from engine.language.array import Array
from engine.language.run import Run, plain, whole
from engine.nn import SEED


def _made(make: Callable[..., datasets.Dataset]) -> Callable[..., Any]:
    def action(
        run: Run,
        n_samples: Any = 100,
        *,
        noise: Any = None,
        random_state: Any = None,
        **ignored: Any,
    ) -> tuple[Array, Array]:
        rows = whole(n_samples, "a number of samples")
        run.recording.charge(4 * max(rows, 0))
        seed = SEED if random_state is None else whole(random_state, "a seed")
        columns = make(rows, 0.0 if noise is None else plain(noise), seed).columns
        points = zip(columns["x1"], columns["x2"], strict=True)
        # Here the classes are 0 and 1, as in scikit-learn; the demo writes y*2 - 1.
        return Array(map(Array, points)), Array(int(y > 0) for y in columns["y"])

    return action


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "make_moons": _made(datasets.moons),
    "make_circles": _made(datasets.circles),
    "make_blobs": _made(datasets.blobs),
}
