"""Arrays do what NumPy's do, and their gradients are PyTorch's."""

import ast
import random

import numpy as np
import pytest

from engine import trace
from engine.errors import ChainruleError
from tests.conftest import require

SHAPES = [(3,), (2, 3), (3, 3), (3, 1), (1, 3), (2, 1), (2, 2), (2,), (1,), ()]

EXPRESSIONS = [
    *("A + B", "A - B", "A * B", "A > B", "A @ B", "A / (B*B + 1)", "np.maximum(A, B)"),
    *("A.sum()", "A.sum(0)", "A.sum(1)", "A.sum(axis=-1)", "A.mean(0)", "A.max(0)", "A.min(-1)"),
    *("A.T", "A.T @ A", "A.reshape(-1)", "A.ravel()", "A[A > 0]", "A[:, 0]", "A[0]", "A[-1:]"),
    *("(A**2).sum(0, keepdims=True)", "A.mean(axis=1, keepdims=True)", "A / A.sum()"),
    *("np.c_[A, A]", "np.meshgrid(A, A)[0]", "np.meshgrid(A, A)[1]", "A[[0, 0]]", "A.min(0)"),
]


def array(values):
    return f"np.array({values.tolist()})" if values.shape else repr(float(values))


def numpy_says(expression, a, b):
    """Return NumPy's answer, or None where NumPy refuses or answers what is no array of ours."""
    try:
        with np.errstate(all="ignore"):
            return np.array(eval(expression, {"np": np, "A": a, "B": b}))
    except (ValueError, TypeError, IndexError):
        return None


@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_expression_is_what_numpy_makes_of_it(expression):
    chance = random.Random(expression)
    compared = 0
    for turn in range(40):
        numbers = np.random.default_rng(turn)
        a = np.round(numbers.normal(size=chance.choice(SHAPES[:-1])), 2)
        b = np.round(numbers.normal(size=chance.choice(SHAPES)), 2)
        if "meshgrid" in expression and a.ndim > 1:
            continue
        if "c_" in expression and a.ndim > 1:
            continue
        source = f"A = {array(a)}\nB = {array(b)}\nprint({expression})\nL = x * x"
        expected = numpy_says(expression, a, b)
        if expected is None:
            with pytest.raises(ChainruleError):
                trace(source)
        else:
            printed = np.array(ast.literal_eval(trace(source).margin.console[0]))
            assert printed.shape == expected.shape
            np.testing.assert_allclose(printed, expected, rtol=1e-12, atol=1e-12)
        compared += 1
    assert compared > 5


PROGRAMS = {
    "a layer": "L = torch.tanh(X @ w + b).sum()",
    "columns": "L = (X.sum(0) * w).mean()",
    "rows": "L = (X * X).sum(1).mean() + b.sum()",
    "shares": "L = (X.exp() / X.exp().sum(1, keepdim=True))[:, 0].sum() * w.sum()",
    "picked": "L = (X[X > 0] ** 2).sum() + w[0]",
    "reshaped": "L = (X.reshape(2, 3) @ torch.tensor([1.0, 2.0, 3.0])).sum() * w[1]",
    "detached": "L = (X.detach() * X).sum() * w.sum()",
    "transposed": "L = (X.T @ X)[0, 1] * b[0] + w[0]",
}


@pytest.mark.parametrize("line", PROGRAMS.values(), ids=PROGRAMS)
def test_gradients_of_arrays_are_those_of_pytorch(line):
    torch = require("torch")
    program = (
        "X = torch.tensor([[0.5, -1.0], [2.0, 0.25], [-0.75, 1.5]], requires_grad=True)\n"
        "w = torch.tensor([0.3, -0.6], requires_grad=True)\n"
        "b = torch.tensor([1.0, 2.0, -0.5], requires_grad=True)\n"
        f"{line}\nL.backward()"
    )
    t = trace(program)
    names = {"torch": torch}
    torch.set_default_dtype(torch.float64)
    try:
        exec(program, names)
    finally:
        torch.set_default_dtype(torch.float32)
    assert t.value == pytest.approx(names["L"].item(), rel=1e-12)
    for name in ("X", "w", "b"):
        grads = names[name].grad
        for place, gradient in np.ndenumerate(grads.numpy() if grads is not None else np.zeros(0)):
            own = t[f"{name}{''.join(f'[{i}]' for i in place)}"].grad
            assert own == pytest.approx(gradient, rel=1e-12, abs=1e-15)


def test_length_along_one_index_is_asked_for():
    lines = list(trace("X = np.ones((2, 3))\nprint(X.size(0), X.size())\nL = x*x").margin.console)
    assert lines == ["2 (2, 3)"]
