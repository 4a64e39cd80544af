"""The trace against its contract: order, steps, and numbers that add up."""

import math

import pytest

from engine import Value, record, trace
from engine.errors import NoOutput, TypeProblem, UnknownName
from engine.records import Accumulate, Forward, Seed
from tests.graphs import CHAIN, KNOWN, TRAINING


@pytest.mark.parametrize("known", KNOWN, ids=lambda known: known.name)
def test_values_and_gradients_are_those_worked_by_hand(known):
    t = trace(known.source, known.inputs)
    assert t.value == pytest.approx(known.value, rel=1e-13)
    for name, grad in known.grads.items():
        assert t[name].grad == pytest.approx(grad, rel=1e-12, abs=1e-12)


def assert_contract(t):
    nodes, edges, steps = t.nodes, t.edges, t.steps
    for node in nodes:
        assert all(operand < node.position for operand in node.operands)
    assert [(e.target, e.operand) for e in edges] == sorted((e.target, e.operand) for e in edges)
    forward = [s.node for s in steps if isinstance(s, Forward)]
    assert forward == list(range(len(nodes)))
    seed = steps[len(nodes)]
    assert isinstance(seed, Seed)
    assert seed.node == t.output
    held = {t.output: seed.after}
    carried = {i: t.annotations.carried.get(v, 0.0) for i, v in enumerate(t.graph.values)}
    targets = []
    for step in steps[len(nodes) + 1 :]:
        assert isinstance(step, Accumulate)
        edge = edges[step.edge]
        targets.append((-edge.target, edge.operand))
        assert step.node == edge.source
        assert same(step.upstream, held[edge.target])
        assert same(step.local, edge.local)
        assert same(step.contribution, edge.contribution)
        assert same(step.contribution, step.upstream * step.local)
        assert same(step.before, held.get(edge.source, carried[edge.source]))
        assert same(step.after, step.before + step.contribution)
        held[edge.source] = step.after
    assert targets == sorted(targets)
    for node in nodes:
        assert same(node.grad, held.get(node.position, carried[node.position]))


def same(x, y):
    return x == y or (math.isnan(x) and math.isnan(y))


SOURCES = [
    *(known.source for known in KNOWN),
    TRAINING,
    "a = 2\nL = a*3\nL.backward()\nL.backward()",
    "x = 0.0\ny = log(x) * x + 1/x",
    "y = 3*x**2 - x**x",
    "x = 1\nx",
    "unused = 3\ny = x + 1",
    "p = Value(2.0, label='p')\nL = p*p\nL.backward()\np.data -= 0.1*p.grad\nL = p*p\nL.backward()",
]


@pytest.mark.parametrize("source", SOURCES)
def test_replaying_the_steps_gives_the_final_state(source):
    assert_contract(trace(source))


def test_nodes_of_the_chain_stand_as_the_contract_shows_them():
    t = trace(CHAIN.source, CHAIN.inputs)
    assert [n.kind for n in t.nodes] == [
        "input", "input", "operation", "input", "operation", "input", "operation",
    ]  # fmt: skip
    assert [t.source[slice(*n.span)] for n in t.nodes] == [
        "a", "b", "a*b", "c", "a*b + c", "f", "(a*b + c) * f",
    ]  # fmt: skip
    assert t.nodes[0].span == (5, 6)
    assert t.output == 6
    first = next(s for s in t.steps if isinstance(s, Accumulate))
    assert first == Accumulate(4, 4, 1.0, -2.0, -2.0, 0.0, -2.0)


def test_same_program_gives_the_same_trace():
    one, two = trace(TRAINING), trace(TRAINING)
    assert one.nodes == two.nodes
    assert one.steps == two.steps


def test_literal_exponent_gets_no_gradient():
    t = trace("x = -2.0\ny = x**3")
    exponent = t.edges[1]
    assert (exponent.local, exponent.contribution) == (None, None)
    assert t.nodes[exponent.source].grad == 0.0
    assert t["x"].grad == 12.0


def test_node_that_does_not_reach_the_output_has_gradient_zero():
    t = trace("z = 3.0\nw = z * 2\ny = x * 2")
    assert t["z"].grad == 0.0
    assert t["w"].grad == 0.0
    assert t.edges[0].local is None


def test_output_may_be_asked_for_by_name():
    t = trace("e = a * b\nL = e * 2", {"a": 3, "b": 4}, output="e")
    assert (t.value, t["a"].grad, t["L"].grad) == (12.0, 4.0, 0.0)


def test_unknown_output_is_told_with_the_nearest_name():
    with pytest.raises(UnknownName) as caught:
        trace("loss = a * 2", output="los")
    assert caught.value.hint == "did you mean loss?"


def test_program_without_a_value_has_no_output():
    with pytest.raises(NoOutput):
        trace("print('hello')")


def test_backward_decides_the_output_and_history_keeps_each():
    t = trace("a = 2.0\nb = a * a\nc = b * a\nb.backward()\nc.backward()\nd = c * 2")
    assert t.value == 8.0
    assert t.annotations.history == [4.0, 8.0]
    assert t["a"].grad == 4.0 + 12.0


def test_forgotten_zero_grad_shows_in_the_step_that_adds_to_it():
    t = trace("a = 2.0\nL = a * 3\nL.backward()\nL.backward()")
    step = next(s for s in t.steps if isinstance(s, Accumulate) and s.node == 0)
    assert (step.before, step.contribution, step.after) == (3.0, 3.0, 6.0)
    assert t["a"].grad == 6.0


def test_writing_data_makes_a_version_and_leaves_the_past():
    t = trace("a = 2.0\ny = a * 3\na.data = 5.0\nz = y + a\nz.backward()")
    assert (t.value, t["y"].value) == (11.0, 6.0)
    assert [n.value for n in t.nodes if n.name == "a"] == [2.0, 5.0]
    assert [n.version for n in t.nodes if n.name == "a"] == [1, 2]
    entry = next(i for i in t.inputs if i.name == "a")
    assert (entry.initial, entry.value) == (2.0, 5.0)


def test_gradient_reaches_the_variable_though_its_data_was_written():
    t = trace("a = 2.0\ny = a * 3\na.data = 5.0\ny.backward()\nprint(a.grad)")
    assert t.annotations.console == ["3.0"]


def test_rebinding_makes_versions():
    t = trace("c = 1.0\nc += 2\nc = c * c")
    assert [(n.name, n.version) for n in t.nodes if n.name] == [("c", 1), ("c", 2), ("c", 3)]
    assert t["c"].value == 9.0


def test_odd_numbers_carry_a_reason():
    t = trace("y = 1 / x", {"x": 0.0})
    assert t["y"].value == math.inf
    assert "division by zero" in t["y"].warnings[0]
    assert any("not finite" in w for w in t["x"].warnings)
    assert "too large" in trace("y = exp(x)", {"x": 1000})["y"].warnings[0]


def test_free_name_is_an_input_of_one_marked_as_such():
    t = trace("y = x + z", {"z": 3})
    assert [(i.name, i.value, i.defaulted) for i in t.inputs] == [
        ("x", 1.0, True),
        ("z", 3.0, False),
    ]


@pytest.mark.parametrize(
    ("source", "meant"),
    [
        ("wieght = 2\ny = weight * x", {"weight": "wieght", "x": None}),
        ("rate = 2\ny = raet * 3", {"raet": "rate"}),
        ("y = relux + 1", {"relux": "relu"}),
        ("def f(weight):\n    return wieght * 2\ny = f(3)", {"wieght": "weight"}),
        ("width2 = 2\ny = widht2 * width1", {"widht2": "width2", "width1": None}),
        ("x1 = 2\ny = x1 * x2 + x11", {"x2": None, "x11": None}),
        ("bias = 2\ny = bias * price", {"price": None}),
    ],
)
def test_a_name_that_nothing_assigns_tells_which_one_may_be_meant(source, meant):
    assert {i.name: i.meant for i in trace(source).inputs if i.defaulted} == meant


def test_given_inputs_win_over_the_program():
    assert trace("a = 2.0\ny = a * 3", {"a": 5}).value == 15.0
    assert trace("y = e * 2", {"e": 3}).value == 6.0


def test_an_input_that_is_set_tells_what_the_program_assigns():
    t = trace("a = 2.0\nb = 4.0\ny = a * b * c", {"a": 5, "c": 3})
    assert {i.name: i.replaced for i in t.inputs} == {"a": 2.0, "b": None, "c": None}


def test_input_that_does_not_exist_is_told():
    assert trace("y = a * 2", {"q": 5}).annotations.warnings == [
        "the program has no input `q` to set"
    ]


@pytest.mark.parametrize("number", ["two", None, [1], 10**400])
def test_input_that_is_no_number_is_refused(number):
    with pytest.raises(TypeProblem, match="`a` is not set to a number"):
        trace("y = a", {"a": number})


def test_value_made_in_python_is_recorded_with_its_labels():
    a, b = Value(2.0, "a"), Value(-3.0, "b")
    t = record(a * b + 1)
    assert_contract(t)
    assert (t["a"].grad, t["b"].grad, a.grad) == (-3.0, 2.0, 0.0)
    assert [n.kind for n in t.nodes] == ["input", "input", "operation", "constant", "operation"]


def test_groups_nest_as_calls_and_loops_do():
    t = trace("def f(x):\n    return x * 2\nfor i in range(2):\n    y = f(a)\ny")
    names = [(g.name, g.parent) for g in t.annotations.groups]
    assert names == [("i = 0", None), ("f", 0), ("i = 1", None), ("f", 2)]
    network = trace("model = MLP(2, [2, 1])\ny = model([1.0, 2.0])").annotations.groups
    assert [g.name for g in network][:3] == ["model([1.0, 2.0])", "layer", "neuron"]
    assert [g.parent for g in network][:3] == [None, 0, 1]


def test_a_parameter_that_a_loop_moves_stays_outside_of_its_turns():
    t = trace(
        "w = 1.0\nnet = MLP(1, [1])\nfor turn in range(3):\n    loss = (w * net([2.0])) ** 2\n"
        "    loss.backward()\n    w.data -= 0.1 * w.grad\n"
        "    for p in net.parameters():\n        p.data -= 0.1 * p.grad"
    )
    first = {n.name: n.group for n in t.nodes if n.kind == "input" and n.version == 1}
    versions = [n for n in t.nodes if n.kind == "input" and n.version > 1]
    assert len(versions) == 9
    assert all(n.group == first[n.name] for n in versions)


@pytest.mark.parametrize(
    ("call", "name"),
    [
        ("n(x)", "n(x)"),
        ("n( x )", "n( x )"),
        ("n[0](x)", "n[0](x)"),
        ("n[0][1](x)", "n[0][1](x)"),
        ("n([1.25, 2.5])", "n([1.25, 2.5])"),
        ("n([1.25, 2.5, 3.75][:2])", "n(…)"),
        ("list(map(n, [x]))", "list(map(n, [x]))"),
        ("n[(0, 1)[0]]([1.25, 2.5])", "n[(0, 1)[0]](…)"),
        ("[n, n, n, n, n, n, n, n][3](x)", "[n, n, n, n, n, n, n…(…)"),
        ("(lambda z: n[0][0](z))(x)", "n[0][0](z)"),
    ],
)
def test_what_a_network_makes_is_grouped_by_the_call_in_the_program(call, name):
    t = trace(f"n = MLP(2, [2, 1])\nx = [é, 1.0]\ny = {call}")
    named = [g.name for g in t.annotations.groups if "(" in g.name]
    assert named == [name]


def test_training_loop_follows_the_loss_down():
    t = trace(TRAINING)
    assert len(t.annotations.history) == 20
    assert t.annotations.history[-1] < t.annotations.history[0] / 10
    assert len(t.annotations.console) == 20
    assert t.annotations.console[-1] == f"19 {t.value!r}"
    names = {i.name for i in t.inputs}
    assert {"n[0][0].w[0]", "n[2][0].b"} <= names
    assert len(names) == 41


def test_parameter_is_shown_with_the_node_that_the_output_was_made_from():
    t = trace("""
w = Value(5.0)
for k in range(2):
    L = (w - 1)**2
    w.grad = 0.0
    L.backward()
    w.data -= 0.1 * w.grad
""")
    (entry,) = t.inputs
    assert (entry.name, entry.initial) == ("w", 5.0)
    assert entry.value == pytest.approx(4.2)
    assert entry.grad == pytest.approx(2 * 3.2)


def test_what_may_surprise_is_told_in_a_warning():
    assert "last of them" in trace("y = 3,5 * x").annotations.warnings[0]
    assert "no gradient passes" in trace("x = 7.5\ny = (x % 3) * x").annotations.warnings[0]
    assert trace("i = 7\ny = x * (i % 2)").annotations.warnings == []
    assert trace("a, b = 2.0, 3.0\nL = a * b").annotations.warnings == []


def test_pi_and_ln_go_by_their_names_on_paper():
    assert trace("y = sin(π * x)").value == pytest.approx(0.0, abs=1e-15)
    assert trace("y = ln(e)").value == 1.0


def test_a_constant_is_not_warned_of_for_a_gradient_that_ends_in_it():
    nodes = trace("x = 0.0\ny = 1/x").nodes
    warnings = {node.kind: node.warnings for node in nodes}
    assert warnings["constant"] == []
    assert "the gradient is not finite" in warnings["input"][0]
    assert "division by zero" in warnings["operation"][0]


@pytest.mark.parametrize(
    ("source", "inputs", "sides"),
    [
        ("y = relu(x)", {"x": 0}, [(0, 1)]),
        ("y = abs(x)", {"x": 0}, [(-1, 1)]),
        ("y = max(a, b)", {"a": 2, "b": 2}, [(0, 1), (1, 0)]),
        ("y = min(a, b)", {"a": 2, "b": 2}, [(1, 0), (0, 1)]),
        ("y = clip(x, 0, 1)", {"x": 1}, [(1, 0), None, (0, 1)]),
        ("y = relu(x)", {"x": 1e-300}, [None]),
        ("y = tanh(x)", {"x": 0}, [None]),
    ],
)
def test_at_a_kink_each_edge_has_the_slopes_of_both_sides(source, inputs, sides):
    assert [edge.sides for edge in trace(source, inputs).edges] == sides
