"""Sweeps against the program run at each point."""

import math

import numpy as np
import pytest

from engine import Axis, Limits, sweep, trace
from engine.errors import LimitExceeded, TypeProblem, UnknownName
from engine.objective import Objective

CHAIN = "L = (a*b + c) * f"
INPUTS = {"a": 2.0, "b": -3.0, "c": 10.0, "f": -2.0}


def test_a_line_holds_the_value_and_slope_of_the_program_at_each_point():
    swept = sweep(CHAIN, [Axis("a", -4.0, 4.0, 9)], INPUTS)
    for x, value, slope in zip(
        swept.axes[0].numbers(), swept.values, swept.grads["a"], strict=True
    ):
        one = trace(CHAIN, INPUTS | {"a": float(x)})
        assert (value, slope) == (one.value, one["a"].grad)


def test_a_grid_has_the_first_axis_outside():
    swept = sweep(CHAIN, [Axis("a", -1.0, 1.0, 3), Axis("b", 0.0, 1.0, 2)], INPUTS)
    assert swept.values.tolist() == [[-20.0, -18.0], [-20.0, -20.0], [-20.0, -22.0]]
    assert swept.grads["a"].tolist() == [[0.0, -2.0]] * 3
    assert swept.grads["b"].tolist() == [[2.0, 2.0], [0.0, 0.0], [-2.0, -2.0]]


def test_where_the_program_branches_each_point_gets_its_own_branch():
    source = "y = x*x if x > 1 else (-x if x < 0 else 3*x)"
    swept = sweep(source, [Axis("x", -2.0, 2.0, 41)])
    for x, value, slope in zip(
        swept.axes[0].numbers(), swept.values, swept.grads["x"], strict=True
    ):
        one = trace(source, {"x": float(x)})
        assert (value, slope) == (one.value, one["x"].grad)


def test_a_program_that_counts_by_an_input_is_run_for_each_count():
    source = "y = 1.0*x\nfor k in range(n):\n    y = y*x"
    swept = sweep(source, [Axis("n", 0, 4, 5)], {"x": 3.0})
    assert swept.values.tolist() == [3.0, 9.0, 27.0, 81.0, 243.0]


def test_a_point_at_which_the_program_fails_is_not_a_number():
    swept = sweep("y = [1.0, 2.0][k] * k", [Axis("k", 0, 3, 4)])
    assert swept.values.tolist()[:2] == [0.0, 2.0]
    assert all(map(math.isnan, swept.values[2:]))


def test_a_sweep_may_begin_where_the_program_fails():
    source = "y = 1.0*x\nfor k in range(n):\n    y = y*x"
    swept = sweep(source, [Axis("n", 0.5, 2.0, 4)], {"x": 3.0, "n": 1.0})
    assert [value for value in swept.values.tolist() if value == value] == [9.0, 27.0]


def test_an_axis_may_be_longer_than_the_largest_double():
    numbers = Axis("x", -1e308, 1e308, 3).numbers().tolist()
    assert numbers == [-1e308, 0.0, 1e308]


def test_a_name_in_a_comment_is_no_input():
    with pytest.raises(UnknownName):
        sweep("y = x if x > 0 else -x  # q", [Axis("q", 0, 1, 3)])


def test_with_data_each_point_holds_the_mean_over_the_rows():
    data = {"x": [0.0, 1.0, 2.0], "y": [1.0, 3.0, 5.0]}
    swept = sweep("(w*x + b - y)**2", [Axis("w", 0.0, 3.0, 4), Axis("b", 0.0, 1.0, 2)], data=data)
    for i, w in enumerate((0.0, 1.0, 2.0, 3.0)):
        for j, b in enumerate((0.0, 1.0)):
            errors = [w * x + b - y for x, y in zip(data["x"], data["y"], strict=True)]
            assert swept.values[i, j] == pytest.approx(sum(e * e for e in errors) / 3)
            slope = sum(2 * e * x for e, x in zip(errors, data["x"], strict=True)) / 3
            assert swept.grads["w"][i, j] == pytest.approx(slope)


def test_rows_of_data_take_branches_of_their_own():
    source = "y = w*x if x > 0 else -x*w*w"
    data = {"x": [1.0, -2.0, 3.0, -4.0]}
    objective = Objective(source, ["w"], data=data)
    value, grads = objective.mean([3.0])
    assert value == pytest.approx((3 + 18 + 9 + 36) / 4)
    assert grads == pytest.approx([(1 + 12 + 3 + 24) / 4])
    assert objective.over([[3.0]])[0] == pytest.approx([value])


def test_thousands_of_rows_are_worked_off_in_batches():
    rows = np.random.default_rng(0).normal(size=10_000)
    objective = Objective("y = (w*x + v).tanh() * w", ["w", "v"], data={"x": rows})
    value, grads = objective.mean([0.5, -0.25])
    inner = np.tanh(0.5 * rows - 0.25)
    assert value == pytest.approx((inner * 0.5).mean(), rel=1e-12)
    assert grads[1] == pytest.approx(((1 - inner**2) * 0.5).mean(), rel=1e-11)


@pytest.mark.parametrize(
    ("over", "problem"),
    [
        ([], TypeProblem),
        ([Axis("a", 0, 1, 2)] * 2, TypeProblem),
        ([Axis("a", 0, 1, 0)], TypeProblem),
        ([Axis("a", 0, math.inf, 3)], TypeProblem),
        ([Axis("q", 0, 1, 3)], UnknownName),
        ([Axis("L", 0, 1, 3)], UnknownName),
        ([Axis("a", 0, 1, 300), Axis("b", 0, 1, 300)], LimitExceeded),
    ],
)
def test_what_cannot_be_swept_is_refused(over, problem):
    with pytest.raises(problem):
        sweep(CHAIN, over, INPUTS)


def test_data_is_refused_where_it_does_not_fit():
    with pytest.raises(TypeProblem, match="same number of rows"):
        Objective("y = a*x", data={"x": [1.0, 2.0], "a": [1.0]})
    with pytest.raises(TypeProblem, match="is data"):
        Objective("y = a*x", ["x"], data={"x": [1.0, 2.0]})
    with pytest.raises(UnknownName):
        Objective("y = a*x", data={"q": [1.0]})
    with pytest.raises(LimitExceeded, match="limit `data`"):
        Objective("y = a*x", data={"x": [1.0] * 11}, limits=Limits(data=10))


def test_running_anew_at_every_point_ends_at_the_deadline():
    source = "y = x\nfor k in range(200):\n    y = y + x.data"
    with pytest.raises(LimitExceeded, match="limit `seconds`"):
        sweep(source, [Axis("x", 0, 1, 40_000)], limits=Limits(seconds=0.3))
