"""Cells of notebooks print here what they print in Python, with NumPy and PyTorch themselves."""

import itertools
import math
import re

import numpy as np
import pytest

from engine import sweep, trace
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
        return type(value)([listed(item) for item in value])
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


def test_view_that_nobody_holds_is_let_go_of():
    source = "a = np.zeros(50)\nfor i in range(300):\n    a[1:][0] = i\nprint(a[1])"
    assert_told_alike(source)
