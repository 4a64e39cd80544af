"""Descent against `torch.optim` step by step, on the functions that its own tests use."""

import math

import numpy as np
import pytest

from engine import Descent, descend
from engine.datasets import DATASETS, dataset, moons
from engine.errors import LimitExceeded, TypeProblem, UnknownName
from engine.limits import Deadline
from engine.objective import Objective
from engine.optimizers import OPTIMIZERS
from tests.conftest import require

FUNCTIONS = {
    "rosenbrock": ("f = (1 - x)**2 + 100*(y - x**2)**2", (-1.5, 2.0), 1e-4),
    "beale": ("f = (1.5 - x + x*y)**2 + (2.25 - x + x*y**2)**2 + (2.625 - x + x*y**3)**2",
              (1.5, 1.5), 1e-3),
    "himmelblau": ("f = (x**2 + y - 11)**2 + (x + y**2 - 7)**2", (0.5, -1.0), 1e-3),
}  # fmt: skip

REGRESSION = "L = (w*x + b - y)**2"
DATA = {"x": [0.0, 1.0, 2.0, 3.0], "y": [1.0, 3.0, 5.0, 7.5]}


def in_torch(torch, name, parameters, rate):
    kinds = {
        "sgd": lambda: torch.optim.SGD(parameters, lr=rate),
        "momentum": lambda: torch.optim.SGD(parameters, lr=rate, momentum=0.9),
        "adagrad": lambda: torch.optim.Adagrad(parameters, lr=rate),
        "rmsprop": lambda: torch.optim.RMSprop(parameters, lr=rate),
        "adam": lambda: torch.optim.Adam(parameters, lr=rate),
    }
    return kinds[name]()


@pytest.mark.parametrize("zero_grad", [True, False])
@pytest.mark.parametrize("function", FUNCTIONS)
@pytest.mark.parametrize("rule", OPTIMIZERS)
def test_every_optimizer_takes_the_steps_of_pytorch(rule, function, zero_grad):
    torch = require("torch")
    source, start, rate = FUNCTIONS[function]
    entries = list(
        descend(
            source, dict(zip("xy", start, strict=True)), optimizer=rule, rate=rate, steps=100,
            zero_grad=zero_grad, trainable=["x", "y"],
        )
    )  # fmt: skip
    x, y = (torch.tensor(number, dtype=torch.float64, requires_grad=True) for number in start)
    optimizer = in_torch(torch, rule, [x, y], rate)
    for entry in entries:
        scope = {"x": x, "y": y}
        exec(source, scope)
        if zero_grad:
            optimizer.zero_grad()
        scope["f"].backward()
        if not entry.is_finite or (not zero_grad and entry.step > 20):
            break  # left to add up, gradients grow, and every rounding with them
        assert entry.value == pytest.approx(scope["f"].item(), rel=1e-11, abs=1e-13)
        assert entry.numbers == pytest.approx([x.item(), y.item()], rel=1e-12, abs=1e-13)
        assert entry.grads == pytest.approx([x.grad.item(), y.grad.item()], rel=1e-10, abs=1e-11)
        optimizer.step()


@pytest.mark.parametrize("rule", OPTIMIZERS)
def test_rates_left_out_are_those_of_pytorch(rule):
    torch = require("torch")
    weight = torch.zeros(1, requires_grad=True)
    defaults = {"sgd": torch.optim.SGD, "momentum": torch.optim.SGD, "adam": torch.optim.Adam,
                "adagrad": torch.optim.Adagrad, "rmsprop": torch.optim.RMSprop}  # fmt: skip
    assert OPTIMIZERS[rule].rate == defaults[rule]([weight]).defaults["lr"]


def test_entry_k_is_the_state_after_k_updates():
    first, second, third = descend("L = (a - 3)**2", {"a": 0.0}, rate=0.1, steps=2)
    assert (first.step, first.value, first.numbers[0], first.grads[0]) == (0, 9.0, 0.0, -6.0)
    assert second.numbers[0] == pytest.approx(0.6)
    assert third.numbers[0] == pytest.approx(1.08)
    assert third.value == pytest.approx(1.92**2)


def test_the_state_of_an_optimizer_is_visible():
    entries = list(descend("L = a*a", {"a": 1.0}, optimizer="momentum", rate=0.1, steps=2))
    assert [entry.state["momentum_buffer"][0] for entry in entries] == pytest.approx([0, 2.0, 3.4])


def test_without_zero_grad_gradients_add_up():
    kept = list(descend("L = (a - 3)**2", {"a": 0.0}, rate=0.1, steps=2, zero_grad=False))
    assert [entry.grads[0] for entry in kept] == pytest.approx([-6.0, -6.0 - 4.8, -10.8 - 2.64])


def test_the_objective_is_the_mean_over_the_rows_of_data():
    start = {"w": 0.5, "b": 0.0}
    entry = next(iter(descend(REGRESSION, start, data=DATA)))
    errors = [0.5 * x - y for x, y in zip(DATA["x"], DATA["y"], strict=True)]
    assert entry.value == pytest.approx(sum(e * e for e in errors) / 4)
    slope = sum(2 * e * x for e, x in zip(errors, DATA["x"], strict=True)) / 4
    assert entry.grads == pytest.approx([slope, sum(2 * e for e in errors) / 4])


def test_all_inputs_that_are_no_data_are_trained_unless_some_are_chosen():
    assert Descent(REGRESSION, {"w": 0.0, "b": 0.0}, data=DATA).names == ["w", "b"]
    some = list(descend(REGRESSION, {"w": 0.0, "b": 1.0}, data=DATA, trainable=["w"], rate=0.1))
    assert some[-1].numbers[0] == pytest.approx(2.1071428571, rel=1e-6)  # least squares, b being 1


def test_batches_go_through_the_rows_in_an_order_drawn_from_the_seed():
    options = {"data": DATA, "rate": 0.01, "steps": 8, "batch": 2}
    one, same, other = (
        [entry.value for entry in descend(REGRESSION, **options, seed=seed)] for seed in (1, 1, 2)
    )
    assert one == same != other
    epochs = list(descend(REGRESSION, **(options | {"rate": 0.0})))
    whole = next(iter(descend(REGRESSION, data=DATA))).value
    for first, second in zip(epochs[0:8:2], epochs[1:8:2], strict=True):
        assert (first.value + second.value) / 2 == pytest.approx(whole)


def test_a_descent_may_be_walked_again():
    descent = Descent(REGRESSION, data=DATA, rate=0.01, steps=5, batch=2)
    assert [entry.value for entry in descent] == [entry.value for entry in descent]


def test_too_large_a_rate_diverges_and_ends_there():
    descent = Descent("L = a*a", {"a": 1.0}, rate=1e3, steps=10_000)
    entries = list(descent)
    assert descent.status == "diverged"
    assert not entries[-1].is_finite
    assert all(entry.is_finite for entry in entries[:-1])
    settled = Descent("L = a*a", {"a": 1.0}, rate=0.1, steps=10)
    assert len(list(settled)) == 11
    assert settled.status == "done"


def test_a_program_with_branches_is_descended_on_along_the_branch_of_each_step():
    entries = list(descend("L = x*x if x > 1 else 2*x - 1 + (x - 0.5)**2", {"x": 3.0}, rate=0.1))
    assert entries[-1].numbers[0] == pytest.approx(-0.5, abs=1e-6)


MOONS = """\
model = MLP(2, [16, 16, 1])
score = model([x1, x2])
loss = (1 - y*score).relu() + 1e-4*sum(p*p for p in model.parameters())
"""


def test_the_network_of_micrograds_demo_separates_a_hundred_moons():
    data = moons(100)
    descent = Descent(MOONS, optimizer="adam", rate=0.02, steps=300, data=data.columns)
    last = list(descent)[-1]
    assert len(descent.names) == 337
    trained = dict(zip(descent.names, last.numbers.tolist(), strict=True))
    score = Objective("model = MLP(2, [16, 16, 1])\ns = model([x1, x2])", ["x1", "x2"], trained)
    scores, _ = score.over(np.array([data.columns["x1"], data.columns["x2"]]).T)
    assert (np.sign(scores) == data.columns["y"]).all()


@pytest.mark.parametrize(
    ("options", "problem", "words"),
    [
        ({"optimizer": "lion"}, UnknownName, "one of sgd"),
        ({"steps": 10_001}, LimitExceeded, "limit `descent`"),
        ({"trainable": ["q"]}, UnknownName, "no input `q`"),
        ({"trainable": []}, TypeProblem, "no input to train"),
        ({"batch": 0}, TypeProblem, "at least one row"),
    ],
)
def test_what_cannot_be_descended_on_is_refused(options, problem, words):
    with pytest.raises(problem) as refusal:
        Descent("L = a*a", **options)
    assert words in f"{refusal.value} {refusal.value.hint}"


def test_a_long_descent_ends_at_its_deadline():
    slow = "y = x\nfor k in range(300):\n    y = y*0.5 + x.data"
    with pytest.raises(LimitExceeded, match="limit `seconds`"):
        list(descend(slow, steps=10_000, deadline=Deadline(0.2, "seconds")))


@pytest.mark.parametrize("name", DATASETS)
def test_datasets_come_out_the_same_for_the_same_seed(name):
    once, again, other = (dataset(name, 50, 0.1, seed).columns for seed in (1, 1, 2))
    assert once == again != other
    assert {len(column) for column in once.values()} == {50}
    assert all(math.isfinite(x) for column in once.values() for x in column)
    if name != "linear":
        assert set(once["y"]) == {-1.0, 1.0}
        assert sum(once["y"]) == 0
    assert all(len(column) == 0 for column in dataset(name, 0).columns.values())


def test_unknown_datasets_are_refused_with_what_there_is():
    with pytest.raises(UnknownName) as refusal:
        dataset("sun")
    assert "moons" in refusal.value.hint


def test_moons_without_noise_lie_where_scikit_learn_puts_them():
    columns = moons(4, 0.0).columns
    points = [(round(x, 9), round(y, 9)) for x, y in zip(columns["x1"], columns["x2"], strict=True)]
    assert points == [(1.0, 0.0), (0.0, 0.5), (-1.0, 0.0), (2.0, 0.5)]
