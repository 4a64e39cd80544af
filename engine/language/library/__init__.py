"""The library: every name that a program finds ready, in one mapping."""

from __future__ import annotations

import math
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from engine.language.library import (
    along,
    arrays,
    chance,
    choices,
    classes,
    data,
    einsum,
    gradients,
    initial,
    iterating,
    layers,
    linalg,
    lists,
    losses,
    mathematics,
    models,
    numbers,
    numpy_chance,
    optimizing,
    ordering,
    products,
    reductions,
    rounding,
    schedules,
    shapes,
    spreads,
    tools,
    words,
)
from engine.language.library.operate import builtin
from engine.language.runtime.variable import METHODS
from engine.language.values.functions import Bracketed, Builtin, Ignored, Taking
from engine.language.values.modules import LibraryModule

PARTS: tuple[Any, ...] = (
    *(lists, words, arrays, shapes, reductions, ordering, products, losses, layers, optimizing),
    *(numbers, rounding, models, gradients, chance, numpy_chance, data, tools, schedules),
    *(linalg, choices, spreads, einsum, initial, classes, along),
    mathematics,
)


def _library() -> Mapping[str, Any]:
    library: dict[str, Any] = {
        "pi": math.pi,
        "π": math.pi,
        "e": math.e,
        "math.tau": math.tau,
        "inf": math.inf,
        "nan": math.nan,
    }
    library["__name__"] = "__main__"
    library |= {name: builtin(operation) for name, operation in METHODS.items()}
    library["fabs"] = library["abs"]
    for part in PARTS:
        library |= {name: Builtin(name, action) for name, action in part.FUNCTIONS.items()}
    library |= {name: Taking(name, action) for name, action in iterating.FUNCTIONS.items()}
    for name, action in numpy_chance.METHODS_OF_OLD.items():
        library[f"numpy.random.{name}"] = Builtin(name, action, (numpy_chance.SHARED,))
    library["numpy.newaxis"] = None
    library["c_"] = Bracketed("c_", shapes.columns)
    for name in ("math", "numpy", "torch", "jax", "random"):
        library[name] = LibraryModule(name, library)
    library["np"] = library["numpy"]
    library |= {name: Ignored(name) for name in ("plt", "draw_dot", "Digraph", "display")}
    return MappingProxyType(library)


LIBRARY: Mapping[str, Any] = _library()
"""Names and what they stand for; a program's own names hide them."""

RESERVED = frozenset(name for name, value in LIBRARY.items() if isinstance(value, Ignored))
"""Names that draw or configure: a function that uses them has nothing to do here."""
