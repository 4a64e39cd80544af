"""Neuron, Layer and MLP as micrograd has them: networks of scalars, readable from end to end.

    >>> model = MLP(3, [4, 4, 1])
    >>> len(model.parameters())
    41

A `Maker` says where parameters and randomness come from, so that the same code builds networks of
plain Values and networks that a program's recording follows.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Any

from engine.errors import TypeProblem
from engine.operations import OPERATIONS
from engine.value import Value, constant

SEED = 42
ACTIVATIONS = (
    "linear",
    *(
        operation.symbol
        for operation in OPERATIONS.values()
        if operation.symbol.isidentifier() and operation.arity - len(operation.defaults) == 1
    ),
)
"""What a neuron may do with its sum: every operation of one number, and nothing."""


class Maker:
    """Makes the parts of a network: plain Values, from one seeded generator."""

    def __init__(self, seed: int = SEED) -> None:
        self.random = random.Random(seed)

    def parameter(self, number: float) -> Any:
        """Return a trainable number."""
        return Value(number)

    def lift(self, number: Any) -> Any:
        """Return an input of the network, made a constant if it is a plain number."""
        return number if isinstance(number, Value) else constant(number)

    def inside(self, name: str) -> AbstractContextManager[None]:
        """Group the nodes made meanwhile under a name."""
        return nullcontext()


class Module:
    """Something with parameters."""

    def parameters(self) -> list[Any]:
        """Return every trainable number, in a fixed order."""
        return []

    def parts(self) -> dict[str, Any]:
        """Return what it holds, by what is written after its name to reach it."""
        return {}

    def zero_grad(self) -> None:
        """Forget the gradients, which otherwise add up over backward passes."""
        for parameter in self.parameters():
            parameter.grad = 0.0


class Neuron(Module):
    """activation(w · x + b), with weights drawn uniformly from [-1, 1] and a bias of 0."""

    def __init__(
        self,
        nin: int,
        nonlin: bool = True,
        *,
        activation: str = "relu",
        seed: int = SEED,
        maker: Maker | None = None,
    ) -> None:
        if activation not in ACTIVATIONS:
            raise TypeProblem(
                f"No activation is called {activation!r}.", hint=f"one of {', '.join(ACTIVATIONS)}"
            )
        self.maker = maker or Maker(seed)
        self.w = [self.maker.parameter(self.maker.random.uniform(-1, 1)) for _ in range(nin)]
        self.b = self.maker.parameter(0.0)
        self.activation = activation if nonlin else "linear"

    def __call__(self, x: Sequence[Any]) -> Any:
        """Return the activation for a list of inputs."""
        if len(x) != len(self.w):
            raise TypeProblem(
                f"A neuron with {len(self.w)} weights was given {len(x)} inputs.",
                hint=f"give a list of {len(self.w)}",
            )
        lift = self.maker.lift
        with self.maker.inside("neuron"):
            total = self.b
            for w, number in zip(self.w, x, strict=True):
                total = total + w * lift(number)
            return total if self.activation == "linear" else getattr(total, self.activation)()

    def parts(self) -> dict[str, Any]:
        """Return the weights and the bias by their names."""
        return {".w": self.w, ".b": self.b}

    def parameters(self) -> list[Any]:
        """Return the weights, then the bias."""
        return [*self.w, self.b]

    def __repr__(self) -> str:
        name = {"relu": "ReLU"}.get(self.activation, self.activation.capitalize())
        return f"{name}Neuron({len(self.w)})"


class Layer(Module):
    """Neurons side by side, all fed the same inputs."""

    def __init__(
        self, nin: int, nout: int, *, seed: int = SEED, maker: Maker | None = None, **kind: Any
    ) -> None:
        self.maker = maker or Maker(seed)
        self.neurons = [Neuron(nin, maker=self.maker, **kind) for _ in range(nout)]

    def __call__(self, x: Sequence[Any]) -> Any:
        """Return one activation for each neuron, or the number alone if there is one neuron."""
        with self.maker.inside("layer"):
            inputs = [self.maker.lift(number) for number in x]
            out = [neuron(inputs) for neuron in self.neurons]
        return out[0] if len(out) == 1 else out

    def __getitem__(self, index: int) -> Neuron:
        return self.neurons[index]

    def __len__(self) -> int:
        return len(self.neurons)

    def parts(self) -> dict[str, Any]:
        """Return the neurons, which are reached by their places."""
        return {"": self.neurons}

    def parameters(self) -> list[Any]:
        """Return the parameters of each neuron in turn."""
        return [parameter for neuron in self.neurons for parameter in neuron.parameters()]

    def __repr__(self) -> str:
        return f"Layer of [{', '.join(map(str, self.neurons))}]"


class Stack(Module):
    """Layers one after another, reached by their places."""

    layers: list[Any]

    def __getitem__(self, index: int) -> Any:
        return self.layers[index]

    def __len__(self) -> int:
        return len(self.layers)

    def parts(self) -> dict[str, Any]:
        """Return the layers, which are reached by their places."""
        return {"": self.layers}

    def parameters(self) -> list[Any]:
        """Return the parameters of each layer in turn; a layer may be a function, without any."""
        modules = [layer for layer in self.layers if isinstance(layer, Module)]
        return [parameter for module in modules for parameter in module.parameters()]


class MLP(Stack):
    """Layers one after another; the last one is linear, as in micrograd."""

    def __init__(
        self,
        nin: int,
        nouts: Sequence[int],
        *,
        activation: str = "relu",
        seed: int = SEED,
        maker: Maker | None = None,
    ) -> None:
        self.maker = maker or Maker(seed)
        sizes = [nin, *nouts]
        self.layers = [
            Layer(
                sizes[i],
                sizes[i + 1],
                maker=self.maker,
                nonlin=i != len(nouts) - 1,
                activation=activation,
            )
            for i in range(len(nouts))
        ]

    def __call__(self, x: Sequence[Any]) -> Any:
        """Return what the last layer makes of a list of inputs."""
        out: Any = x
        for layer in self.layers:
            out = layer(out if hasattr(out, "__iter__") else [out])
        return out

    def __repr__(self) -> str:
        return f"MLP of [{', '.join(map(str, self.layers))}]"
