"""Data: the sets that scikit-learn makes, under its names, from seeded code of our own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from engine import datasets
from engine.errors import TypeProblem
from engine.language.runtime.run import Run, plain, whole
from engine.language.values.array import Array
from engine.language.values.comparisons import truth
from engine.nn import SEED

MADE = {"centers": 2, "n_features": 2, "factor": 0.5}
"""What the sets are like: clouds and columns, and the radius of the inner circle to the outer."""


def _made(make: Callable[..., datasets.Dataset]) -> Callable[..., Any]:
    def action(
        run: Run,
        n_samples: Any = 100,
        *,
        noise: Any = None,
        random_state: Any = None,
        shuffle: Any = True,
        centers: Any = None,
        n_features: Any = None,
        factor: Any = None,
        cluster_std: Any = None,
    ) -> tuple[Array, Array]:
        asked = {"centers": centers, "n_features": n_features, "factor": factor}
        for option, wanted in asked.items():
            if wanted is not None and plain(wanted) != MADE[option]:
                raise TypeProblem(f"`{option}` is {MADE[option]} here, and cannot be another.")
        noise = cluster_std if noise is None else noise
        count = whole(n_samples, "a number of samples")
        run.recording.charge(4 * max(count, 0))
        seed = SEED if random_state is None else whole(random_state, "a seed")
        columns = make(count, 0.0 if noise is None else plain(noise), seed).columns
        # Here the classes are 0 and 1, as in scikit-learn; the demo writes y*2 - 1.
        rows = [
            (x1, x2, int(y > 0))
            for x1, x2, y in zip(columns["x1"], columns["x2"], columns["y"], strict=True)
        ]
        if not truth(shuffle):
            rows.sort(key=lambda row: row[2])  # all of one class, then all of the other
        return Array(Array(row[:2]) for row in rows), Array(row[2] for row in rows)

    return action


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "make_moons": _made(datasets.moons),
    "make_circles": _made(datasets.circles),
    "make_blobs": _made(datasets.blobs),
}
