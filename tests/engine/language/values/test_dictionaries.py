"""Dictionaries keep what a program puts into them, as Python's do."""

import contextlib
import io

import pytest

from engine import trace
from engine.errors import ChainruleError

PROGRAMS = {
    "entries are found by text and by number": "d = {'w': 0.5, 2: 'two'}\nprint(d['w'], d[2])",
    "an entry is written": "d = {}\nd['a'] = 1\nd['a'] += 2\nprint(d, len(d))",
    "a loop goes over keys": "d = {'a': 1, 'b': 2}\nfor k in d: print(k, d[k])",
    "a loop goes over entries": "for k, v in {'a': 1, 'b': [2]}.items(): print(k, v)",
    "keys and values are lists": (
        "d = dict(a=1, b=2.5)\nprint(list(d.keys()), sum(d.values()), list(d))"
    ),
    "what is in it is told": "d = {'a': 1}\nprint('a' in d, 'b' in d, 'b' not in d)",
    "what is missing is replaced": "d = {'a': 1}\nprint(d.get('a'), d.get('b'), d.get('b', 3))",
    "entries are taken": "d = {'a': 1, 'b': 2}\nprint(d.pop('a'), d.pop('c', None), d)",
    "another is put in": (
        "d = {'a': 1}\nd.update({'b': 2})\ne = {**d, 'c': 3}\nprint(e, d == e, d == {'a': 1, 'b': 2})"
    ),
    "a comprehension makes one": "print({f'W{i}': i * i for i in range(5) if i != 2})",
    "it is made of pairs": "print(dict([('a', 1), ('b', 2)]), dict({'c': 3}))",
    "a copy is of its own, whatever its kind": (
        "import copy\nfrom collections import Counter, defaultdict\nc = Counter([1, 1, 2])\n"
        "for d in (copy.copy(c), copy.deepcopy(c), c.copy()):\n    d[2] += 5\n"
        "    print(c[2], d[2], d[9], d.most_common(1))\n"
        "g = defaultdict(list)\ng[1].append(2)\nh, k = copy.copy(g), copy.deepcopy(g)\n"
        "h[1].append(3)\nk[1].append(4)\nk[2].append(5)\nprint(g[1], h[1], k[1], k[2], 2 in g)"
    ),
    "what is shared stays shared in a copy": (
        "import copy\na = [1]\nb = copy.deepcopy([a, a, (a, {'a': a})])\nb[0].append(2)\n"
        "print(a, b, b[0] is b[1])\nr = [1]\nr.append(r)\n"
        "print(len(copy.deepcopy(r)[1][1]))\nt = copy.deepcopy({1, 2})\nt.add(3)\nprint(t, 3 in t, len(t))"
    ),
    "a copied array shares no rows": (
        "import copy\nimport numpy as np\nA = np.ones((2, 2))\nB = copy.copy(A)\nB[0, 0] = 5.5\n"
        "C = copy.deepcopy(A)\nC[0, 0] = 6.5\nprint(A[0, 0], B[0, 0], C[0, 0])"
    ),
    "counts are of a list, of a dictionary, of names": (
        "from collections import Counter\nc = Counter({'a': 2, 'b': 1})\nprint(c.most_common(1))\n"
        "c.update('aaz')\nc.update({'b': 4})\nc.update([1], b=2)\nprint(sorted(c.values()), c['b'])\n"
        "print(Counter(a=3)['a'], Counter(c) == c, Counter('aab', b=3).most_common())"
    ),
    "a copy is another one": "d = {'a': 1}\ne = d.copy()\ne['a'] = 2\nprint(d, e)",
    "it is given to a function by name": (
        "def f(a, b=2): return a - b\nprint(f(**{'a': 5}), f(**{'b': 1, 'a': 5}))"
    ),
    "its names fill a text": "print('{value:.2f} {run}'.format(value=3.0, run=1))",
    "an empty one holds nothing": "print('full' if {} else 'empty', {})",
}


@pytest.mark.parametrize("source", PROGRAMS.values(), ids=PROGRAMS)
def test_dictionary_does_what_it_does_in_python(source):
    told = io.StringIO()
    with contextlib.redirect_stdout(told):
        exec(source, {})
    printed = trace(f"{source}\nL = x * x").annotations.console
    assert "\n".join(printed) == told.getvalue().rstrip("\n")


def test_values_in_a_dictionary_are_named_by_their_keys():
    t = trace("p = {'w': Value(3.0), 'b': Value(1.0)}\nL = p['w'] * 2 + p['b']\nL.backward()")
    assert {entry.name: t[entry.name].grad for entry in t.inputs} == {"p['w']": 2.0, "p['b']": 1.0}


def test_entries_under_different_keys_are_different_inputs():
    t = trace("d = {1: Value(1.0), '1': Value(5.0)}\ny = d[1] * d['1']")
    assert {entry.name: entry.grad for entry in t.inputs} == {"d[1]": 5.0, "d['1']": 1.0}
    long = "'" + "k" * 60
    t = trace(f"d = {{{long}1': Value(2.0), {long}2': Value(3.0)}}\ny = d[{long}1'] * d[{long}2']")
    assert len({entry.name for entry in t.inputs}) == 2


def test_key_that_is_no_character_becomes_no_name():
    t = trace("d = {'\\ud800': Value(3.0)}\ny = d['\\ud800'] * 2")
    t.inputs[0].name.encode()


def test_parameters_of_a_network_are_kept_by_layer():
    source = """
params = {}
sizes = [2, 3, 1]
for l in range(1, len(sizes)):
    params["W" + str(l)] = np.ones((sizes[l], sizes[l - 1])) * 0.5
    params[f"b{l}"] = np.zeros((sizes[l], 1))
A = np.array([[x], [2.0]])
for l in range(1, len(sizes)):
    A = np.dot(params["W" + str(l)], A) + params["b" + str(l)]
L = A[0, 0]
"""
    t = trace(source, {"x": 1.0})
    assert t.value == 3 * 0.5 * (0.5 * 1.0 + 0.5 * 2.0)
    assert t["x"].grad == 3 * 0.5 * 0.5


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("d = {'weight': 1}\ny = x * d['wieght']", "did you mean weight?"),
        ("d = {'w': 1}\ny = x * d['b']", "its entries: 'w'"),
        ("y = {}[[1]]", "not by a list of 1"),
        ("d = {'a': 1}\nfor k, v in d: print(k)", "A list is needed here, not text"),
        ("y = x + {'a': 1}", "a dictionary of 1"),
        ("y = dict([1])", "made of pairs"),
        ("y = {**[1]}", "A dictionary is needed here"),
        ("d = {}\nd['d'] = d\nprint(d)", "limit `nesting`"),
        ("def f(a): return a\ny = f(**{1: 2})", "its keys are texts"),
        ("d = {'a': 1}\ny = d.a", "has no `a`"),
    ],
)
def test_what_does_not_fit_is_told(source, said):
    with pytest.raises(ChainruleError) as refused:
        trace(source)
    assert said in f"{refused.value.message} {refused.value.hint}"


def test_nothing_is_taken_that_a_defaulting_dictionary_would_first_have_to_make():
    source = "from collections import defaultdict\nd = defaultdict(int)\n"
    with pytest.raises(ChainruleError, match="has no entry 'b'"):
        trace(f"{source}d.pop('b')\nL = x * x")
    assert list(trace(f"{source}print(d.pop('b', 7), len(d))\nL = x * x").annotations.console) == [
        "7 0"
    ]
