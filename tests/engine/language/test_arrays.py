"""Arrays do what NumPy's do, and their gradients are PyTorch's."""

import ast
import random

import numpy as np
import pytest

from engine import trace
from engine.descent import Descent
from engine.errors import ChainruleError
from tests.conftest import require

SHAPES = [(3,), (2, 3), (3, 3), (3, 1), (1, 3), (2, 1), (2, 2), (2,), (1,), ()]

EXPRESSIONS = [
    *("A + B", "A - B", "A * B", "A > B", "A @ B", "A / (B*B + 1)", "np.maximum(A, B)"),
    *("A.sum()", "A.sum(0)", "A.sum(1)", "A.sum(axis=-1)", "A.mean(0)", "A.max(0)", "A.min(-1)"),
    *("A.T", "A.T @ A", "A.reshape(-1)", "A.ravel()", "A[A > 0]", "A[:, 0]", "A[0]", "A[-1:]"),
    *("(A**2).sum(0, keepdims=True)", "A.mean(axis=1, keepdims=True)", "A / A.sum()"),
    *("np.c_[A, A]", "np.meshgrid(A, A)[0]", "np.meshgrid(A, A)[1]", "A[[0, 0]]", "A.min(0)"),
    *("np.sum(A, 0)", "np.max(A, 0)", "np.min(A, axis=-1)", "np.mean(A, 0)", "np.outer(A, A)"),
    *("A.reshape(1, 1, -1).T", "A.reshape(-1, 1, 1).T", "A.squeeze()", "A % 2", "A // 2"),
    *(
        "A[[0, 1], [1, 0]]",
        "np.c_[A, B]",
        "np.array([0, 2.5, 1])",
        "(A > 0).any()",
        "(A > 0).all()",
    ),
    *("np.where(A > 0, A, B)", "np.concatenate([A, A])", "np.concatenate((A, B), axis=-1)"),
    *("np.vstack([A, B])", "np.hstack([A, A])", "np.stack([A, A], axis=-1)", "np.eye(3) * 2"),
    *("A[None]", "A[:, None]", "A[:, np.newaxis, 0]", "np.expand_dims(A, -1)", "A.argmax()"),
    *("np.std(A)", "np.var(A, 0)", "np.cumsum(A)", "np.cumsum(A, axis=0)", "np.prod(A, axis=-1)"),
    *("np.argmax(A, axis=0)", "np.power(A, 2)", "np.subtract(A, B)", "A.astype(int)", "A.ndim"),
    *("A.copy() + A.prod()", "np.multiply(A, 2)", "np.identity(2)", "np.std(A, axis=0)"),
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
        if "outer" in expression and a.ndim > 1:
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


INDICES = ["0", "-1", ":", "::2", "1:", "0, 1", ":, 0", "1, :", "A > 0", "[0, 1]", "[0, 1], [1, 0]"]
WRITTEN = ["7.5", "B", "[1.0, 2.0]", "[[3.0], [4.0]]", "A[0]"]


@pytest.mark.parametrize("index", INDICES)
@pytest.mark.parametrize("new", WRITTEN)
def test_what_is_written_into_an_array_is_written_as_numpy_does(index, new):
    numbers = np.random.default_rng(len(index) + len(new))
    for shape in ((3,), (2, 2), (2, 3), (3, 2)):
        a, b = np.round(numbers.normal(size=shape), 2), np.round(numbers.normal(size=shape[-1]), 2)
        source = f"A = {array(a)}\nB = {array(b)}\nA[{index}] = {new}\nprint(A)\nL = x * x"
        expected = a.copy()
        try:
            exec(f"A[{index}] = {new}", {"A": expected, "B": b})
        except (ValueError, TypeError, IndexError):
            with pytest.raises(ChainruleError):
                trace(source)
        else:
            printed = ast.literal_eval(trace(source).margin.console[0])
            np.testing.assert_array_equal(np.array(printed), expected)


def test_value_written_into_an_array_keeps_its_gradient():
    t = trace("w = 3.0\nA = np.zeros((2, 2))\nA[:, 0] = w\nL = (A * A).sum()")
    assert (t.value, t["w"].grad) == (18.0, 12.0)


PROGRAMS = {
    "a layer": "L = torch.tanh(X @ w + b).sum()",
    "columns": "L = (X.sum(0) * w).mean()",
    "rows": "L = (X * X).sum(1).mean() + b.sum()",
    "shares": "L = (X.exp() / X.exp().sum(1, keepdim=True))[:, 0].sum() * w.sum()",
    "picked": "L = (X[X > 0] ** 2).sum() + w[0]",
    "reshaped": "L = (X.reshape(2, 3) @ torch.tensor([1.0, 2.0, 3.0])).sum() * w[1]",
    "detached": "L = (X.detach() * X).sum() * w.sum()",
    "norm": "L = (X.relu() @ w).relu().norm() + (X * 0).norm() * b.norm()",
    "columns of one": "L = ((X.reshape(-1, 1) - w) ** 2).sum() + b[0]",
    "squared errors": "L = F.mse_loss(X, torch.ones(3, 2)) + F.l1_loss(w, b[:2])",
    "binary": "L = F.binary_cross_entropy(torch.sigmoid(X @ w), torch.tensor([1.0, 0.0, 0.25]))",
    "logits": "L = F.binary_cross_entropy_with_logits(X @ w + b, torch.tensor([1.0, 0.0, 0.25]))",
    "classes": "L = F.cross_entropy(X * w, torch.tensor([1, 0, 1])) * b[0]",
    "weights": "L = (torch.softmax(X, dim=1) * torch.softmax(X, dim=0)).sum() * (w.sum() + b[0])",
    "spread": "L = torch.std(X) + torch.var(X, dim=0).sum() + (X - X.mean(0)).prod() + w[0] * b[0]",
    "joined": "L = (torch.cat([X, X * w], dim=1) ** 2).sum() + torch.stack([w, w * w]).sum() * b[1]",
    "chosen": "L = torch.where(X > 0, X * w, -X).sum() + X.unsqueeze(0).sum() + w.cumsum(0).prod()",
    "transposed": "L = (X.T @ X)[0, 1] * b[0] + w[0]",
}


@pytest.mark.parametrize("line", PROGRAMS.values(), ids=PROGRAMS)
def test_gradients_of_arrays_are_those_of_pytorch(line):
    torch = require("torch")
    program = (
        "import torch.nn.functional as F\n"
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


def test_what_is_detached_follows_its_program_and_is_no_input():
    source = "a = 2.0\nb = 3.0\nu = (a * b).detach()\nL = u*a + b\nL.backward()"
    assert [entry.name for entry in trace(source).inputs] == ["a", "b"]
    descent = list(Descent(source, rate=0.1, steps=2))
    a, b = 2.0, 3.0
    for entry in descent:
        assert entry.value == pytest.approx(a * b * a + b, rel=1e-12)
        a, b = a - 0.1 * (a * b), b - 0.1 * 1.0


def test_slope_of_a_function_keeps_to_its_own_parameter():
    source = "x = 3.0\ndef f(x): return x*x\nL = grad(f)(2.0) + 0*x"
    assert trace(source).value == trace(source, {"x": 5.0}).value == 4.0


@pytest.mark.parametrize(
    "source",
    [
        "np.array([1]).reshape([1e300]*2000)",
        "np.array([1]).reshape([3]*190000)",
        "np.ones([1]*90000)",
        "y = '' * 1e300",
        "y = [] * 1e300",
        "[].insert(1e300, 1)",
        "[1].sort(x=1)",
        "('{' + '9'*5000 + '}').format(1)",
        "np.c_[1:3]",
        "np.array([1])[1e300]",
        "MLP(2, [1e300])",
        "np.min(np.ones((2, 0)))",
        "'b' * 1e308",
    ],
)
def test_what_is_out_of_all_proportion_is_refused_in_few_words(source):
    with pytest.raises(ChainruleError) as refused:
        trace(source + "\nL = x * x")
    assert len(str(refused.value)) < 200
