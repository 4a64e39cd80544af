"""A thousand generated programs against PyTorch in double precision."""

import math
import random
import re

import numpy as np
import pytest

from engine import trace
from engine.objective import Objective
from tests.conftest import require

torch = require("torch")

UNARY = ["exp", "sin", "cos", "tanh", "sigmoid", "relu", "sqrt", "log", "abs", "atan", "sinh"]
BINARY = [
    "{} + {}",
    "{} - {}",
    "{} * {}",
    "{} / {}",
    "torch.maximum({}, {})",
    "torch.minimum({}, {})",
]


def program(seed):
    """Return statements that both Python with PyTorch and the language can run."""
    chance = random.Random(seed)
    names = ["a", "b", "c"]
    lines = []
    for index in range(chance.randrange(4, 14)):
        x, y = chance.choice(names), chance.choice(names[-3:])
        kind = chance.random()
        if kind < 0.5:
            right = chance.choice(BINARY).format(x, y)
        elif kind < 0.6:
            right = f"{chance.choice([-2, -1, 2, 3, 0.5])} * {x} + {chance.uniform(-2, 2):.3f}"
        elif kind < 0.7:
            right = f"({x} * {x} + 0.5) ** {chance.choice([2, 3, -1, 0.5, 1.5])}"
        elif kind < 0.75:
            right = f"({x} * {x} + 0.1) ** {y}"
        else:
            name = chance.choice(UNARY)
            inner = f"{x} * {x} + 0.2" if name in ("sqrt", "log") else x
            right = f"torch.{name}({inner})"
        if chance.random() < 0.2:
            target = chance.choice(names[3:] or ["v"])
            if target in names:
                lines.append(f"{target} = {right}")
                continue
        names.append(f"v{index}")
        lines.append(f"v{index} = {right}")
    lines.append(f"L = {' + '.join(names[-4:])}")
    return "\n".join(lines)


def by_torch(source, inputs):
    leaves = {
        k: torch.tensor(v, dtype=torch.float64, requires_grad=True) for k, v in inputs.items()
    }
    scope = {"torch": torch, **leaves}
    exec(source, scope)
    output = scope["L"]
    grads = torch.autograd.grad(output, list(leaves.values()), allow_unused=True)
    return output.item(), {
        k: 0.0 if g is None else g.item() for k, g in zip(leaves, grads, strict=True)
    }


@pytest.mark.parametrize("batch", range(10))
def test_generated_programs_have_the_values_and_gradients_of_pytorch(batch):
    compared = 0
    for seed in range(batch * 100, batch * 100 + 100):
        chance = random.Random(-seed)
        source = program(seed)
        inputs = {name: chance.uniform(-2, 2) for name in "abc"}
        value, grads = by_torch(source, inputs)
        ours = trace(source, inputs)
        assert ours.value == pytest.approx(value, rel=1e-12, abs=1e-300, nan_ok=True), source
        if not all(map(math.isfinite, grads.values())):
            continue  # PyTorch masks 0 * inf where a branch is off; a contribution here is nan
        compared += 1
        for entry in ours.inputs:
            scale = max(map(abs, grads.values()))
            assert entry.grad == pytest.approx(
                grads[entry.name], rel=1e-12, abs=scale * 1e-13, nan_ok=True
            ), source
    assert compared > 80


@pytest.mark.parametrize(
    "source",
    [
        "torch.nn.functional.gelu(x)",
        "torch.nn.functional.leaky_relu(x, 0.2)",
        "torch.nn.functional.elu(x)",
        "torch.nn.functional.elu(x, alpha=0.5)",
        "torch.clamp(x, min=-1.0, max=0.3)",
        "torch.nn.functional.softplus(x)",
        "x ** x.abs()",
    ],
)
@pytest.mark.parametrize("x", [-1.7, 0.4, 0.3, 2.5])
def test_functions_of_pytorch_agree(source, x):
    leaf = torch.tensor(x, dtype=torch.float64, requires_grad=True)
    result = eval(source, {"torch": torch, "x": leaf})
    result.backward()
    ours = trace(f"y = {source}", {"x": x})
    assert ours.value == pytest.approx(result.item(), rel=1e-12, nan_ok=True)
    assert ours["x"].grad == pytest.approx(leaf.grad.item(), rel=1e-11, nan_ok=True)


def columns(seed, count):
    chance = random.Random(-seed)
    return {name: [chance.uniform(-2, 2) for _ in range(count)] for name in "abc"}


@pytest.mark.parametrize("batch", range(4))
def test_batches_of_generated_programs_are_the_columns_of_pytorch(batch):
    compared = 0
    for seed in range(batch * 50, batch * 50 + 50):
        source = program(seed)
        used = [name for name in "abc" if re.search(rf"\b{name}\b", source)]
        points = {name: columns(seed, 40)[name] for name in used}
        leaves = {
            name: torch.tensor(column, dtype=torch.float64, requires_grad=True)
            for name, column in points.items()
        }
        scope = {"torch": torch, **leaves}
        exec(source, scope)
        output = scope["L"]
        found = torch.autograd.grad(output.sum(), list(leaves.values()), allow_unused=True)
        ours = Objective(source, used)
        values, grads = ours.over(list(zip(*points.values(), strict=True)))
        assert values == pytest.approx(output.detach().numpy(), rel=1e-11, nan_ok=True), source
        for index, grad in enumerate(found):
            theirs = torch.zeros(40) if grad is None else grad
            finite = torch.isfinite(theirs).numpy() & np.isfinite(grads).all(1)
            scale = abs(grads[finite]).max(initial=1e-300)
            assert grads[finite, index] == pytest.approx(
                theirs.numpy()[finite], rel=1e-11, abs=1e-13 * scale
            ), source
            compared += finite.sum()
    assert compared > 4_000


@pytest.mark.parametrize("batch", range(4))
def test_second_derivatives_of_generated_programs_are_those_of_pytorch(batch):
    compared = 0
    for seed in range(batch * 50, batch * 50 + 50):
        chance = random.Random(-seed)
        source = program(seed)
        inputs = {name: chance.uniform(-2, 2) for name in "abc"}
        traced = trace(source + "\nD = grad(grad(L, a), a)", inputs)
        a, b, c = (
            torch.tensor(x, dtype=torch.float64, requires_grad=True) for x in inputs.values()
        )
        scope = {"torch": torch, "a": a, "b": b, "c": c}
        exec(source, scope)
        (first,) = torch.autograd.grad(scope["L"], a, create_graph=True, allow_unused=True)
        if first is None or not first.requires_grad:
            assert traced.value == 0.0, source
            continue
        (second,) = torch.autograd.grad(first, a, allow_unused=True)
        theirs = 0.0 if second is None else second.item()
        if math.isfinite(theirs) and math.isfinite(scope["L"].item()):
            assert traced.value == pytest.approx(theirs, rel=1e-9, abs=1e-10), source
            compared += 1
    assert compared > 25
