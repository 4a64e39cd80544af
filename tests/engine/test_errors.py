"""Errors name what is wrong, whatever it is called, and never at length."""

import pytest

from engine import trace
from engine.errors import ChainruleError

LONG = "n" * 3_000


@pytest.mark.parametrize(
    "source",
    [
        "def {name}(a):\n    return a\n{name}()",
        "def f(a):\n    return a\nf({name}=3)",
        "def f():\n    {name} = {name} + 1\n    return {name}\nf()",
        "x = 1.0\nx.{name}",
        "x = 1.0\nx.tanh({name}=3)",
        "import math\nmath.{name}(2)",
        "from {name} import *",
        "y = {name}\n{name} = 1.0",
        "del {name}",
        "{name}(2)",
    ],
)
def test_name_that_fills_pages_is_cut_in_message_and_hint(source):
    with pytest.raises(ChainruleError) as caught:
        trace(source.format(name=LONG))
    assert f"{LONG[:39]}…" in caught.value.message + (caught.value.hint or "")
    assert len(caught.value.message) + len(caught.value.hint or "") < 400
