"""The tools that people would use instead, each as a function that runs one program."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Any

import numpy as np

from tests.bench.programs import START, function

Task = Callable[[], object]
LARGEST_FOR_JAX = 100
"""Statements: what XLA fuses of longer programs takes it minutes to compile."""


def available(name: str) -> Any:
    """Return a module, or None where it is not installed."""
    try:
        return importlib.import_module(name)
    except ImportError:
        return None


def torch_scalars(source: str) -> Task | None:
    """Return the program on PyTorch's scalars, graph and backward."""
    torch = available("torch")
    if torch is None:
        return None
    code = compile(source, "program", "exec")

    def value(number: float) -> Any:
        return torch.tensor(number, dtype=torch.float64, requires_grad=True)

    return lambda: exec(code, {"Value": value})


def hips_autograd(source: str) -> Task | None:
    """Return the program under HIPS autograd, which traces it anew each time."""
    autograd = available("autograd")
    if autograd is None:
        return None
    scope: dict[str, Any] = {"relu": lambda x: x * (x > 0)}
    exec(function(source), scope)
    both = autograd.value_and_grad(lambda v: scope["f"](*v))
    return lambda: both(np.array(START))


def casadi_function(source: str) -> Task | None:
    """Return the program as a CasADi function of value and gradient, built beforehand."""
    casadi = available("casadi")
    if casadi is None:
        return None
    v = casadi.SX.sym("v", 3)
    scope: dict[str, Any] = {"relu": lambda x: casadi.if_else(x > 0, x, 0)}
    exec(function(source), scope)
    output = scope["f"](v[0], v[1], v[2])
    both = casadi.Function("f", [v], [output, casadi.gradient(output, v)])
    buffer, call = both.buffer()
    numbers, value, grads = np.array(START), np.zeros(1), np.zeros(3)
    buffer.set_arg(0, memoryview(numbers))
    buffer.set_res(0, memoryview(value))
    buffer.set_res(1, memoryview(grads))
    kept = (buffer, numbers, value, grads)  # CasADi reads and writes them without holding them
    return lambda: (call(), kept)


def jax_jit(source: str, statements: int, points: np.ndarray | None = None) -> Task | None:
    """Return the program compiled by JAX, at one point or mapped over points."""
    jax = available("jax")
    if jax is None or statements > LARGEST_FOR_JAX:
        return None
    jax.config.update("jax_enable_x64", True)
    scope: dict[str, Any] = {"relu": lambda x: jax.numpy.where(x > 0, x, 0.0)}
    exec(function(source), scope)
    both = jax.value_and_grad(lambda v: scope["f"](v[0], v[1], v[2]))
    run = jax.jit(both if points is None else jax.vmap(both))
    at = jax.numpy.array(START if points is None else points)
    jax.block_until_ready(run(at))
    return lambda: jax.block_until_ready(run(at))


def torch_batch(source: str, points: np.ndarray) -> Task | None:
    """Return the program over columns of points in PyTorch."""
    torch = available("torch")
    if torch is None:
        return None
    scope: dict[str, Any] = {"relu": torch.relu}
    exec(function(source), scope)

    def run() -> None:
        columns = [torch.tensor(column, requires_grad=True) for column in points.T]
        output = scope["f"](*columns)
        if output.requires_grad:
            output.sum().backward()

    return run


# -- micrograd's demo -----------------------------------------------------------------------------


def micrograd_step(data: dict[str, Any]) -> Task:
    """Return one step of the demo as the demo does it: all scalars, all rows."""
    nn = importlib.import_module("micrograd.nn")
    value = importlib.import_module("micrograd.engine").Value
    model = nn.MLP(2, [16, 16, 1])
    rows = list(zip(data["x1"], data["x2"], data["y"], strict=True))

    def run() -> None:
        losses = [(1 + -y * model([value(a), value(b)])).relu() for a, b, y in rows]
        loss = sum(losses) * (1.0 / len(losses)) + 1e-4 * sum(p * p for p in model.parameters())
        model.zero_grad()
        loss.backward()

    return run


def torch_step(data: dict[str, Any]) -> Task | None:
    """Return the step on PyTorch's tensors."""
    torch = available("torch")
    if torch is None:
        return None
    torch.set_num_threads(1)
    sizes = [(2, 16), (16, 16), (16, 1)]
    weights = [torch.randn(i, o, dtype=torch.float64, requires_grad=True) for i, o in sizes]
    biases = [torch.zeros(o, dtype=torch.float64, requires_grad=True) for _, o in sizes]
    x = torch.tensor(np.array([data["x1"], data["x2"]]).T)
    y = torch.tensor(data["y"], dtype=torch.float64)

    def run() -> None:
        out = torch.relu(torch.addmm(biases[0], x, weights[0]))
        out = torch.relu(torch.addmm(biases[1], out, weights[1]))
        score = torch.addmm(biases[2], out, weights[2])[:, 0]
        loss = torch.relu(1 - y * score).mean()
        loss = loss + 1e-4 * sum((p * p).sum() for p in (*weights, *biases))
        torch.autograd.grad(loss, [*weights, *biases])

    return run


def jax_step(data: dict[str, Any]) -> Task | None:
    """Return the step compiled by JAX."""
    jax = available("jax")
    if jax is None:
        return None
    jax.config.update("jax_enable_x64", True)
    jnp = jax.numpy
    sizes = [(2, 16), (16, 16), (16, 1)]
    chance = np.random.default_rng(0)
    weights = [jnp.array(chance.normal(size=size)) for size in sizes]
    biases = [jnp.zeros(size[1]) for size in sizes]
    x, y = jnp.array([data["x1"], data["x2"]]).T, jnp.array(data["y"])

    def loss(weights: Any, biases: Any) -> Any:
        out = jax.nn.relu(x @ weights[0] + biases[0])
        out = jax.nn.relu(out @ weights[1] + biases[1])
        score = (out @ weights[2] + biases[2])[:, 0]
        squares = sum((p * p).sum() for p in (*weights, *biases))
        return jax.nn.relu(1 - y * score).mean() + 1e-4 * squares

    run = jax.jit(jax.value_and_grad(loss, argnums=(0, 1)))
    jax.block_until_ready(run(weights, biases))
    return lambda: jax.block_until_ready(run(weights, biases))
