"""Values and networks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import pairwise
from typing import Any

from engine.errors import LimitExceeded, TypeProblem, encodable
from engine.language.hints.names import nearest
from engine.language.library.arrays import kinds_of, nested, watched
from engine.language.runtime.run import RecordedMaker, Run, items_of, plain, whole
from engine.language.values.array import Array
from engine.language.values.comparisons import truth
from engine.nn import MLP, Layer, Neuron

OPTIONS = {"requires_grad", "dtype", "device", "pin_memory", "_children", "_op"}
"""What micrograd and PyTorch take beside a number; it means nothing here."""


def _value(run: Run, data: Any, label: Any = "", **options: Any) -> Any:
    _check_options("Value", options)
    if isinstance(data, (list, tuple)):
        return _values(run, data)
    name = label if isinstance(label, str) else ""
    return run.recording.input(encodable(name[:100]), plain(data), run.recording.place)


def _check_options(name: str, options: Mapping[str, Any]) -> None:
    for option in options.keys() - OPTIONS:
        hint = nearest(option, (*OPTIONS, "label"))
        raise TypeProblem(f"`{name}` has no option `{option}`.", hint=hint)


def _tensor(run: Run, data: Any, *, requires_grad: Any = False, **options: Any) -> Any:
    """Return Values; of what has no gradients in PyTorch, whole numbers and bools, an array."""
    _check_options("tensor", options)
    made = nested(run, data)
    kinds = kinds_of(run, made)
    if (kinds == {int} or (kinds == {bool} and "dtype" not in options)) and not truth(
        requires_grad
    ):
        return made
    values = _value(run, data)
    return watched(run, values) if truth(requires_grad) else values


def _values(run: Run, data: Any) -> Array:
    run.recording.charge(len(data))
    return Array(
        _values(run, item) if isinstance(item, (list, tuple)) else _value(run, item)
        for item in data
    )


def check_sizes(run: Run, *counts: int) -> None:
    """Refuse networks without neurons, and those that have no room among the nodes."""
    parameters = sum((a + 1) * b for a, b in pairwise(counts))
    if min(counts) < 1:
        raise TypeProblem("A network needs at least one input and one neuron in each layer.")
    if parameters > run.recording.limits.nodes:
        raise LimitExceeded(
            f"The network has {parameters} parameters; the limit `nodes` is "
            f"{run.recording.limits.nodes}.",
            hint="Make it smaller.",
        )


def _options(run: Run, kind: Mapping[str, Any]) -> dict[str, Any]:
    """Return the options of a network, and what makes its parts: a seed begins anew."""
    known = {"nonlin", "activation", "seed"}
    if not kind.keys() <= known:
        raise TypeProblem(f"A neuron has no option `{min(kind.keys() - known)}`.")
    options = {name: value for name, value in kind.items() if name != "seed"}
    seed = kind.get("seed")
    maker = run.maker if seed is None else RecordedMaker(run.recording, whole(seed, "a seed"))
    return options | {"maker": maker}


def _neuron(run: Run, nin: Any, nonlin: Any = True, **kind: Any) -> Neuron:
    check_sizes(run, whole(nin), 1)
    return Neuron(whole(nin), bool(nonlin), **_options(run, kind))


def _layer(run: Run, nin: Any, nout: Any, **kind: Any) -> Layer:
    check_sizes(run, whole(nin), whole(nout))
    return Layer(whole(nin), whole(nout), **_options(run, kind))


def _mlp(run: Run, nin: Any, nouts: Any, activation: Any = "relu", seed: Any = None) -> MLP:
    sizes = [whole(n, "a number of neurons") for n in items_of(nouts)]
    check_sizes(run, whole(nin), *(sizes or [0]))
    return MLP(whole(nin), sizes, **_options(run, {"activation": activation, "seed": seed}))


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "Value": _value,
    "tensor": _tensor,
    "Tensor": _value,
    "Neuron": _neuron,
    "Layer": _layer,
    "MLP": _mlp,
}
