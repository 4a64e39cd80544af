"""What a program draws after a seed is what it draws in Python, where the generator is known."""

import contextlib
import io
import random

import numpy as np
import pytest

from engine import trace
from engine.errors import ChainruleError

CELLS = [
    "np.random.seed(0)\nprint(round(float(np.random.randn()), 4))",
    "np.random.seed(42)\nprint(np.random.rand(), np.random.randint(0, 10), np.random.randint(5))",
    "np.random.seed(1)\nprint(np.random.random(), np.random.uniform(-1, 1), np.random.normal(0, 2))",
    "np.random.seed(1)\nprint(np.random.randn(2, 3).tolist(), np.random.rand(2).tolist())",
    "np.random.seed(1)\nprint(np.random.randint(0, 10, size=(2, 2)).tolist())",
    "np.random.seed(3)\na = [1, 2, 3, 4, 5]\nnp.random.shuffle(a)\nprint(a)",
    "np.random.seed(3)\nprint(np.random.permutation(6).tolist())",
    "np.random.seed(3)\nprint(np.random.permutation([4, 5, 6]).tolist())",
    "np.random.seed(3)\nprint(np.random.choice([10, 20, 30]), np.random.choice(9, size=(2, 3)).tolist())",
    "np.random.seed(3)\nprint(np.random.choice(5, 3, replace=False).tolist())",
    "np.random.seed(3)\nprint(np.random.choice(['a', 'b'], p=[0.1, 0.9]))",
    "rng = np.random.default_rng(42)\nprint(rng.random(), rng.random(2).tolist(), rng.normal(), "
    "rng.normal(1, 0.5, (2, 2)).tolist(), rng.uniform(-1, 1, size=2).tolist(), rng.standard_normal(3).tolist())",
    "rng = np.random.default_rng(seed=1)\nprint(rng.integers(10), rng.integers(2, 5, size=4).tolist(), "
    "rng.choice(5, 3, replace=False).tolist(), rng.choice([1.5, 2.5]), rng.permutation(5).tolist())",
    "rng = np.random.default_rng(2)\nx = np.arange(6)\nrng.shuffle(x)\nprint(x.tolist())\n"
    "print(rng.permutation([3, 4, 5]).tolist(), rng.integers(0, 2, (2, 3)).tolist())",
    "a, b = np.random.default_rng(0), np.random.default_rng(0)\nprint(a.random(), a.random(), b.random())",
    "np.random.seed(5)\nr = np.random.RandomState(7)\nprint(r.randn(2).tolist(), r.rand(), r.randint(3), "
    "np.random.rand(), r.uniform(0, 2))",
    "np.random.seed(3)\nprint(np.random.normal(1, 2, (2,)).tolist(), np.random.uniform(size=2).tolist())",
]


@pytest.mark.parametrize("source", CELLS)
def test_numbers_are_those_of_numpy(source):
    told = io.StringIO()
    with contextlib.redirect_stdout(told):
        exec(source, {"np": np})
    assert list(trace(f"{source}\nL = x * x").annotations.console) == told.getvalue().splitlines()


@pytest.mark.parametrize(
    "opening",
    [
        "import numpy.random as npr\nnpr.seed(0)\nprint(npr.randn())",
        "npr.seed(0)\nprint(npr.randn())",
        "from numpy.random import seed, randn\nseed(0)\nprint(randn())",
        "import autograd.numpy as np\nnp.random.seed(0)\nprint(np.random.randn())",
        "import numpy.random\nnumpy.random.seed(0)\nprint(numpy.random.randn())",
    ],
)
def test_every_door_to_the_generator_of_numpy_leads_there(opening):
    assert list(trace(f"{opening}\nL = x * x").annotations.console) == ["1.764052345967664"]


def test_numbers_are_those_of_python(capsys):
    source = (
        "random.seed(5)\nprint(random.random(), random.normalvariate(0, 1), random.randint(-5, 5))\n"
        "random.seed(-3)\nprint(random.random())"
    )
    exec(source, {"random": random})
    told = capsys.readouterr().out.splitlines()
    assert list(trace(f"{source}\nL = x * x").annotations.console) == told


@pytest.mark.parametrize(
    ("call", "words"),
    [
        ("randn(-1)", "-1 is no length"),
        ("randint(3, 3)", "first bound"),
        ("rand(10**5, 10**5)", "the limit `work`"),
        ("rand(3 * 10**7, 0)", "the limit `work`"),
        ("rand(2**53, 0)", "the limit `work`"),
        ("choice([1, 2, 3], 2, replace=False, p=[1.0, 0.0, 0.0])", "only 1"),
        ("choice(10**9)", "the limit `work`"),
        ("uniform(0, math.inf)", "finite"),
        ("normal(0, -1)", "deviation"),
        ("choice([])", "empty list"),
        ("choice(3, 5, replace=False)", "only 3"),
        ("choice([1, 2], p=[1, 1])", "their sum is 1"),
        ("seed(math.nan)", "not whole"),
        ("permutation('ab')", "not text"),
        ("rand(run=2)", "no option `run`"),
        ("default_rng(0).rand()", "has no `rand`"),
        ("default_rng(-1)", "at least 0"),
        ("default_rng(0).integers(3, 3)", "first bound"),
        ("RandomState(0).integers(3)", "has no `integers`"),
    ],
)
def test_what_cannot_be_drawn_is_refused(call, words):
    with pytest.raises(ChainruleError, match=words):
        trace(f"y = np.random.{call}\nL = x * x")


def test_the_same_program_draws_the_same_numbers():
    source = "y = np.random.randn(3).sum() * x"
    assert trace(source).value == trace(source).value
