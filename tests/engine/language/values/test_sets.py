"""Sets hold nothing twice, as Python's do."""

import contextlib
import io

import pytest

from engine import trace
from engine.errors import ChainruleError

PROGRAMS = {
    "what is added twice is there once": "s = set()\ns.add(1)\ns.add(1)\nprint(len(s))",
    "a list is taken in once": "s = set([1, 1, 2])\ns.add(2)\nprint(len(s), sorted(s))",
    "what is in it is told": "s = set(['a', 'b'])\nprint('a' in s, 'c' in s, 'c' not in s)",
    "a loop goes over it": "for i in sorted(set([3, 1, 3])): print(i)",
    "a number that has a name is that number": (
        "n = 2\nk = 2\ns = {1, 2}\ns.add(k)\nprint(n in s, len(s), len({n, k}))"
    ),
    "tuples are what they hold": "s = {(1, 2), (1, 2)}\nprint(len(s), (1, 2) in s)",
    "two are equal in whatever order": "print({1, 2} == {2, 1}, {1} == [1], {1} != {2})",
    "it is no list": "print(isinstance({1}, set), isinstance({1}, list))",
    "a graph of numbers is walked": (
        "g = {0: [1, 2], 1: [3], 2: [3], 3: []}\nseen = set()\nout = []\ndef walk(v):\n"
        "    if v not in seen:\n        seen.add(v)\n        for c in g[v]: walk(c)\n"
        "        out.append(v)\nwalk(0)\nprint(out)"
    ),
    "numbers stand where Python puts them": (
        "s = {30, 1, 20, 8}\nprint(s, list(s), [i for i in s], {0.5, 3, True}, {16, 8, 0})\n"
        "s.add(17)\ns.discard(1)\nprint(s, set(range(9, 0, -1)), sorted(s), max(s), sum(s))\n"
        "for i in s: print(i)"
    ),
    "what is in several": (
        "a, b = {1, 2, 3}, {3, 4}\nprint(a | b, a & b, a - b, a ^ b, a)\n"
        "print(a.union(b), a.intersection([2]), a.difference(b), a.symmetric_difference(b))\n"
        "print(a <= {1, 2, 3, 4}, a < a, a >= b, {3} < b, b > {3}, b.issubset(a))\n"
        "a |= b\nb -= {3}\nprint(a, b, b.issuperset({4}))"
    ),
    "what is let go of": (
        "s = {'a'}\ns.remove('a')\ns.discard('b')\nprint(s)\ns.update([1, 2], {3})\nt = s.copy()\n"
        "t.clear()\nprint(s, t, len(t))\n{5}.pop()"
    ),
    "what changes in place has no copies": (
        "s = {3, 1, 2}\nt = s\nt |= {9}\nprint(s)\nt &= {9, 3, 1}\nprint(s)\n"
        "def f(u): u -= {1}\nf(s)\nprint(s)\nt ^= {9, 8}\nprint(s, s is t)\n"
        "d = {'a': s}\nd['a'] |= {5}\nprint(s, t | {7}, t)"
    ),
    "equal numbers are one": (
        "x = 1.5\ny = 1.5\nprint(x in [y], 1.5 in {x}, len({x, y}), x in (y, 2), x == y)\n"
        "n = float('nan')\nprint(n in [n], n in [float('nan')], [1.5, 2].count(x), y in {2.5})"
    ),
    "an empty one holds nothing": "print('full' if set() else 'empty', len(set()))",
}


@pytest.mark.parametrize("source", PROGRAMS.values(), ids=PROGRAMS)
def test_set_does_what_it_does_in_python(source):
    told = io.StringIO()
    with contextlib.redirect_stdout(told):
        exec(source, {})
    printed = trace(f"{source}\nL = x * x").annotations.console
    assert "\n".join(printed) == told.getvalue().rstrip("\n")


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("{1} + {2}", "on a set"),
        ("{1} | [2]", "another set"),
        ("{1} < 2", "another set"),
        ("{1}.remove(2)", "does not hold this"),
        ("set().pop()", "does not hold"),
        ("{1}.update(2)", "A list is needed"),
        ("{1}.append(2)", "has no `append`"),
        ("s = {1}\nfor i in s: s.add(s)\nprint(s)", "nest"),
    ],
)
def test_what_a_set_cannot_do_is_refused(source, words):
    with pytest.raises(ChainruleError, match=words):
        trace(f"{source}\nL = x * x")


def test_values_in_a_set_are_told_apart_as_objects():
    source = "a = Value(2.0)\nb = Value(2.0)\ns = set([a, b, a])\nprint(len(s), a in s)\nL = a * b"
    assert list(trace(source).annotations.console) == ["2 True"]


def test_the_graph_is_walked_by_a_set_of_what_was_visited():
    source = (
        "a = Value(2.0)\nL = a * a + a\ntopo = []\nvisited = set()\n"
        "def build_topo(v):\n    if v not in visited:\n        visited.add(v)\n"
        "        for child in v._prev:\n            build_topo(child)\n        topo.append(v)\n"
        "build_topo(L)\nprint(len(topo), len(visited))"
    )
    assert list(trace(source).annotations.console) == ["3 3"]
