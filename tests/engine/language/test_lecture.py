"""Code as one finds it in first lectures, pasted unchanged."""

import pytest

from engine import trace
from engine.errors import ChainruleError
from tests.graphs import MICROGRAD_README, NEURON


def printed(source, **inputs):
    return list(trace(source, inputs).annotations.console)


def test_readme_of_micrograd_prints_its_numbers():
    assert printed(MICROGRAD_README.source) == ["24.7041", "138.8338", "645.5773"]


def test_label_names_the_node():
    t = trace(NEURON.source)
    assert t["x1*w1 + x2*w2"].value == -6.0
    assert t["x1w1x2w2"].name == "x1*w1 + x2*w2"


def test_derivative_measured_by_a_small_h():
    lines = printed("""
import math
import numpy as np
import matplotlib.pyplot as plt
%matplotlib inline

def f(x):
  return 3*x**2 - 4*x + 5

h = 0.000001
x = 2/3
print((f(x + h) - f(x))/h)
xs = np.arange(-5, 5, 0.25)
ys = f(xs)
plt.plot(xs, ys)
print(len(ys), ys[0])
""")
    assert float(lines[0]) == pytest.approx(0.0, abs=1e-5)
    assert lines[1] == "40 100.0"


def test_function_of_a_plain_number_can_be_differentiated():
    t = trace("def f(x):\n  return 3*x**2 - 4*x + 5\nf(3.0)")
    assert (t.value, t["x"].grad) == (20.0, 14.0)


def test_slope_of_a_bumped_input():
    assert printed("""
h = 0.0001
a = 2.0
b = -3.0
c = 10.0
d1 = a*b + c
c += h
d2 = a*b + c
print('d1', d1)
print('slope', round((d2 - d1)/h, 6))
""") == ["d1 4.0", "slope 1.0"]


def test_tanh_in_pieces_gives_the_same_gradients():
    t = trace(NEURON.source.replace("o = n.tanh()", "e = (2*n).exp(); o = (e - 1) / (e + 1)"))
    for name in ("x1", "w1", "x2", "w2"):
        assert t[name].grad == pytest.approx(NEURON.grads[name], abs=1e-12)


def test_topological_sort_by_hand():
    assert printed("""
a = Value(2.0, label='a')
b = Value(-3.0, label='b')
o = a*b + a
topo = []
visited = set()
def build_topo(v):
  if v not in visited:
    visited.add(v)
    for child in v._prev:
      build_topo(child)
    topo.append(v)
build_topo(o)
o.grad = 1.0
for node in reversed(topo):
  node._backward()
print(a.grad, b.grad)
""") == ["-2.0 2.0"]


def test_torch_cell():
    assert printed("""
import torch
x1 = torch.Tensor([2.0]).double()                ; x1.requires_grad = True
w1 = torch.Tensor([-3.0]).double()               ; w1.requires_grad = True
b = torch.Tensor([6.8813735870195432]).double()  ; b.requires_grad = True
n = x1*w1 + b
o = torch.tanh(n)
print(round(o.data.item(), 4))
o.backward()
print('x1', round(x1.grad.item(), 4))
w1.grad.zero_()
print(w1.grad)
""") == ["0.7071", "x1 -1.5", "[0.0]"]


def test_softmax_exercise_gives_the_known_gradients():
    t = trace("""
def softmax(logits):
  counts = [logit.exp() for logit in logits]
  denominator = sum(counts)
  out = [c / denominator for c in counts]
  return out

logits = [Value(0.0), Value(3.0), Value(-2.0), Value(1.0)]
probs = softmax(logits)
loss = -probs[3].log()
loss.backward()
print(loss.data)
ans = [0.041772570515350445, 0.8390245074625319, 0.005653302662216329, -0.8864503806400986]
for dim in range(4):
  ok = 'OK' if abs(logits[dim].grad - float(ans[dim])) < 1e-5 else 'WRONG!'
  print(f"{ok} for dim {dim}: expected {ans[dim]:.4f}, yours returns {logits[dim].grad:.4f}")
""")
    assert t.value == pytest.approx(2.1755153626167147, rel=1e-13)
    assert [line[:2] for line in t.annotations.console[1:]] == ["OK"] * 4
    assert [i.name for i in t.inputs][:4] == [f"logits[{i}]" for i in range(4)]


def test_vector_of_torch_has_gradients_too():
    assert printed("""
t = torch.tensor([0., 3., -2., 1.], requires_grad=True)
loss = -torch.softmax(t, dim=0)[3].log()
loss.backward()
print([round(g, 4) for g in t.grad])
""") == ["[0.0418, 0.839, 0.0057, -0.8865]"]


def test_svm_loss_of_the_demo():
    t = trace("""
model = MLP(2, [4, 1])
print(model)
print("number of parameters", len(model.parameters()))
X = [[0.5, -1.0], [1.5, 0.25]]
y = [1, -1]
scores = list(map(model, X))
losses = [(1 + -yi*scorei).relu() for yi, scorei in zip(y, scores)]
data_loss = sum(losses) * (1.0 / len(losses))
reg_loss = 1e-4 * sum((p*p for p in model.parameters()))
total_loss = data_loss + reg_loss
accuracy = [(yi > 0) == (scorei.data > 0) for yi, scorei in zip(y, scores)]
print(sum(accuracy) / len(accuracy))
model.zero_grad()
total_loss.backward()
""")
    assert t.annotations.console[0].startswith("MLP of [Layer of [ReLUNeuron(2), ")
    assert t.annotations.console[1] == "number of parameters 17"
    assert t["total_loss"].grad == 1.0


def test_drawing_functions_are_read_and_do_nothing():
    t = trace("""
from graphviz import Digraph
def draw_dot(root):
  dot = Digraph(format='svg')
  for n in nodes: dot.node(name=str(id(n)))
  return dot
y = x * 2
draw_dot(y)
plt.figure(figsize=(5, 5)); plt.grid();
""")
    assert t.value == 2.0


def test_prompts_of_the_interpreter_are_left_out():
    assert trace(">>> a = 2.0\n>>> y = a * 3").value == 6.0
    assert trace("In [1]: a = 2.0\n   ...: b = 3\n\nIn [2]: y = a * b\nOut[2]: 6.0").value == 6.0


def test_integers_print_as_python_prints_them():
    assert printed("""
i = 0
while i < 3:
    print(i)
    i += 1
print(7 // 2, 7 % 2, 1 / 2, 2**3, 2**-1, 3 * 1.0)
print(f"{i} turns", end="; ")
print([1, 2.0, (3,)], None, True)
""") == ["0", "1", "2", "3 1 0.5 8 0.5 3.0", "3 turns; [1, 2.0, (3,)] None True"]


def test_control_flow_takes_the_branch_that_data_chooses():
    assert printed("""
def grade(x):
    if x > 2: return "big"
    elif x > 1: return "middle"
    else: return "small"
print([grade(v) for v in [0.5, 1.5, 2.5]])
for i in range(10):
    if i == 1: continue
    if i == 4: break
    print(i, end=" ")
else:
    print("never")
n = 3
while n:
    n -= 1
else:
    print("done", n)
a, (b, *rest) = 1, (2, 3, 4)
print(a, b, rest, max(b, 5), -a if not b > 5 else b)
""") == ["['small', 'middle', 'big']", "0 2 3 done 0", "1 2 [3, 4] 5 -1"]


def test_closures_defaults_and_lambdas():
    assert trace("""
def scaled(k=3.0):
    return lambda v: v * k
y = scaled()(x) + (lambda p, q=2: p**q)(x)
""", {"x": 2}).value == 10.0  # fmt: skip


def test_caret_and_pasted_signs_mean_what_they_look_like():
    assert trace("y = −x^2 × 3 ÷ 2 · 1", {"x": 2}).value == -6.0
    assert trace("y = 2^3^2").value == 512.0


def test_library_over_lists():
    t = trace("y = mean([a, b]) + dot([a, b], [2, 3]) + mse([a, b], [0, 0]) + max(a, b, 0)",
              {"a": 1, "b": 3})  # fmt: skip
    assert t.value == 2 + 11 + 5 + 3
    assert trace("y = cross_entropy([a, b], 1)", {"a": 0, "b": 0}).value == pytest.approx(
        0.6931471805599453
    )


def test_gradient_is_a_value_of_the_language():
    t = trace("x = 2.0\ny = x**3\ng = grad(y, x)\nh = grad(g, x)")
    assert (t["g"].value, t.value) == (12.0, 12.0)


def test_locals_are_other_names_than_globals():
    t = trace("x = 3.0\ndef f(x):\n    return x * 2\ny = f(4.0) + x", {"x": 5})
    assert (t.value, t["x"].value) == (13.0, 5.0)


def test_chained_and_tuple_assignment_make_inputs():
    t = trace("a = b = 2.0\nc, d = 3.0, 4.0\nL = a*b*c*d", {"b": 5})
    assert t.value == 2 * 5 * 3 * 4
    assert trace("a, b = 2.0, 3.0").value == 3.0


def test_global_name_is_assigned_from_within_a_function():
    source = "w = 2.0\ndef step(v):\n    global w\n    w = w + v\nstep(x)\nstep(x)\nL = w * x"
    t = trace(source, {"x": 3.0})
    assert (t.value, t["x"].grad) == ((2.0 + 3.0 + 3.0) * 3.0, 2.0 + 4 * 3.0)


def test_output_is_what_is_printed_where_nothing_else_is_worked_out():
    t = trace("a = 2.0\nf = lambda v: v**3\nprint(f(a))")
    assert (t.value, t["a"].grad) == (8.0, 12.0)
    assert trace("a = 2.0\nL = a*a\nprint(a)").value == 4.0


def test_texts_and_lists_have_the_methods_of_every_day():
    source = (
        "print('a b'.split(), 'a,b'.split(','), 'Loss'.upper(), ' x '.strip())\n"
        "print([3, 1, 3].index(1), [3, 1, 3].count(3))\nL = x * x"
    )
    assert trace(source).annotations.console == ["['a', 'b'] ['a', 'b'] LOSS x", "1 2"]


def test_cells_of_a_language_model_of_letters_run_and_learn():
    source = """\
import torch
import torch.nn.functional as F
xs = torch.tensor([0, 2, 1])
ys = torch.tensor([2, 1, 0])
g = torch.Generator().manual_seed(2147483647)
W = torch.randn((4, 4), generator=g, requires_grad=True)
for k in range(3):
    xenc = F.one_hot(xs, num_classes=4).float()
    logits = xenc @ W
    counts = logits.exp()
    probs = counts / counts.sum(1, keepdims=True)
    loss = -probs[torch.arange(3), ys].log().mean() + 0.01*(W**2).mean()
    print(loss.item())
    W.grad = None
    loss.backward()
    W.data += -5 * W.grad
"""
    t = trace(source)
    first, second, third = map(float, t.annotations.console)
    assert first > second > third == t.value
    assert {entry.name.partition("[")[0] for entry in t.inputs} == {"W"}


DEMO = """\
import random
import numpy as np
import matplotlib.pyplot as plt
from micrograd.engine import Value
from micrograd.nn import Neuron, Layer, MLP
np.random.seed(1337)
random.seed(1337)
from sklearn.datasets import make_moons, make_blobs
X, y = make_moons(n_samples=4, noise=0.1)
y = y*2 - 1 # make y be -1 or 1
# visualize in 2D
plt.figure(figsize=(5,5))
plt.scatter(X[:,0], X[:,1], c=y, s=20, cmap='jet')
model = MLP(2, [4, 4, 1]) # 2-layer neural network
print(model)
print("number of parameters", len(model.parameters()))
def loss(batch_size=None):
    # inline DataLoader :)
    if batch_size is None:
        Xb, yb = X, y
    else:
        ri = np.random.permutation(X.shape[0])[:batch_size]
        Xb, yb = X[ri], y[ri]
    inputs = [list(map(Value, xrow)) for xrow in Xb]
    # forward the model to get scores
    scores = list(map(model, inputs))
    # svm "max-annotations" loss
    losses = [(1 + -yi*scorei).relu() for yi, scorei in zip(yb, scores)]
    data_loss = sum(losses) * (1.0 / len(losses))
    # L2 regularization
    alpha = 1e-4
    reg_loss = alpha * sum((p*p for p in model.parameters()))
    total_loss = data_loss + reg_loss
    # also get accuracy
    accuracy = [(yi > 0) == (scorei.data > 0) for yi, scorei in zip(yb, scores)]
    return total_loss, sum(accuracy) / len(accuracy)
total_loss, acc = loss()
print(total_loss, acc)
# optimization
for k in range(3):
    # forward
    total_loss, acc = loss()
    # backward
    model.zero_grad()
    total_loss.backward()
    # update (sgd)
    learning_rate = 1.0 - 0.9*k/100
    for p in model.parameters():
        p.data -= learning_rate * p.grad
    if k % 1 == 0:
        print(f"step {k} loss {total_loss.data}, accuracy {acc*100}%")
"""
"""Micrograd's demo notebook, cell after cell; of its samples and neurons only a few."""


def test_demo_notebook_of_micrograd_trains():
    t = trace(DEMO)
    steps = [line for line in t.annotations.console if line.startswith("step ")]
    losses = [float(line.split()[3].rstrip(",")) for line in steps]
    assert "number of parameters 37" in t.annotations.console
    assert len(losses) == 3
    assert losses[2] < losses[0]
    assert t.value == losses[2]


def test_whole_numbers_stay_whole_through_floors_and_rests():
    assert printed("n = 10\nprint(n, n + 1, n // 3, n % 3, 7.0 // 2)\nL = a") == ["10 11 3 1 3.0"]


def test_printed_numbers_are_whole_where_they_are_in_python(capsys):
    source = (
        "def relu(x): return max(0, x)\nprint(relu(-1.5), relu(2.5), max(2, 1.0), min(1, 2.5))\n"
        "correct = 0\ncorrect += 2 > 1\nprint(correct)"
    )
    exec(source, {})
    assert printed(f"{source}\ny = a") == capsys.readouterr().out.splitlines()


@pytest.mark.parametrize(
    ("source", "value", "slope"),
    [
        ("y = F.leaky_relu(-x)", -0.01, -0.01),
        ("y = nn.functional.relu(x) * 3", 3.0, 3.0),
        ("y = jnp.maximum(x, 0.0)", 1.0, 1.0),
        ("y = F * x", 1.0, 1.0),  # a name as any other, where no function is asked of it
    ],
)
def test_cells_know_the_modules_that_an_earlier_cell_imports(source, value, slope):
    t = trace(source)
    assert (t.value, t["x"].grad) == (value, slope)
    assert [entry.name for entry in t.inputs if entry.name != "F"] == ["x"]


def test_size_is_a_count_and_with_brackets_a_shape():
    source = (
        "X = np.ones((2, 3))\nprint(X.size, X.size(), X.size(1))\nfor i in range(X.size): y = a"
    )
    assert printed(source) == ["6 (2, 3) 3"]


def test_what_only_draws_can_be_unpacked():
    assert trace("fig, ax = plt.subplots()\nax.plot([1], [2])\nL = a*a", {"a": 3.0}).value == 9.0


def test_names_of_a_function_are_its_own():
    source = """
x = 2.0
def f(n):
    y = n*x
    for i in range(2):
        y = y + x
    return [y*k for k in range(3)][2]
L = f(5.0)
"""
    assert trace(source).value == 28.0


def test_texts_are_filled_joined_and_repeated():
    assert printed("""
loss = Value(0.12345)
print("step %d loss %.2f %5.1f%% %s" % (3.0, loss, 50.0, [1.0]))
print("step {} loss {:.3f} {name}".format(3, loss, name="w"))
print("=" * 8 + " " + str(loss.data) + " " + repr("w"))
print(", ".join(str(i) for i in range(3)))
""") == [
        "step 3 loss 0.12  50.0% [1.0]",
        "step 3 loss 0.123 w",
        "======== 0.12345 'w'",
        "0, 1, 2",
    ]


@pytest.mark.parametrize(
    "source",
    [
        "y = 'a' * 10**9",
        "y = 'a' * 10**300",
        "y = ','.join(['a' * 5000] * 50000)",
        "y = ''\nwhile True: y = y + 'aaaa'",
        "y = 'a' * 10000\nys = [y + '' for i in range(100000)]",
        "y = '%s' * 5000 % tuple(['a' * 10000] * 5000)",
    ],
)
def test_text_never_grows_without_bound(source):
    with pytest.raises(ChainruleError) as refused:
        trace(source)
    assert refused.value.code == "limit_exceeded"


def test_parameters_may_go_by_name_alone():
    t = trace("def f(x, *, k=2.0, m): return x*k + m\nL = f(a, m=b)")
    assert (t.value, t["a"].grad, t["b"].grad) == (3.0, 2.0, 1.0)


def test_starred_name_takes_what_others_leave():
    assert printed("for a, *b in [(1, 2, 3)]: print(a, b)\n*c, d = [4, 5, 6]\nprint(c, d)") == [
        "1 [2, 3]",
        "[4, 5] 6",
    ]


def test_arrays_are_compared_element_by_element():
    assert printed("""
X = np.array([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]])
y = np.array([0, 1, 1])
print(X[y == 1], X[y == 1, 0], (y == 1).sum(), (X > 1.5).mean())
print((y == 0).any(), (y > 0).all())
""") == ["[[3.0, 4.0], [5.0, 6.0]] [3.0, 5.0] 2 0.8333333333333334", "True False"]


def test_matrix_product_is_made_of_scalar_products_and_sums():
    t = trace("""
X = torch.tensor([[1.0, 2.0], [3.0, 4.0]])
w = torch.tensor([0.5, -1.0])
L = (X @ w).sum()
L.backward()
print(X @ X, X.T @ w, w @ w, X.T)
""")
    assert t.value == -4.0
    assert (t["w[0]"].grad, t["w[1]"].grad) == (4.0, 6.0)
    assert list(t.annotations.console) == [
        "[[7.0, 10.0], [15.0, 22.0]] [-2.5, -3.0] 1.25 [[1.0, 3.0], [2.0, 4.0]]"
    ]


def test_arrays_are_given_other_shapes():
    assert printed("""
xx, yy = np.meshgrid(np.arange(0, 3), np.arange(0, 2))
print(xx.shape, np.c_[xx.ravel(), yy.ravel()])
Z = np.array([x > 0 for x in xx.ravel()])
print(Z.reshape(xx.shape), Z.reshape(-1, 2))
""") == [
        "(2, 3) [[0, 0], [1, 0], [2, 0], [0, 1], [1, 1], [2, 1]]",
        "[[False, True, True], [False, True, True]] [[False, True], [True, False], [True, True]]",
    ]


def test_decision_boundary_of_the_demo_is_computed():
    lines = printed("""
X, y = make_moons(n_samples=6, noise=0.1)
model = MLP(2, [2, 1])
h = 0.75
x_min, x_max = X[:, 0].min() - 1, X[:, 0].max() + 1
y_min, y_max = X[:, 1].min() - 1, X[:, 1].max() + 1
xx, yy = np.meshgrid(np.arange(x_min, x_max, h),
                     np.arange(y_min, y_max, h))
Xmesh = np.c_[xx.ravel(), yy.ravel()]
inputs = [list(map(Value, xrow)) for xrow in Xmesh]
scores = list(map(model, inputs))
Z = np.array([s.data > 0 for s in scores])
Z = Z.reshape(xx.shape)

fig = plt.figure()
plt.contourf(xx, yy, Z, cmap=plt.cm.Spectral, alpha=0.8)
plt.scatter(X[:, 0], X[:, 1], c=y, s=40, cmap=plt.cm.Spectral)
plt.xlim(xx.min(), xx.max())
print(Z.shape == xx.shape, len(scores) == xx.shape[0] * xx.shape[1])
""")
    assert lines == ["True True"]


def test_lists_are_ordered_and_extended_in_place():
    assert printed(
        "xs = [3, 1]\nys = xs.copy()\nxs.sort()\nxs.insert(0, 5)\nxs.reverse()\nprint(xs, ys)"
    ) == ["[3, 1, 5] [3, 1]"]


@pytest.mark.parametrize("name", ["ŷ", "σ", "é", "ž", "ő", "θ", "Ł"])
def test_latin_and_greek_letters_make_names(name):
    assert trace(f"{name} = 3.0\nL = {name}*{name}")[name].grad == 6.0


def test_gradients_asked_of_pytorch_can_be_differentiated_again():
    t = trace("""
x = torch.tensor(3.0, requires_grad=True)
y = x**3
g, = torch.autograd.grad(y, x, create_graph=True)
h, = torch.autograd.grad(g, [x])
print(g, h)
h.backward()
""")
    assert list(t.annotations.console) == ["27.0 18.0"]
    assert t["x"].grad == 6.0


# -- tensors, as PyTorch's tutorials and "Dive into Deep Learning" write them; the numbers are theirs


def test_backward_from_a_vector_takes_its_gradient():
    t = trace("""
a = torch.tensor([2., 3.], requires_grad=True)
b = torch.tensor([6., 4.], requires_grad=True)
Q = 3*a**3 - b**2
Q.backward(gradient=torch.tensor([1., 1.]))
print(9*a**2 == a.grad, -2*b == b.grad)
""")
    assert list(t.annotations.console) == ["[True, True] [True, True]"]
    assert t["a[1]"].grad == 81.0


def test_numbers_of_an_array_become_inputs_on_demand():
    t = trace("""
x = torch.arange(4.0)
x.requires_grad_(True)
y = 2 * torch.dot(x, x)
y.backward()
print(x.grad == 4 * x)
x.grad.zero_()
y = x.sum()
y.backward()
print(x.grad, x.requires_grad, x.size(), x.numel())
""")
    assert list(t.annotations.console) == [
        "[True, True, True, True]",
        "[1.0, 1.0, 1.0, 1.0] True (4,) 4",
    ]
    assert [entry.name for entry in t.inputs] == ["x[0]", "x[1]", "x[2]", "x[3]"]


def test_what_is_detached_gets_no_gradient():
    assert printed("""
x = torch.arange(4.0, requires_grad=True)
y = x * x
u = y.detach()
z = u * x
z.sum().backward()
print(x.grad == u)
""") == ["[True, True, True, True]"]
    assert trace("y = a*a\nL = y.detach() * a", {"a": 3.0})["a"].grad == 9.0


def test_gradient_goes_through_the_turns_that_a_loop_took():
    assert printed("""
def f(a):
    b = a * 2
    while b.norm() < 1000:
        b = b * 2
    if b.sum() > 0:
        c = b
    else:
        c = 100 * b
    return c
a = torch.randn(size=(), requires_grad=True)
d = f(a)
d.backward()
print(a.grad == d / a)
print(torch.norm(torch.tensor([3.0, 4.0])))
""") == ["True", "5.0"]


def test_slope_of_a_function_as_jax_takes_it():
    assert printed("""
from jax import grad
import jax.numpy as jnp
def f(x): return jnp.tanh(x)**2 + x**3
print(grad(f)(0.0), grad(grad(f))(0.0))
""") == ["0.0 2.0"]


def test_plain_array_has_no_gradient_and_says_what_to_do():
    with pytest.raises(ChainruleError, match="no gradient is kept") as refused:
        trace("W = np.ones(2)\nL = x * x\nL.backward()\nprint(W.grad)")
    assert "requires_grad=True" in str(refused.value.hint)


def test_whole_numbers_are_drawn_below_the_bound_of_numpy():
    lines = printed("print(np.random.randint(0, 2, 50).max(), random.randint(1, 1))\nL = x*x")
    assert lines == ["1 1"]


def test_array_of_one_number_gives_its_gradient_and_its_number():
    source = "w = torch.zeros(1, 1, requires_grad=True)\nl = (w - 1)**2\nl.backward()\n"
    assert printed(f"{source}print(w.grad.item(), l.item())") == ["-2.0 1.0"]  # as PyTorch prints
    with pytest.raises(ChainruleError, match="An array of 2 numbers has no single one"):
        trace("y = torch.ones(2).item()")


def test_parameter_of_a_function_is_another_name_than_an_input_that_nothing_assigns():
    source = "def f(x):\n    return x**3\ny = f(2.0) + x"
    assert trace(source, {"x": 5.0}).value == 13.0
    assert trace("def f(x):\n    return x**3\ny = f(2.0)", {"x": 5.0}).value == 125.0


def test_comprehension_of_a_dictionary_has_names_of_its_own():
    source = "k = 3\ndef f(x):\n    d = {k: k * x for k in [1, 2]}\n    return d[1] * k\ny = f(2.0)"
    assert trace(source).value == 6.0


def test_binary_cross_entropy_of_a_certain_probability_is_what_pytorch_makes_it():
    # torch.nn.BCELoss: logarithms are -100 at the least
    t = trace(
        "z = Value(40.0)\nL = nn.BCELoss()(sigmoid(z), Value(1.0))\nL.backward()\nprint(z.grad)"
    )
    assert (t.value, list(t.annotations.console)) == (0.0, ["0.0"])
    assert trace("L = F.binary_cross_entropy(Value(0.0), 1.0)").value == 100.0


def test_maximum_along_an_axis_comes_with_its_places_in_pytorch():
    source = (
        "X = torch.tensor([[1., 5.], [7., 2.]])\nv, i = torch.max(X, 1)\nprint(v, i)\nL = v.sum()"
    )
    assert printed(source) == ["[5.0, 7.0] [1, 0]"]


def test_optimizer_moves_nothing_before_a_gradient_has_come():
    source = (
        "w = torch.tensor([1., -2.], requires_grad=True)\n"
        "opt = torch.optim.SGD([w], lr=0.1, momentum=0.9)\nfor i in range(4):\n"
        "    opt.zero_grad()\n    L = (w * w).sum()\n    L.backward()\n    opt.step()\n"
        "opt.zero_grad()\nopt.step()\nprint(f'{w[0].item():.4f} {w[1].item():.4f}')"
    )
    assert printed(source) == ["-0.3086 0.6172"]  # as torch.optim.SGD leaves them
