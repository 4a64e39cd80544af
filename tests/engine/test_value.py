"""Values: micrograd's behaviour under micrograd's names, without its troubles."""

import copy
import math
import pickle

import numpy as np
import pytest

from engine import Value, grad, record
from engine.errors import TypeProblem
from engine.graph import Graph, topological_order
from tests.conftest import require


def test_product_sends_each_factor_the_other():
    a, b = Value(2.0), Value(-3.0)
    L = a * b + 10.0
    L.backward()
    assert (L.data, a.grad, b.grad) == (4.0, -3.0, 2.0)


def test_square_sends_two_contributions_to_its_operand():
    a = Value(3.0)
    y = a * a
    y.backward()
    assert a.grad == 6.0
    assert y.operands == (a, a)


def test_gradients_of_inputs_add_up_and_those_of_results_start_afresh():
    a = Value(2.0)
    b = a * 3.0
    c = b * b
    c.backward()
    c.backward()
    assert a.grad == 2 * 36.0
    assert b.grad == 12.0


def test_interrupted_backward_leaves_the_next_one_right(monkeypatch):
    a = Value(2.0)
    b = a * 3.0
    c = (b * b).exp()

    def interrupt(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setitem(vars(b.operation), "reach", interrupt)
        with pytest.raises(KeyboardInterrupt):
            c.backward()
    c.backward()
    assert a.grad == c.data * 36.0


def test_looking_at_operands_shows_what_the_operation_was_applied_to():
    x = Value(2.0)
    assert x.operands == ()
    y = x.clip(-1.0, 1.0)
    assert y.operands[0] is x
    assert [operand.data for operand in y.operands] == [2.0, -1.0, 1.0]


def test_names_of_micrograd_all_work():
    a = Value(2.0, label="a")
    b = a.relu()
    assert (b._op, b._prev, a._op, a._prev) == ("relu", (a,), "", ())
    assert a.label == "a"
    assert repr(a) == "Value(data=2.0, grad=0.0)"
    b.grad = 1.0
    b._backward()
    assert a.grad == 1.0


def test_numbers_may_stand_on_either_side():
    a = Value(2.0)
    assert [(2 + a).data, (2 - a).data, (2 * a).data, (3 / a).data, (3**a).data] == [
        4.0, 0.0, 4.0, 1.5, 9.0,
    ]  # fmt: skip
    assert (np.float64(3.0) * a).data == 6.0
    assert (-a).data == -2.0
    assert abs(-a).data == 2.0


def test_defaults_of_the_table_serve_methods():
    assert Value(-2.0).leaky_relu().data == pytest.approx(-0.02)
    assert Value(-2.0).clip(-1.0).data == -1.0


def test_what_is_no_number_is_refused_in_words():
    with pytest.raises(TypeProblem, match="holds a number, not str"):
        Value("two")
    with pytest.raises(TypeProblem, match="holds a number, not list"):
        Value(1.0) + [1]


def test_chain_of_a_hundred_thousand_operations_needs_no_recursion():
    x = Value(1.0)
    y = x
    for _ in range(100_000):
        y = y * 1.00001
    y.backward()
    assert x.grad == pytest.approx(math.exp(100_000 * math.log(1.00001)), rel=1e-9)
    trace = record(y)
    assert trace.grads[0] == x.grad
    assert len(trace.steps) == 200_001 + 1 + 200_000
    assert grad(y, x).data == pytest.approx(x.grad, rel=1e-12)


def test_graph_lists_operands_before_results_and_left_before_right():
    a, b, c, f = (Value(float(i), name) for i, name in enumerate("abcf"))
    L = (a * b + c) * f
    values = Graph.of(L).values
    assert [v.label or v._op for v in values] == ["a", "b", "*", "c", "+", "f", "*"]


def test_same_graph_as_micrograd_gives_the_same_numbers():
    engine = require("micrograd.engine")

    def program(kind):
        a, b = kind(-4.0), kind(2.0)
        c = a + b
        d = a * b + b**3
        c += c + 1
        c += 1 + c + (-a)
        d += d * 2 + (b + a).relu()
        d += 3 * d + (b - a).relu()
        e = c - d
        f = e**2
        g = f / 2.0
        g += 10.0 / f
        g.backward()
        return g.data, a.grad, b.grad

    assert program(Value) == pytest.approx(program(engine.Value), rel=1e-14)


def test_what_a_derivative_computes_of_constants_alone_is_no_node():
    x = Value(2.0)
    first = grad(x**3, x)  # 3 * x**2, and not 3 * x**(3 - 1)
    made = [node for node in topological_order([first]) if node.operation is not None]
    assert [node.operation.name for node in made] == ["fixed_power", "multiply"]
    assert (first.data, grad(first, x).data) == (12.0, 12.0)


def test_second_and_third_derivatives_of_a_cube():
    x = Value(2.0)
    y = x**3
    first = grad(y, x)
    second = grad(first, x)
    third = grad(second, x)
    assert (first.data, second.data, third.data) == (12.0, 12.0, 6.0)


@pytest.mark.parametrize("name", ["tanh", "sigmoid", "exp", "sin", "gelu", "softplus", "atan"])
def test_second_derivatives_agree_with_differences_of_the_first(name):
    def slope(at):
        x = Value(at)
        return grad(getattr(x, name)(), x)

    x = Value(0.6)
    second = grad(grad(getattr(x, name)(), x), x)
    h = 1e-5
    assert second.data == pytest.approx(
        (slope(0.6 + h).data - slope(0.6 - h).data) / (2 * h), rel=1e-8
    )


def test_mixed_derivatives_come_out_alike_in_either_order():
    x, e = Value(2.0), Value(0.0)
    assert grad(grad(x**e, x), e).data == grad(grad(x**e, e), x).data == 0.5


def test_gradient_of_what_does_not_matter_is_zero():
    x, y = Value(1.0), Value(2.0)
    assert grad(x * 2, y).data == 0.0


def test_value_is_formatted_as_its_number():
    assert f"{Value(2.0) / 3.0:.3f}" == "0.667"
    assert f"{Value(2.0)}" == "Value(data=2.0, grad=0.0)"


def test_graph_can_be_copied_and_pickled():
    a = Value(2.0, "a")
    y = (a * a + 1.0).tanh()
    for copied in (copy.deepcopy(y), pickle.loads(pickle.dumps(y))):
        copied.backward()
        inner = copied.operands[0].operands[0].operands[0]
        assert (inner.label, inner.grad) == ("a", 4.0 * (1.0 - y.data**2))
        assert copied.operation is y.operation
    assert a.grad == 0.0


def test_gradient_that_is_no_number_is_refused_with_the_way_out():
    a = Value(2.0)
    a.grad = None
    with pytest.raises(TypeProblem, match=r"zero with 0\.0"):
        (a * a).backward()
