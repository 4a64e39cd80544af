"""Cells of notebooks print here what they print in Python, with NumPy and PyTorch themselves."""

import itertools
import math
import re

import numpy as np
import pytest

from engine import sweep, trace
from engine.errors import ChainruleError
from engine.limits import Limits
from engine.sweep import Axis
from tests.conftest import require

NUMBER = re.compile(r"-?(?:\d+\.?\d*(?:e[-+]?\d+)?|\binf\b|\bnan\b)")

UNTRACKED = {
    "what is computed within no_grad gets no gradient": (
        "w = torch.tensor(2.0, requires_grad=True)\nwith torch.no_grad():\n    target = w * 3\n"
        "loss = (w * 5 - target)**2\nloss.backward()\nprint(loss, w.grad)\n"
        "print(target.requires_grad, loss.requires_grad)"
    ),
    "nor does what a function under its decorator returns": (
        "@torch.no_grad()\ndef average(w):\n    return w * 0.5 + 1\n"
        "w = torch.tensor([2.0, 1.0], requires_grad=True)\nm = average(w)\n"
        "L = ((w - m)**2).sum()\nL.backward()\nprint(L, w.grad, m.requires_grad)"
    ),
    "tracking goes on after the block": (
        "w = torch.tensor([2.0, 1.0], requires_grad=True)\nwith torch.no_grad():\n    w -= 0.5\n"
        "L = (w * w).sum()\nL.backward()\nprint(w.grad, w.requires_grad, L.requires_grad)"
    ),
    "what is detached requires no gradient": (
        "w = torch.tensor([2.0, 1.0], requires_grad=True)\ny = w * w\nu = y.detach()\n"
        "(u * w).sum().backward()\nprint(u.requires_grad, y.requires_grad, w.grad)"
    ),
}


def told_by_python(source: str) -> str:
    """Return what Python prints, with arrays and tensors as lists."""
    lines: list[str] = []
    names = {"np": np, "math": math, "itertools": itertools}
    if "torch" in source or "F." in source or "nn." in source:
        torch = require("torch")
        names |= {"torch": torch, "F": torch.nn.functional, "nn": torch.nn}

    def tell(*values: object) -> None:
        lines.append(" ".join(str(listed(value)) for value in values))

    exec(source, {**names, "print": tell})
    return "\n".join(lines)


def listed(value: object) -> object:
    if isinstance(value, (list, tuple)):
        return (list if isinstance(value, list) else tuple)(map(listed, value))
    return value.tolist() if hasattr(value, "tolist") else value


def assert_told_alike(source: str) -> None:
    told = told_by_python(source)
    own = "\n".join(trace(f"{source}\nx_x = 1.0\nlast = x_x * x_x").annotations.console)
    assert NUMBER.sub("#", own) == NUMBER.sub("#", told), own
    numbers = [[float(n) for n in NUMBER.findall(text)] for text in (own, told)]
    assert numbers[0] == pytest.approx(numbers[1], rel=1e-5, abs=1e-6, nan_ok=True)


@pytest.mark.parametrize("source", UNTRACKED.values(), ids=UNTRACKED)
def test_what_is_not_tracked_gets_no_gradient(source):
    assert_told_alike(source)


def test_replay_runs_again_what_is_computed_within_no_grad():
    source = "w = 2.0\nwith torch.no_grad():\n    t = w * 3\nL = (w * 5 - t)**2\nL.backward()"
    assert trace(source).value == 4.0**2
    swept = sweep(source, [Axis("w", 1.0, 3.0, 3)])
    assert swept.values.tolist() == [2.0**2, 4.0**2, 6.0**2]


VIEWS = {
    "a slice": "a = np.arange(6.0)\nv = a[1:4]\nv[0] = 100\nprint(a)\nv *= 2\nprint(a)\na[::2] += 1\nprint(v)",
    "a row": "m = np.zeros((3, 3))\nrow = m[1]\nrow[:] = 7\nm[:, 0] = 1\nprint(m, row)",
    "a column": "m = np.zeros((3, 3))\nc = m[:, 2]\nc += 5\nm[0, 2] = -1\nprint(m, c)",
    "rows": "m = np.eye(3)\nt = m[:2]\nt[0, 1] = 4\nm[1] = 9\nprint(m, t)",
    "a slice of a slice": "a = np.arange(6.0)\nu = a[1:][1:]\nu[0] = 7\nprint(a)\na[2:4] = 0\nprint(u)",
    "other rows": "a = np.arange(6.0)\nb = a.reshape(2, 3)\nb[0, 0] = 9\na[5] = 8\nprint(a, b)",
    "other axes": "m = np.arange(6.0).reshape(2, 3)\nt = m.T\nt[1, 1] = -1\nm[0] *= 2\nprint(m, t)",
    "one row of all": "m = np.eye(2)\nr = m.ravel()\nr[1] = 5\nf = m.flatten()\nf[0] = 6\nprint(m, r)",
    "an axis more": "a = np.arange(3.0)\nc = a[:, None]\nc[1, 0] = 5\nd = np.squeeze(c)\nd[2] = 6\nprint(a)",
    "itself as it is written": "a = np.arange(5.0)\na[1:] = a[:-1]\nprint(a)\na[::-1][0] = 9\nprint(a)",
    "what is ordered": "a = np.array([3.0, 1.0, 2.0])\nv = a[:2]\na.sort()\nprint(v)\nv[::-1].sort()\nprint(a)",
    "what is shuffled": (
        "np.random.seed(1)\nX = np.arange(6.0).reshape(3, 2)\nr = X[0]\nt = X[1:]\n"
        "np.random.shuffle(X)\nprint(X, r, t)"
    ),
    "swapped rows": "m = np.eye(2)\nm[0], m[1] = m[1], m[0]\nprint(m)\nm[[0, 1]] = m[[1, 0]]\nprint(m)",
    "no copy": "a = np.arange(4.0)\nb = a.copy()\nb[0] = 9\nc = a[[0, 1]]\nc[0] = 9\nd = a[a > 1]\nd[0] = 9\nprint(a)",
    "nothing joined": (
        "A = np.eye(2)\nc = np.concatenate([A, A])\nc[0, 0] = 9\nv = np.vstack([A, A])\nv[0, 0] = 8\n"
        "s = np.stack([A, A])\ns[0, 0, 0] = 7\np = np.append(A, A, axis=0)\np[0, 0] = 6\n"
        "print(A, c[2, 0], v[2, 0], s[1, 0, 0], p[2, 0])"
    ),
    "numbers of a kind": "a = np.ones(3)\na[0] = 9\nm = a > 2\nm[1] = 1\nprint(a, m)",
    "a view of a tensor": (
        "x = torch.zeros(4)\ny = x.view(2, 2)\ny[0, 1] = 5\nx[3] = 7.0\nx[:2].add_(1)\nprint(x, y)"
    ),
    "what is detached": (
        "w = torch.tensor([1.0, 2.0, 3.0], requires_grad=True)\nd = w.detach()\nd[0] = 10.0\n"
        "w.data[1] = 20.0\nn = w.detach().numpy()\nn[2] = 30.0\nc = w.detach().clone()\nc[0] = 0.0\n"
        "print(w, d, n, c)\n(w**2).sum().backward()\nprint(w.grad, d)"
    ),
    "what is kept of a weight that moves": (
        "w = torch.tensor([1.0, 2.0], requires_grad=True)\nopt = torch.optim.SGD([w], lr=0.1)\n"
        "seen, copies = [], []\nfor _ in range(3):\n    opt.zero_grad()\n    (w**2).sum().backward()\n"
        "    opt.step()\n    seen.append(w.detach())\n    copies.append(w.data.clone())\n"
        "print(seen, copies)"
    ),
    "weights that are written where nothing is tracked": (
        "w = torch.tensor([1.0, 2.0], requires_grad=True)\nwith torch.no_grad():\n"
        "    w[:] = torch.tensor([5.0, 6.0])\n    w[0] = 7.0\n(w**2).sum().backward()\nprint(w, w.grad)"
    ),
    "a view that becomes a weight": (
        "C = torch.linspace(-1, 1, 4).view(2, 2)\nC.requires_grad = True\n(C**2).sum().backward()\n"
        "C.data += -0.1 * C.grad\nC.data[0, 0] = 3.0\nprint(C, C.grad)"
    ),
    "what is computed": (
        "x = torch.tensor([1.0, 2.0, 3.0], requires_grad=True)\ny = x * 2\nv = y[1:]\nv *= 3\n"
        "y[0] = 0.0\n(y**2).sum().backward()\nprint(y, v, x.grad)"
    ),
    "plain data": "x = torch.zeros(2)\nx.data[0] = 5.0\nx.data.fill_(2.0)\nd = x.data\nx += 1\nprint(x, d)",
}


@pytest.mark.parametrize("source", VIEWS.values(), ids=VIEWS)
def test_what_shares_numbers_shares_them_as_in_numpy_and_pytorch(source):
    assert_told_alike(source)


def test_tensor_of_bools_picks_as_a_condition_does():
    assert_told_alike(
        "x = torch.tensor([1.0, 2.0, 3.0])\nm = torch.tensor([True, False, True])\n"
        "print(x[m], m.any())\nx[m] = 7\nprint(x, (x > 2) & m)"
    )


COPIES = {
    "a clone": "y = a.clone()",
    "what is joined": "y = torch.cat([a, a])[:2]",
    "what a list picks": "y = a[[0, 1]]",
    "what is stacked": "y = torch.stack([a, a * 2])[0]",
}


@pytest.mark.parametrize(
    "change",
    [
        "with torch.no_grad():\n    y += 1",
        "with torch.no_grad():\n    a += 1",
        "y.data[0] = 5",
        "a.data[0] = 5",
    ],
)
@pytest.mark.parametrize("made", COPIES.values(), ids=COPIES)
def test_copies_and_what_they_are_of_change_apart(made, change):
    source = (
        f"a = torch.tensor([1.0, 2.0], requires_grad=True)\n{made}\n(a * a).sum().backward()\n"
        f"{change}\nprint(a, y, a.grad)\n(a * a).sum().backward()\nprint(a.grad)"
    )
    assert_told_alike(source)


def test_view_that_nobody_holds_is_let_go_of():
    source = "a = np.zeros(50)\nfor i in range(300):\n    a[1:][0] = i\nprint(a[1])"
    assert_told_alike(source)


GENERATORS = {
    "one without end": (
        "def counted():\n    n = 0\n    while True:\n        n += 1\n        yield n\n"
        "c = counted()\nprint(next(c), next(c), [a + b for a, b in zip(range(3), c)], next(c))"
    ),
    "a loop that ends early": (
        "def roots():\n    x = 1.0\n    while True:\n        yield x\n        x = x/2 + 1/x\n"
        "past = None\nfor i, x in enumerate(roots()):\n    if past is not None and abs(x - past) < 1e-9:\n"
        "        break\n    past = x\nprint(i, x)"
    ),
    "one of another": (
        "def numbers():\n    n = 0\n    while True:\n        yield n\n        n += 1\n"
        "def squares(values):\n    for v in values:\n        if v % 2:\n            continue\n"
        "        yield v * v\ns = squares(numbers())\nprint([next(s) for _ in range(4)])"
    ),
    "what happens when": (
        "def told():\n    print('begins')\n    for i in range(2):\n        print('gives', i)\n"
        "        yield i\n    else:\n        print('ends')\nfor v in told():\n    print('got', v)\n"
        "t = told()\nprint('made')\nprint(next(t))\nprint(list(t), next(t, 'none'))"
    ),
    "all kinds of blocks": (
        "def f(n):\n    if n == 0:\n        yield 'zero'\n        return\n    elif n == 1:\n"
        "        yield 'one'\n    else:\n        while n > 0:\n            n -= 1\n"
        "            if n == 3:\n                break\n            yield n\n        else:\n"
        "            yield 'end'\n        yield from f(max(n - 2, 0))\n    yield\n"
        "print(list(f(0)), list(f(1)), list(f(2)), list(f(6)))"
    ),
    "what is taken is gone": (
        "g = (i * i for i in range(4))\nprint(next(g), sum(g), sum(g))\n"
        "z = zip([1, 2], 'ab')\nprint(list(z), list(z))\nm = map(lambda t: 2 * t, [1, 2])\n"
        "print(sum(m), sum(m))\nf = filter(None, [0, 1, 2])\nprint(next(f), 2 in f, list(f))"
    ),
    "what is looked for is the last that is taken": (
        "import itertools\ng = iter([1, 2, 3])\nprint(2 in g, list(g), 5 in g)\nprint(3 in itertools.count())"
    ),
    "no more than is needed": (
        "print(any((hit := x) > 1 for x in [1, 2, 3]), hit)\n"
        "print(all((seen := x) < 2 for x in [1, 2, 3]), seen)\n"
        "print(next(x for x in [0.5, 1.5] if x > 1), next((x for x in [1] if x > 2), -1))"
    ),
    "what it goes over is there at once": "xs = [1, 2]\ng = (x for x in xs)\nxs = [3]\nprint(list(g))",
    "what it reads is read late": "k = 1\ng = (k * x for x in [1, 2])\nk = 10\nprint(list(g))",
    "iter and unpacking": (
        "it = iter([1, 2, 3, 4])\na, b = next(it), next(it)\n*rest, last = it\nprint(a, b, rest, last)\n"
        "xs = [0]\nxs += (x for x in [1])\nxs.extend(x for x in [2])\nprint(*(x for x in xs))"
    ),
    "itertools": (
        "from itertools import accumulate, chain, combinations, count, cycle, islice, pairwise\n"
        "from itertools import product, repeat, takewhile\nprint(list(islice(count(3, 2), 1, 7, 2)))\n"
        "print([a for a, _ in zip(cycle('ab'), range(5))], list(chain([1], (2, 3))))\n"
        "print(list(accumulate([1, 2, 3])), list(accumulate([2, 3], lambda a, b: a * b, initial=1)))\n"
        "print(list(product([0, 1], repeat=2)), list(product('a', [1, 2])), list(repeat(0, 2)))\n"
        "print(list(combinations([1, 2, 3], 2)), list(pairwise([1, 2, 4])))\n"
        "print(list(takewhile(lambda n: n < 3, count())))"
    ),
}


@pytest.mark.parametrize("source", GENERATORS.values(), ids=GENERATORS)
def test_generator_gives_one_value_after_the_other_as_in_python(source):
    assert_told_alike(source)


def test_generator_works_in_groups_of_its_own():
    source = (
        "a = 2.0\ndef powers(x):\n    y = x\n    while True:\n        yield y\n        y = y * x\n"
        "def go(values):\n    total = 0.0\n    for i in range(3):\n        total = total + next(values)\n"
        "    return total\nL = go(powers(a))\nM = L * a"
    )
    t = trace(source)
    records = t.annotations.groups

    def around(node):
        group, names = node.group, []
        while group is not None:
            names.append(records[group].name)
            group = records[group].parent
        return names

    assert (t.value, t["a"].grad) == (28.0, 2 * 2 + 3 * 4 + 4 * 8)
    within = {node.name: around(node) for node in t.nodes}
    assert within["M"] == []  # where the generator was let go of, no block of its own is left open
    assert within["y"] == ["turn = 1", "powers"]


def test_generator_that_nothing_tracks_leaves_the_rest_tracked():
    source = (
        "def f(w):\n    with torch.no_grad():\n        yield w * 2\n        yield w * 3\n"
        "w = torch.tensor(2.0, requires_grad=True)\nt = next(f(w))\nL = w * t\nL.backward()\n"
        "print(w.grad, t.requires_grad, L.requires_grad)"
    )
    assert_told_alike(source)


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("def f():\n    yield next(g)\ng = f()\nnext(g)", "asks itself"),
        ("next(iter([]))", "no value left"),
        ("next([1])", "not from a list of 1"),
        ("list(zip([1], [1, 2], strict=True))", "not the same length"),
        ("def f(n):\n    yield from f(n)\nlist(f(1))", "the limit `nesting`"),
        ("from itertools import count\nlist(count())", "the limit `work`"),
        ("from itertools import cycle\nsum(cycle([1]))", "the limit `work`"),
        ("from itertools import islice\nlist(islice([1], -1))", "none below 0"),
        ("def f():\n    print((yield 1))\nlist(f())", "line of its own"),
        ("from itertools import product\nlist(product([1], repeat=-1))", "at least 0"),
        ("from itertools import combinations\nlist(combinations([1], -1))", "at least 0"),
        ("from itertools import combinations\ncombinations([1], 2**53)", "the limit `work`"),
        (
            "from itertools import combinations\nc = combinations(range(500), 250)\n"
            "for _ in range(900): next(c)",
            "the limit `work`",
        ),
        (
            "from itertools import product\np = product([0, 1], repeat=5000)\n"
            "for _ in range(50): next(p)",
            "the limit `work`",
        ),
        ("from itertools import islice\nislice([1], 0, 1, 0)", "cannot be 0"),
    ],
)
def test_generator_that_cannot_go_on_says_why(source, words):
    with pytest.raises(ChainruleError) as refused:
        trace(f"{source}\nL = x * x", limits=Limits(seconds=60.0))
    assert words in refused.value.message
    assert refused.value.span


@pytest.mark.parametrize(
    "taken",
    [
        "g = (a * i for i in [1, 2, 3])\nwith torch.no_grad():\n    x = next(g)\nL = x + next(g)",
        "with torch.no_grad():\n    g = (a * i for i in [1, 2, 3])\nL = sum(g)",
        "def f():\n    for i in [1, 2, 3]:\n        yield a * i\ng = f()\nL = next(g)\n"
        "with torch.no_grad():\n    L = L + next(g)\nL = a + next(g)",
        "@torch.no_grad()\ndef f():\n    yield a * 2\n    yield a * 3\nL = sum(f()) * a",
        "def f():\n    with torch.no_grad():\n        y = a * 2\n    yield y * a\n    yield y\n"
        "L = sum(f())",
    ],
)
def test_what_takes_from_a_generator_says_what_is_tracked(taken):
    source = f"a = torch.tensor(2.0, requires_grad=True)\n{taken}\nL.backward()\nprint(L, a.grad)"
    assert_told_alike(source)


LOGITS = (
    "z = torch.tensor([[1.0, 2.0, 0.5], [0.1, -0.3, 0.8]], requires_grad=True)\n"
    "y = torch.tensor([1, 2])\ns = torch.tensor([[0.1, 0.8, 0.1], [0.0, 0.2, 0.8]])\n"
    "w = torch.tensor([1.0, 2.0, 0.5])\n"
)

LOSSES = [
    "F.cross_entropy(z, y, label_smoothing=0.1)",
    "F.cross_entropy(z, y, weight=w)",
    "F.cross_entropy(z, y, weight=w, label_smoothing=0.3)",
    "F.cross_entropy(z, y, weight=w, reduction='sum')",
    "F.cross_entropy(z, y, reduction='none').sum()",
    "F.cross_entropy(z, s)",
    "F.cross_entropy(z, s, weight=w, label_smoothing=0.2)",
    "F.cross_entropy(z[0], y[0], weight=w)",
    "F.cross_entropy(z[1], y[1], label_smoothing=0.2, reduction='none')",
    "nn.CrossEntropyLoss(label_smoothing=0.2)(z, y)",
    "nn.CrossEntropyLoss(weight=w)(z, y)",
    "F.nll_loss(F.log_softmax(z, dim=1), y, weight=w)",
    "F.mse_loss(z, s, reduction='none').mean()",
    "torch.einsum('ij,j->i', z, w).sum()",
    "torch.einsum('ij,ij->', z, s)",
    "(torch.einsum('ik,jk->ij', z, s)**2).sum()",
    "torch.einsum('bi,ij,bj->b', z, torch.eye(3) * 2, s).prod()",
]


@pytest.mark.parametrize("loss", LOSSES)
def test_loss_and_its_gradients_are_those_of_pytorch(loss):
    assert_told_alike(f"{LOGITS}L = {loss}\nL.backward()\nprint(L, z.grad)")


@pytest.mark.parametrize(
    ("call", "words"),
    [
        ("F.cross_entropy([[1.0, 2.0]], [0], weight=3)", "list is needed"),
        ("F.nll_loss([[1.0, 2.0]], [0], weight=[1.0])", "1 and 2 elements"),
        ("F.cross_entropy([1.0, 2.0], 0, label_smoothing=2)", "from 0 to 1"),
        ("np.einsum('ij,jk', np.eye(2))", "names 2 arrays"),
        ("np.einsum('i', np.eye(2))", "names 1 axes"),
        ("np.einsum('ij->k', np.eye(2))", "each once"),
        ("np.einsum(3)", "names the axes"),
        ("torch.optim.SGD([{'lr': 1}], lr=0.1)", "has `params`"),
        ("nn.init.zeros_(3)", "tensor is needed"),
        ("nn.init.xavier_uniform_(torch.ones(3))", "two axes"),
        ("np.polyfit([1, 2], [1], 1)", "more points"),
        ("math.comb(171, 2)", "from 0 to 170"),
        ("np.ones(2).append(1)", "has no `append`"),
        ("torch.ones(2, 2).permute(0, 0)", "named once"),
    ],
)
def test_what_does_not_fit_is_refused_in_words(call, words):
    with pytest.raises(ChainruleError) as refused:
        trace(f"{call}\nL = x * x")
    assert words in refused.value.message


def test_einsum_sums_as_in_numpy():
    equations = ["ij,jk->ik", "ij,jk", "ij,kj->ik", "ij,jk->", "ij,jk->kji", " ij , jk -> i"]
    lines = [
        f"print(np.einsum('{one}', A, {'C' if 'kj' in one[:6] else 'B'}))" for one in equations
    ]
    lines += ["print(np.einsum('ij->ji', A), np.einsum('ij->', A), np.einsum('ii', A @ B @ D))"]
    lines += [
        "print(np.einsum('i,j->ij', v, v), np.einsum('i,i', v, v), np.einsum('ii->i', A @ B @ D))"
    ]
    start = "A = np.arange(6.0).reshape(2, 3)\nB = np.arange(12.0).reshape(3, 4)\nC = B.T\n"
    start += "v = np.array([1.0, 2.0, 3.0])\nD = np.arange(8.0).reshape(4, 2)\n"
    assert_told_alike(start + "\n".join(lines))


OPTIMIZED = {
    "groups with rates of their own": (
        "opt = torch.optim.SGD([{'params': [w]}, {'params': b, 'lr': 1e-3}], lr=1e-1, momentum=0.9)\n"
        "s = torch.optim.lr_scheduler.StepLR(opt, 2)"
    ),
    "groups with options of their own": (
        "opt = torch.optim.AdamW([{'params': [w], 'weight_decay': 0.5}, {'params': [b]}], lr=0.05)\n"
        "s = torch.optim.lr_scheduler.LambdaLR(opt, lambda t: 1 / (t + 1))"
    ),
    "a rate that grows": (
        "opt = torch.optim.SGD([w, b], lr=0.4)\n"
        "s = torch.optim.lr_scheduler.LinearLR(opt, start_factor=0.5, total_iters=3)"
    ),
    "a rate that falls": (
        "opt = torch.optim.Adam([w, b], lr=0.4)\n"
        "s = torch.optim.lr_scheduler.LinearLR(opt, 1.0, 0.1, 4)"
    ),
    "a rate that waits": (
        "opt = torch.optim.SGD([w, b], lr=0.4)\ns = torch.optim.lr_scheduler.ConstantLR(opt, 0.5, 2)"
    ),
}


@pytest.mark.parametrize("made", OPTIMIZED.values(), ids=OPTIMIZED)
def test_optimizer_moves_weights_as_in_pytorch(made):
    assert_told_alike(
        "w = torch.tensor([1.0, 2.0], requires_grad=True)\n"
        f"b = torch.tensor([0.5], requires_grad=True)\n{made}\nfor _ in range(6):\n"
        "    opt.zero_grad()\n    loss = ((w * 3).sum() + b.sum())**2 * 0.01\n    loss.backward()\n"
        "    opt.step()\n    s.step()\n    print(loss, w, b, s.get_last_lr())\n"
        "    print([g['lr'] for g in opt.param_groups])"
    )


def test_initial_weights_are_written_and_stay_where_pytorch_draws_them():
    assert_told_alike(
        "w = torch.empty(3, 2)\nl = nn.Linear(2, 3)\nnn.init.zeros_(l.bias)\n"
        "nn.init.constant_(l.weight, 0.5)\nprint(l(torch.tensor([1.0, 2.0])), l.weight.requires_grad)\n"
        "nn.init.ones_(l.bias)\nnn.init.normal_(l.weight, mean=0.0, std=0.01)\n"
        "print(l.bias, bool((l.weight.abs() < 0.1).all()), bool((l.weight == 0).any()))\n"
        "for init, most in [(nn.init.xavier_uniform_, (6/42)**0.5), (nn.init.kaiming_uniform_, 3**0.5)]:\n"
        "    v = init(torch.empty(40, 2)).abs().max()\n    print(bool(0.8 * most < v <= most))\n"
        "nn.init.uniform_(w, -0.1, 0.1)\nprint(bool((w.abs() <= 0.1).all()), w.shape == (3, 2))"
    )


def test_points_that_are_not_shuffled_stand_class_by_class():
    for make in ("make_moons", "make_circles", "make_blobs"):
        source = f"from sklearn.datasets import {make}\nX, y = {make}(6, shuffle=False)\nprint(y)"
        assert trace(f"{source}\nL = x * x").annotations.console == ["[0, 0, 0, 1, 1, 1]"]


OTHERS = {
    "axes in another order": (
        "x = torch.arange(24.0).view(2, 3, 4)\nprint(x.transpose(-2, -1), x.transpose(0, 1).shape)\n"
        "print(x.permute(2, 0, 1)[3], x.flatten(1), torch.flatten(x).shape, x.flatten(0, 1).shape)"
    ),
    "a matrix turned by PyTorch": "m = torch.arange(6.0).view(2, 3)\nprint(m.transpose(0, 1), m.transpose(-2, -1))",
    "a matrix turned by NumPy": (
        "m = np.arange(6.0).reshape(2, 3)\nprint(m.transpose(0, 1), m.transpose(1, 0))\n"
        "print(np.transpose(np.arange(6.0).reshape(1, 2, 3), (1, 2, 0)))"
    ),
    "methods of tensors": (
        "x = torch.tensor([[0.5, 2.0], [3.0, 1.0]], requires_grad=True)\n"
        "y = x.log10() + x.log2() + x.softmax(-1) + x.log_softmax(dim=0) + x.clamp_min(1.0)\n"
        "y.retain_grad()\n(y * x.clamp_max(2.5)).sum().backward()\nprint(y, x.grad, x.logsumexp(0))"
    ),
    "kinds of numbers": "m = torch.tensor([1, 2]) == 1\nprint(m.float(), F.one_hot(torch.tensor([1, 0])).float())",
    "layers": (
        "l = nn.Linear(2, 1)\nnn.init.constant_(l.weight, 0.5)\nnn.init.zeros_(l.bias)\n"
        "m = nn.Sequential(l, nn.Flatten(0, 1))\nprint(m(torch.tensor([[1.0, 2.0], [3.0, 4.0]])))\n"
        "print([(name, p.data) for name, p in m.named_parameters()])\n"
        "print([name for name, _ in l.named_parameters()])"
    ),
    "a parameter": (
        "w = nn.Parameter(torch.tensor([1.0, 2.0]))\n(w * w).sum().backward()\nprint(w.grad, w.requires_grad)\n"
        "print(torch.cuda.is_available(), torch.eye(2, 3, requires_grad=True).requires_grad)\n"
        "torch.testing.assert_close(w.grad, 2 * w.detach())"
    ),
    "numbers near 0": "print(math.log1p(1e-10), math.expm1(1e-10), math.log10(1000), math.log2(8), np.log10(np.array([1e3])))",
    "counted": "print(math.factorial(5), math.comb(5, 2), math.hypot(3, 4))",
    "each row or column": (
        "m = np.arange(6.0).reshape(2, 3)\nprint(np.apply_along_axis(lambda r: r.sum(), 1, m))\n"
        "print(np.apply_along_axis(lambda c: c[0], 0, m), np.apply_along_axis(lambda c: c * 2, 0, m))\n"
        "print([(i, v) for i, v in np.ndenumerate(m)][4][0], [p for p in np.ndindex(2, 2)])"
    ),
    "what is no number": "print(np.nan_to_num(np.array([1.0, np.nan, -np.inf])), np.nan_to_num(np.inf))",
    "a fitted line": "x = np.array([1.0, 2.0, 3.0, 4.0])\nprint(np.polyfit(x, x**2 + 1, 2), np.polyfit(x, 2 * x, 1))",
    "rows that are repeated": (
        "m = np.eye(2)\nr = np.repeat(m, 2, axis=0)\nr[0, 0] = 9\nprint(r, np.repeat(m, 2, axis=1), m)"
    ),
}


@pytest.mark.parametrize("source", OTHERS.values(), ids=OTHERS)
def test_cell_tells_what_it_tells_in_python(source):
    assert_told_alike(source)


def test_slopes_at_each_number_are_those_of_the_formulas():
    t = trace(
        "from autograd import elementwise_grad as egrad\nx = np.linspace(-2, 2, 5)\n"
        "print(egrad(np.tanh)(x))\nprint(egrad(egrad(np.tanh))(x))\nL = x.sum() * a"
    )
    height = np.tanh(np.linspace(-2, 2, 5))
    slope = 1 - height**2
    for line, expected in zip(t.annotations.console, (slope, -2 * height * slope), strict=True):
        own = [float(n) for n in NUMBER.findall(line)]
        assert own == pytest.approx(expected, rel=1e-9)
