"""Names: what a node is called in another notation."""

from __future__ import annotations

import builtins
import keyword
import re
import unicodedata
from collections import Counter

from engine.operation import Operation
from engine.operations import OPERATIONS
from engine.records import Node
from engine.trace import Trace

LONGEST = 40
"""Characters of source that serve as the name of an unnamed value."""


def function_name(operation: Operation) -> str:
    """Return what a function that computes an operation is called, and no built-in one is."""
    return f"{operation.name}_value" if hasattr(builtins, operation.name) else operation.name


OWN = "Value compute gradients inputs jax jnp math np output sys torch value".split(" ")
RESERVED = frozenset(
    [
        *keyword.kwlist,
        *keyword.softkwlist,
        *dir(builtins),
        *map(function_name, OPERATIONS.values()),
        *OWN,
    ]
)
"""What an exported program says itself, so that no variable may be called it."""


def labels(trace: Trace) -> list[str]:
    """Return for each node its name, or its text in the source, or v and its number."""
    texts = Counter(node.span for node in trace.nodes if node.kind == "operation")
    return [_label(trace, node, texts[node.span] == 1) for node in trace.nodes]


def _label(trace: Trace, node: Node, is_alone: bool) -> str:
    if node.name:
        version = f" ({node.version})" if node.version and node.version > 1 else ""
        return one_line(node.name) + version
    if node.span is not None and node.kind == "operation" and is_alone:
        text = one_line(trace.source[slice(*node.span)])
        if 0 < len(text) <= LONGEST:
            return text
    return f"v{node.position}"


def one_line(text: str) -> str:
    """Return a text without line breaks."""
    return " ".join(text.split())


def sign(node: Node) -> str:
    """Return the sign of a node's operation, as a drawing writes it."""
    assert node.operation is not None
    return node.operation.glyph or node.operation.symbol


def short(value: float) -> str:
    """Return a number in at most six significant digits."""
    return f"{value:.6g}"


class Names:
    """Python identifiers, each given once."""

    def __init__(self) -> None:
        self.taken = set(RESERVED)
        self.counts: dict[str, int] = {}

    def take(self, name: str) -> str:
        """Return an identifier like a name, and like nothing that was taken before."""
        # Python reads identifiers in this normal form: what differs before may be the same after.
        stem = re.sub(r"\W+", "_", unicodedata.normalize("NFKC", name)).strip("_") or "v"
        stem = stem if stem.isidentifier() else f"v_{stem}"
        found, count = stem, self.counts.get(stem, 1)
        while found in self.taken:
            count += 1
            found = f"{stem}_{count}"
        self.counts[stem] = count
        self.taken.add(found)
        return found
