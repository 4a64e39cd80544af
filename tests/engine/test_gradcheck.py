"""The gradient check: right gradients agree, wrong ones do not, kinks are named."""

import math

import pytest

from engine import gradcheck, trace
from engine.errors import TypeProblem
from engine.gradcheck import SERIES
from engine.limits import Limits
from tests.graphs import KNOWN, TRAINING


@pytest.mark.parametrize("known", KNOWN, ids=lambda known: known.name)
def test_every_gradient_of_a_known_program_agrees_at_every_node(known):
    found = gradcheck(known.source, known.inputs, nodes=True)
    assert found.agrees
    gradients = {one.name: one.gradient for one in found.inputs}
    shared = gradients.keys() & known.grads.keys()
    assert shared
    for name in shared:
        assert gradients[name] == pytest.approx(known.grads[name], rel=1e-12, abs=1e-12)
    assert len(found.nodes) >= len(found.inputs)
    assert all(one.note is None for one in found.inputs)


def test_differences_are_what_they_are_defined_as():
    (x,) = gradcheck("y = x**3", {"x": 2.0}, h=0.5).inputs
    assert x.gradient == 12.0
    assert x.forward == (2.5**3 - 8) / 0.5
    assert x.central == (2.5**3 - 1.5**3) / 1.0
    assert x.error == pytest.approx(0.25)


def finding(source, tolerance=1e-6, **inputs):
    return gradcheck(source, inputs, tolerance=tolerance).inputs[0]


@pytest.mark.parametrize(
    ("source", "x", "left", "right"),
    [
        ("y = relu(x)", 0.0, 0, 1),
        ("y = 3*abs(x)", 0.0, -3, 3),
        ("y = max(x, 1)", 1.0, 0, 1),
        ("y = clip(x, 0, 1)", 1.0, 1, 0),
        ("y = x*2 if x > 1 else 3 - x", 1.0, -1, 2),
    ],
)
def test_a_kink_is_named_with_its_two_slopes_and_is_no_alarm(source, x, left, right):
    found = finding(source, x=x)
    assert found.agrees
    assert f"{left} on the left and {right} on the right" in found.note


def test_a_kink_on_a_curve_is_no_alarm_although_the_slopes_of_h_are_bent():
    found = finding("y = exp(3*x) + 5*relu(x)", x=0.0)  # 3 on the left, bent by 4.5e-5 over h
    assert found.agrees
    assert "3 on the left and 8 on the right" in found.note


def test_a_step_that_reaches_past_a_kink_is_no_alarm_either():
    found = finding("y = relu(x)", x=1e-7)
    assert found.agrees
    assert found.central == pytest.approx(0.505)
    assert "within h" in found.note


def test_kinks_whose_conventions_do_not_add_up_disagree_and_say_why():
    found = finding("y = relu(x) - relu(-x)", x=0.0)  # y is x, but 0 - 0 is not 1
    assert (found.gradient, found.central, found.agrees) == (0.0, 1.0, False)
    assert "kinks" in found.note


def test_a_jump_has_no_derivative():
    found = finding("y = x if x > 0 else x + 5", x=0.0)
    assert not found.agrees
    assert "jumps" in found.note


def test_a_vertical_slope_agrees_with_an_infinite_gradient():
    found = finding("y = sqrt(x)", x=0.0)
    assert (found.gradient, found.agrees) == (math.inf, True)
    assert "infinitely steep" in found.note


@pytest.mark.parametrize(
    ("source", "x", "why"),
    [
        ("y = log(x)", 0.0, "not finite here"),
        ("y = 1/x", 0.0, "not finite here"),
        ("y = x * x.data", 3.0, "plain numbers"),
        ("y = x*x\ny.backward()\nz = x*x\nz.backward()", 3.0, "added up"),
        ("y = (-2.0)**x", 2.0, None),
    ],
)
def test_what_cannot_agree_says_why(source, x, why):
    found = finding(source, x=x)
    assert not found.agrees
    assert why is None or why in found.note


@pytest.mark.parametrize(
    ("source", "x"),
    [
        ("y = x*x", 1e12),
        ("k = 1e11; y = x*k/1e11", 1.0),
        ("y = sin(1000*x)", 1.0),
        ("y = exp(x)", 20.0),
        ("y = 1e6 + x", 1.0),
        ("y = x**5", 300.0),
    ],
)
def test_curvature_and_rounding_raise_no_alarm(source, x):
    assert finding(source, x=x).agrees


def test_a_wrong_gradient_is_found(monkeypatch):
    from engine.operation import Operation
    from engine.operations import OPERATIONS

    wrong = Operation("tanh", "tanh", ("x",), OPERATIONS["tanh"].forward,
                      (lambda m, x, out: 1.0 - out,), "wrong")  # fmt: skip
    monkeypatch.setitem(OPERATIONS["tanh"].__dict__, "spread", wrong.spread)
    found = gradcheck("y = tanh(x) * 2", {"x": 0.5}, nodes=True)
    assert not found.inputs[0].agrees
    assert [one.agrees for one in found.nodes.values()] == [False, True, True]


def test_the_error_against_h_is_a_u():
    errors = gradcheck("y = exp(x)", {"x": 1.0}, series=True).series["x"]["central"]
    lowest = errors.index(min(errors))
    assert 1e-7 < SERIES[lowest] < 1e-3
    assert errors[0] > 1e4 * errors[lowest] < errors[-1]


def test_a_node_is_moved_by_itself():
    found = gradcheck("e = a*b\nd = e + a\nL = d*d", {"a": 2.0, "b": 3.0}, nodes=True)
    by_name = {one.name: one for one in found.nodes.values()}
    assert by_name["e"].central == pytest.approx(16.0)  # ∂L/∂e = 2d
    assert by_name["a"].central == pytest.approx(64.0)
    assert found.agrees


def test_a_program_that_trains_is_checked_in_its_last_pass():
    found = gradcheck(TRAINING, series=True, limits=Limits(seconds=60.0))
    assert len(found.inputs) == 41
    assert found.agrees
    assert trace(TRAINING).annotations.is_opaque


def test_a_large_number_at_a_node_hides_no_step():
    found = gradcheck("y = (x*1e9 + 3.0)*2e-9", {"x": 1.0}, nodes=True, h=1e-3)
    assert found.agrees


def test_without_inputs_there_is_nothing_to_measure():
    assert gradcheck("y = 2.0 * 3.0").inputs[0].name == "y"
    assert gradcheck("print(1)\n[1, 2]").inputs == []


@pytest.mark.parametrize("h", [0.0, -1.0, math.nan, math.inf])
def test_h_is_a_positive_number(h):
    with pytest.raises(TypeProblem, match="positive"):
        gradcheck("y = x*x", h=h)


def test_a_name_that_several_inputs_take_is_checked_at_the_newest():
    found = gradcheck("f = lambda x: x*x\ny = f(2.0) + f(3.0)", nodes=True)
    assert found.agrees
    assert [(one.name, one.gradient) for one in found.inputs] == [("x", 6.0)]


def test_from_an_infinite_input_no_step_leads_away():
    best, x = gradcheck("best = -math.inf\nx = 2.0\nif x > best: best = x * x\nz = best").inputs
    assert best.note == "the input is not finite: no step leads away from it"
    assert (x.gradient, x.agrees) == (4.0, True)


def test_a_count_has_no_slope_and_is_no_alarm():
    found = gradcheck("y = 1.0*x\nfor k in range(n):\n    y = y*x", {"n": 2.0, "x": 3.0})
    count = next(one for one in found.inputs if one.name == "n")
    assert (count.agrees, count.gradient) == (True, 0.0)
    assert "whole" in count.note


def test_an_input_that_the_program_labels_is_checked_under_its_label():
    found = gradcheck("x = Value(2.0)\nx.label = 'q'\ny = x*x", {"q": 3.0})
    assert [(one.name, one.gradient, one.agrees) for one in found.inputs] == [("q", 6.0, True)]
