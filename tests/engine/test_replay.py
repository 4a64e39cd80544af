"""Replays against the eager pass: the same numbers, one at a time, in batches and over rows."""

import math
import random
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import Value, nn, replay, trace
from engine.columns import Columns
from engine.errors import BranchChanged, TypeProblem, UnknownName
from engine.graph import Cut, Graph
from engine.language.runtime.variable import METHODS
from engine.operations import OPERATIONS
from engine.replay import Replay
from engine.value import FUNCTIONS
from tests.graphs import KNOWN

ROOT = Path(__file__).resolve().parent.parent.parent
SPECIAL = (
    0.0,
    -0.0,
    1.0,
    -1.0,
    0.5,
    -2.5,
    3.0,
    700.0,
    -800.0,
    1e200,
    math.inf,
    -math.inf,
    math.nan,
)


def same(x, y):
    return x == y or (math.isnan(x) and math.isnan(y))


@pytest.mark.parametrize("known", KNOWN, ids=lambda known: known.name)
def test_a_replay_gives_the_numbers_of_the_trace_to_the_last_bit(known):
    traced = trace(known.source, known.inputs)
    names = [entry.name for entry in traced.inputs]
    value, grads = replay(traced, names)([entry.value for entry in traced.inputs])
    assert value == traced.value
    assert grads == [entry.grad for entry in traced.inputs]


def test_a_replay_at_other_inputs_is_the_program_run_anew():
    known = KNOWN[0]
    again = replay(trace(known.source, known.inputs), ["a", "b", "c", "f"])
    fresh = trace(known.source, {"a": 0.5, "b": 4.0, "c": -1.0, "f": 8.0})
    value, grads = again([0.5, 4.0, -1.0, 8.0])
    assert (value, grads) == (fresh.value, [fresh[name].grad for name in "abcf"])
    assert again.value([0.5, 4.0, -1.0, 8.0]) == fresh.value


def test_values_are_replayed_without_a_program():
    a, b = Value(2.0), Value(-3.0)
    again = replay(a * b + a, [a, b])
    assert again([5.0, 1.0]) == (10.0, [2.0, 5.0])
    values, grads = again.batch([[5.0, 1.0], [2.0, -3.0]])
    assert values.tolist() == [10.0, -4.0]
    assert grads.tolist() == [[2.0, 5.0], [-2.0, 2.0]]


def test_what_is_not_an_input_of_the_replay_stays_the_number_it_is():
    a, b = Value(2.0), Value(-3.0)
    assert replay(a * b + a.exp(), [b])([10.0]) == (20.0 + math.exp(2.0), [2.0])


def test_an_input_that_the_output_is_not_made_from_has_gradient_0():
    a, b = Value(2.0), Value(-3.0)
    assert replay(a * a, [a, b])([3.0, 7.0]) == (9.0, [6.0, 0.0])
    assert replay(a * a, [a, b]).batch([[3.0, 7.0]])[1].tolist() == [[6.0, 0.0]]
    assert replay(a, [a])([3.0]) == (3.0, [1.0])


@pytest.mark.parametrize("operation", OPERATIONS.values(), ids=OPERATIONS)
def test_every_operation_replays_as_it_ran_at_every_kind_of_number(operation):
    chance = random.Random(1)
    points = [[chance.choice(SPECIAL) for _ in operation.operands] for _ in range(300)]
    variables = [Value(0.5) for _ in operation.operands]
    fixed = [i for i, partial in enumerate(operation.partials) if partial is None]
    free = [v for i, v in enumerate(variables) if i not in fixed]
    if fixed:  # a literal exponent is no variable
        variables[fixed[0]] = Value(3.0, None)
        points = [p[:1] for p in points]
    output = FUNCTIONS[operation.name](*variables)
    again = replay(output, free)
    values, grads = again.batch(points)
    for point, value, row in zip(points, values, grads, strict=True):
        fresh = [Value(x) for x in point]
        made = FUNCTIONS[operation.name](*fresh, *(variables[i] for i in fixed))
        made.backward()
        one, slopes = again(point)
        assert same(one, made.data), point
        assert value == pytest.approx(made.data, rel=1e-14, nan_ok=True), point
        for x, slope, number in zip(fresh, slopes, row, strict=True):
            assert same(slope, x.grad), point
            assert number == pytest.approx(x.grad, rel=1e-13, abs=1e-300, nan_ok=True), point


def test_a_branch_that_would_change_is_said_and_not_replayed():
    traced = trace("y = x*x if x > 0 else -x", {"x": 2.0})
    again = replay(traced, ["x"])
    assert again([3.0]) == (9.0, [6.0])
    with pytest.raises(BranchChanged, match="turns out otherwise") as refusal:
        again([-3.0])
    assert traced.source[slice(*refusal.value.span)] == "x > 0"
    with pytest.raises(BranchChanged):
        again.batch([[1.0], [-1.0]])
    assert again.fits([[1.0], [-1.0], [0.0], [math.nan]]).tolist() == [True, False, False, False]


@pytest.mark.parametrize(
    ("source", "other"),
    [
        ("if relu(x):\n    y = x*2\nelse:\n    y = x*3", -1.0),
        ("y = x\nwhile y < 10:\n    y = y*2", 6.0),
        ("y = x * x.data", 3.0),
        ("y = [x*2, x*3][int(k) if k == 1 else 0] * k", 1.0),
        ("y = x*1 if not x == 2 else x*5", 2.0),
        ("y = sorted([x, 1.0*x, 3.0])[0] * x", 9.0),
        ("y = x % 2 * x", 0.25),
        ("y = x // 1 * x", 9.0),
        ("y = grad(relu(x)*x, x)", -3.0),
        ("y = grad(max(x, 1.0)*x, x)", 0.5),
        ("s = f'{x:.1f}'\ny = x*2 if s == '3.5' else x*3", 1.0),
        ("y = x * len(str(x))", 10.25),
        ("y = 2*x\ny.backward()\nx.data = x.data - x.grad\nz = x*x", 1.0),
    ],
)
def test_whatever_the_program_looked_at_is_remembered(source, other):
    name = "k" if "[int(k)" in source else "x"
    traced = trace(source, {name: 0.0 if name == "k" else 3.5})
    with pytest.raises(BranchChanged):
        replay(traced, [name])([other])


def test_a_number_that_was_read_as_nan_binds_what_follows_to_nan():
    traced = trace("y = x*0 + 7 if isnan(log(x)) else x*2", {"x": -1.0})
    assert replay(traced, ["x"]).fits([[-2.0], [0.0], [3.0]]).tolist() == [True, False, False]


def test_what_is_only_printed_binds_nothing():
    traced = trace(
        "y = x*x\ny.backward()\nprint(y.data, f'{x.grad:.2f}', x > 1)\nx.grad", {"x": 2.0}
    )
    assert replay(traced, ["x"])([-3.0]) == (9.0, [-6.0])


@pytest.mark.parametrize(
    "source",
    [
        "xs = []\ndef f():\n    xs.append(x*10 if x > 1 else x**3)\nprint(f())\ny = xs[0] * 1",
        "def f():\n    xs.append(x*10 if x > 1 else x**3)\n    yield 1\n"
        "xs = []\nprint(f'{next(f())}')\ny = xs[0] * 1",
        "def f():\n    xs.append(x*10 if x > 1 else x**3)\n    return x\nxs = []\nf().data\ny = xs[0] * 1",
        "print(y := x*10 if x > 1 else x**3)\nL = y * 1",
        "k = [0, 0]\nprint((k := x.data))\nL = k * x",
        "xs = [x, x*x]\nprint(xs.pop(int(x) % 2))\nL = xs[0] * x",
        "xs = []\nplt.plot(xs.append(x.data))\nL = xs[0] * x",
        "xs = []\nprint(xs.extend([x.data]))\nL = xs[0] * x",
        "xs = []\nprint(xs.insert(0, x.data))\nL = xs[0] * x",
        "xs = [x, x*x, 2.0]\nprint(xs.remove(2.0))\nL = xs[0] * x",
        "d = {}\nprint(d.setdefault('a', x.data))\nL = d['a'] * x",
        "x = x * 1\nprint(x.fill_(x.data * 2))\nL = x * x",
        "print(x*10 if x > 1 else x**3)",
        "print(x.data * x)",
        "def f(x):\n    if x > 1: return x*10\n    return x**3\nprint(f(x))",
        "y = x*x\ny.data",
    ],
)
def test_what_happens_while_a_value_is_shown_is_remembered(source):
    source = f"x = 2.0\n{source}"
    with pytest.raises(BranchChanged):
        replay(trace(source), ["x"])([0.5])


def test_softmax_is_replayed_although_it_looks_for_its_largest_logit():
    source = "y = softmax([a, b, 800.0])[1] + cross_entropy([a, b], 0)"
    traced = trace(source, {"a": 1.0, "b": 2.0})
    fresh = trace(source, {"a": 3.0, "b": -1.0})
    value, grads = replay(traced, ["a", "b"])([3.0, -1.0])
    assert value == pytest.approx(fresh.value, rel=1e-12)
    assert grads == pytest.approx([fresh["a"].grad, fresh["b"].grad], rel=1e-12)


def test_a_name_that_several_inputs_take_sets_all_of_them():
    traced = trace("s = 0\nfor k in range(3):\n    w = 2.0\n    s = s + w*w\n", {"w": 3.0})
    assert replay(traced, ["w"])([5.0]) == (75.0, [30.0])


def test_constants_alone_never_raise_in_a_batch():
    traced = trace("c = 0.0\ny = x/c + x/0", {"x": 1.0})
    values, grads = replay(traced, ["x"]).batch([[1.0], [-1.0], [0.0]])
    assert values.tolist()[:2] == [math.inf, -math.inf]
    assert math.isnan(values[2])
    assert (grads == math.inf).all()


def test_whole_numbers_are_doubles_as_everywhere():
    x = Value(2.0)
    assert replay(x * x, [x])([10**200]) == (math.inf, [2e200])
    with pytest.raises(TypeProblem):
        replay(x * x, [x])([None])


def test_unknown_names_and_wrong_shapes_are_refused():
    traced = trace("y = x*x", {"x": 2.0})
    with pytest.raises(UnknownName, match="no input `q`"):
        replay(traced, ["q"])
    with pytest.raises(TypeProblem, match="takes 1 numbers, not 2"):
        replay(traced, ["x"])([1.0, 2.0])
    with pytest.raises(TypeProblem, match="rows of 1 numbers"):
        replay(traced, ["x"]).batch([[1.0, 2.0]])
    with pytest.raises(TypeProblem, match="given as Values"):
        replay(Value(1.0) * 2, ["x"])


def chain(count, seed=0):
    chance = random.Random(seed)
    inputs = [Value(0.5), Value(1.25), Value(-0.75)]
    values = list(inputs)
    for _ in range(count):
        x, y = (chance.choice(values[-8:]) for _ in range(2))
        kind = chance.randrange(5)
        values.append([x + y, x - y, x * y * 0.5, x.tanh(), (x * 0.3 - y).relu()][kind])
    return values[-1] + values[-2], inputs


@pytest.mark.parametrize("seed", range(5))
def test_a_thousand_operations_replay_to_the_last_bit(seed):
    output, inputs = chain(1_000, seed)
    output.backward()
    value, grads = replay(output, inputs)([x.data for x in inputs])
    assert value == output.data
    assert grads == pytest.approx([x.grad for x in inputs], rel=1e-12)


def test_a_value_of_very_many_uses_and_a_chain_of_very_many_operations_replay():
    x = Value(1.0)
    many = sum((x * float(k) for k in range(3_000)), x)
    assert replay(many, [x])([2.0]) == (2.0 + 2.0 * 4_498_500.0, [4_498_501.0])
    assert replay(many, [x]).batch([[2.0]])[1].tolist() == [[4_498_501.0]]
    deep = x
    for _ in range(20_000):
        deep = deep + 1.0
    assert replay(deep, [x])([0.5]) == (20_000.5, [1.0])


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="only Linux tells the peak")
def test_a_batch_of_100_000_points_of_1_000_operations_stays_under_500_megabytes():
    program = """\
import re
import numpy as np
from engine import replay
from tests.engine.test_replay import chain
output, inputs = chain(1_000)
again = replay(output, inputs)
points = np.random.default_rng(0).normal(size=(100_000, 3))
values, grads = again.batch(points)
for index in (0, 4_096, 99_999):
    value, slopes = again(points[index].tolist())
    assert abs(values[index] - value) <= 1e-12 * abs(value)
    assert np.allclose(grads[index], slopes, rtol=1e-11, atol=0)
print(re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1])
"""
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert int(done.stdout) < 300_000  # kilobytes, the interpreter and its libraries included


# -- like operations, side by side ----------------------------------------------------------------

LIKE = [
    lambda x, y: x + y,
    lambda x, y: x - y,
    lambda x, y: x * y,
    lambda x, y: -x,
    lambda x, y: x.tanh(),
    lambda x, y: x.relu(),
    lambda x, y: x.sigmoid() * 0.5,
    lambda x, y: x.maximum(y),
    lambda x, y: (x * x + 1.0) ** 0.5,
    lambda x, y: x / (y * y + 1.0),
]


def repetitive(chance):
    """Return inputs and an output made of layers of like operations, wired every which way."""
    inputs = [Value(chance.uniform(-1.5, 1.5)) for _ in range(chance.randrange(1, 9))]
    layers = [list(inputs)]
    for _ in range(chance.randrange(1, 5)):
        before = chance.choice(layers[-2:])
        pool = [value for layer in layers for value in layer]
        width = chance.randrange(1, 9)
        kind = chance.randrange(3)
        if kind == 0:  # a layer of neurons, or of sums of products at least
            terms = [chance.choice(pool) for _ in range(chance.randrange(1, 6))]
            layers.append(
                [
                    sum((chance.choice(inputs) * x for x in terms), chance.choice(inputs))
                    for _ in range(width)
                ]
            )
        elif kind == 1:  # one operation on columns that repeat, permute or mix what there is
            operation = chance.choice(LIKE)
            columns = [
                chance.choice(
                    [
                        [chance.choice(before)] * width,
                        [before[i % len(before)] for i in range(width)],
                        chance.choices(pool, k=width),
                        [Value(chance.uniform(-1, 1), None) for _ in range(width)],
                    ]
                )
                for _ in range(2)
            ]
            layers.append([operation(x, y) for x, y in zip(*columns, strict=True)])
        else:
            layers.append([sum(chance.choices(pool, k=chance.randrange(2, 7)), Value(0.5, None))])
    last = [value for layer in layers[-2:] for value in layer]
    return inputs, sum(last[1:], last[0]) * chance.choice(inputs)


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 10**9))
def test_rows_of_like_operations_give_what_their_scalars_give(seed):
    chance = random.Random(seed)
    inputs, output = repetitive(chance)
    again = replay(output, inputs)
    rows = chance.choice([1, 2, 7])
    is_wide = tuple(chance.random() < 0.5 for _ in inputs)
    is_wanted = tuple(chance.random() < 0.7 for _ in inputs)
    columns = np.random.default_rng(seed).normal(size=(sum(is_wide), rows))
    numbers = np.array([[x.data] for x, wide in zip(inputs, is_wide, strict=True) if not wide])
    code = again.columns(is_wide, is_wanted)
    seeds = np.ones(rows) if code.is_wide else np.ones(1)
    outcome = code(numbers.reshape(-1, 1), columns, seeds)
    total = np.zeros(len(inputs))
    for row in range(rows if code.is_wide else 1):
        wide = iter(columns[:, row])
        point = [
            float(next(wide)) if is_w else x.data for x, is_w in zip(inputs, is_wide, strict=True)
        ]
        value, grads = again(point)
        ours = outcome.values if outcome.values.shape[-1] == 1 else outcome.values[row]
        assert np.ravel(ours)[0] == pytest.approx(value, rel=1e-9, abs=1e-9)
        of_columns = [g for g, is_w in zip(grads, is_wide, strict=True) if is_w]
        for index, (slope, want) in enumerate(
            zip(
                of_columns,
                [w for w, is_w in zip(is_wanted, is_wide, strict=True) if is_w],
                strict=True,
            )
        ):
            if want:
                assert outcome.columns[index, row] == pytest.approx(slope, rel=1e-9, abs=1e-9)
        total += grads
    narrow = [
        (slope, want)
        for slope, want, is_w in zip(total, is_wanted, is_wide, strict=True)
        if not is_w
    ]
    for index, (slope, want) in enumerate(narrow):
        if want:
            assert outcome.numbers[index, 0] == pytest.approx(slope, rel=1e-9, abs=1e-9)


def test_a_network_over_data_becomes_one_matrix_product_a_layer():
    model = nn.MLP(2, [8, 8, 1])
    x = [Value(0.5), Value(-0.25)]
    output = model(x)
    graph = Graph.of(output)
    position = {value: index for index, value in enumerate(graph.values)}
    inputs = [*model.parameters(), *x]
    cut = Cut(graph, position[output], [[position[v]] for v in inputs])
    again = Replay(cut)
    wide = (False,) * (len(inputs) - 2) + (True, True)
    code = Columns(cut, again.live, wide, tuple(not w for w in wide))
    products = code.source.count("@")
    assert 3 <= products <= 9  # forward, and two each on the way back
    assert code.source.count("\n") < 60  # for 180 operations and their gradients
    numbers = np.array([[p.data] for p in model.parameters()])
    data = np.random.default_rng(0).normal(size=(2, 5))
    outcome = code(numbers, data, np.ones(5))
    expected = np.zeros(len(numbers))
    for row in range(5):
        value, grads = again([*numbers[:, 0], *data[:, row]])
        assert outcome.values[row] == pytest.approx(value, rel=1e-12)
        expected += grads[:-2]
    assert outcome.numbers[:, 0] == pytest.approx(expected, rel=1e-11)


def test_methods_and_replays_know_the_same_operations():
    assert {row.name for row in METHODS.values()} <= set(OPERATIONS)
