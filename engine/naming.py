"""Naming: what values without a name are called: by their text, or by their part in a neuron.

The page names them by the same rule, in `static/js/naming.js`; a test compares the two.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from engine.records import Node
from engine.trace import Trace

NEURON = "neuron"
"""What the group is called that one neuron computes in."""
WEIGHT = re.compile(r"(.*)\.w\[(\d+)\]")
"""A weight, after the neuron that it belongs to."""
LETTERS = ("v", "u", "z", "value")
"""What the rest is called; the first of these that is no name of the program's."""
POWER = re.compile(r" ?\*\* ?([23])(?![\w.]| ?\*\*)")
BRACKETS = re.compile(r"[(\[][^()\[\]]*[)\]]")
WHOLE = re.compile(r"(?:[^\W_]|[_.])*[₀-₉]*|[²³][₀-₉]*")
SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


def names_of(trace: Trace) -> list[str]:
    """Return what each value that leads to the output is called; nothing, if it is a constant."""
    nodes = [node for node in trace.nodes if trace.reaches[node.position]]
    neurons = {at for at, group in enumerate(trace.annotations.groups) if group.name == NEURON}
    texts = _texts(trace, nodes, neurons)
    own = {node.name for node in nodes}
    letter = next((one for one in LETTERS if one not in own), "")
    stems = _parts(trace, nodes, neurons) | texts
    counts = Counter(stems.get(node.position, letter) for node in nodes)
    turns: Counter[str] = Counter()
    names = [""] * len(trace.nodes)
    for node in nodes:
        stem = stems.get(node.position, letter)
        if node.name is not None:
            names[node.position] = node.name + _version(node)
        elif node.kind != "constant" and stem != letter and counts[stem] == 1:
            names[node.position] = stem
        elif node.kind != "constant":
            turns[stem] += 1
            is_whole = node.position not in texts or _holds_together(stem)
            names[node.position] = (stem if is_whole else f"({stem})") + _subscript(turns[stem])
    return names


def _version(node: Node) -> str:
    return _subscript(node.version) if node.version is not None and node.version > 1 else ""


def _subscript(count: int) -> str:
    return str(count).translate(SUBSCRIPTS)


def _texts(trace: Trace, nodes: Iterable[Node], neurons: set[int]) -> dict[int, str]:
    """Return the texts that compute one value each; of several, of one after another, the last."""
    inner = {
        operand
        for node in nodes
        for operand in node.operands
        if (trace.nodes[operand].group == node.group or trace.nodes[operand].group in neurons)
        and trace.nodes[operand].span == node.span
    }
    return {
        node.position: _written(trace.source[slice(*node.span)])
        for node in nodes
        if node.operation is not None and node.name is None and node.position not in inner
        if node.span is not None
    }


def _written(text: str) -> str:
    """Return a text in one line, with squares and cubes as one writes them."""
    return POWER.sub(lambda found: "²" if found[1] == "2" else "³", re.sub(r"\s+", " ", text))


def _holds_together(text: str) -> bool:
    """Tell whether a text holds together by itself: a name, a call, something in brackets."""
    while (less := BRACKETS.sub("", text)) != text:
        text = less
    return WHOLE.fullmatch(text) is not None


def _parts(trace: Trace, nodes: Iterable[Node], neurons: set[int]) -> dict[int, str]:
    """Name what neurons compute by their weights: `n[0].w[0]*x`, `n[0].Σ`, and `n[0].tanh`."""
    within = [
        node
        for node in nodes
        if node.operation is not None and node.name is None and node.group in neurons
    ]
    products = {node.position: one for node in within if (one := _weight(trace, node))}
    last = {node.group: products[node.position] for node in within if node.position in products}
    found: dict[int, str] = {}
    for node in within:
        if node.group not in last or node.operation is None:
            continue
        neuron, count = last[node.group].groups()
        if node.position in products:
            found[node.position] = f"{products[node.position][0]}*x"
        elif len(node.operands) == 1:
            found[node.position] = f"{neuron}.{node.operation.name}"
        else:
            added = _weight(trace, trace.nodes[node.operands[1]])
            up_to = added[2] if added else count
            found[node.position] = f"{neuron}.Σ" + ("" if up_to == count else f"[{up_to}]")
    return found


def _weight(trace: Trace, node: Node) -> re.Match[str] | None:
    """Return the weight that a node is a product with."""
    first = trace.nodes[node.operands[0]].name if node.operands else None
    return WEIGHT.fullmatch(first) if first else None
