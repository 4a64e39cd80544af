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
