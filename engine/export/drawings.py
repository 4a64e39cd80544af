"""Drawings: a trace as a graph of Graphviz and of Mermaid.

A value is a box with name, value and gradient; an operation is a sign before its box; what was
made in one call or turn of a loop is framed together. Two uses of a value are two edges.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from engine.export.names import labels, one_line, short, sign
from engine.records import Node
from engine.trace import Trace


@dataclass(frozen=True)
class Notation:
    """How one kind of graph is written; `{id}` and `{label}` stand for escaped texts."""

    card: Callable[[Node, str], str]
    sign: str
    edge: str
    frame: str
    frame_end: str


def _lines(trace: Trace, notation: Notation, escape: Callable[[str], str]) -> Iterator[str]:
    """Return the nodes in their frames, then the edges."""
    members: dict[int | None, list[Node]] = defaultdict(list)
    inner: dict[int | None, list[int]] = defaultdict(list)
    for node in trace.nodes:
        if trace.reaches[node.position]:
            members[node.group].append(node)
    groups, names = trace.annotations.groups, labels(trace)
    for index, group in enumerate(groups):
        inner[group.parent].append(index)

    def framed(group: int | None, depth: int) -> Iterator[str]:
        space = "  " * depth
        for node in members[group]:
            yield space + notation.card(node, names[node.position])
            if node.operation is not None:
                yield space + notation.sign.format(id=node.position, label=escape(sign(node)))
        for index in inner[group]:
            body = list(framed(index, depth + 1))
            if body:  # a group whose values lead nowhere is left out with them
                yield space + notation.frame.format(id=index, label=escape(groups[index].name))
                yield from body
                yield space + notation.frame_end

    yield from framed(None, 1)
    for node in trace.nodes:
        if trace.reaches[node.position] and node.operation is not None:
            for operand in node.operands:
                yield "  " + notation.edge.format(source=f"n{operand}", target=f"o{node.position}")
            own = {"source": f"o{node.position}", "target": f"n{node.position}"}
            yield "  " + notation.edge.format(**own)


# -- Graphviz -------------------------------------------------------------------------------------


def dot(trace: Trace) -> str:
    """Return a graph for Graphviz."""
    notation = Notation(
        card=_record,
        sign='o{id} [label="{label}", shape=circle];',
        edge="{source} -> {target};",
        frame='subgraph cluster_g{id} {{ label="{label}"; color=gray;',
        frame_end="}",
    )
    head = "digraph trace {\n  rankdir=LR;\n  node [shape=record];\n"
    return head + "\n".join(_lines(trace, notation, _quoted)) + "\n}\n"


def _record(node: Node, name: str) -> str:
    cells = [_cell(name), f"value {short(node.value)}"]
    if node.kind == "constant":
        cells = [short(node.value)]
    else:
        cells.append(f"grad {short(node.grad)}")
    style = ", style=dashed" if node.kind == "constant" else ""
    return f'n{node.position} [label="{{ {" | ".join(cells)} }}"{style}];'


def _quoted(text: str) -> str:
    """Return a text within quotes; Graphviz reads entities there, and backslashes."""
    escaped = text.replace("&", "&amp;").replace("\\", "\\\\").replace('"', '\\"')
    return one_line(escaped)


def _cell(text: str) -> str:
    """Return a text within a cell of a record."""
    return re.sub(r"([{}|<>])", r"\\\1", _quoted(text))


# -- Mermaid --------------------------------------------------------------------------------------


MERMAID_EDGES = 500
"""What Mermaid draws without being configured."""


def mermaid(trace: Trace) -> str:
    """Return a flowchart for Mermaid."""
    notation = Notation(
        card=_box,
        sign='o{id}(("{label}"))',
        edge="{source} --> {target}",
        frame='subgraph g{id}["{label}"]',
        frame_end="end",
    )
    lines = list(_lines(trace, notation, _entities))
    head = ["flowchart LR"]
    if sum("-->" in line for line in lines) > MERMAID_EDGES:
        head.append("  %% More than 500 edges: Mermaid draws them where its maxEdges is raised.")
    return "\n".join([*head, *lines, ""])


def _box(node: Node, name: str) -> str:
    if node.kind == "constant":
        return f'n{node.position}["{short(node.value)}"]'
    rows = (_entities(name), f"value {short(node.value)}", f"grad {short(node.grad)}")
    return f'n{node.position}["{"<br>".join(rows)}"]'


def _entities(text: str) -> str:
    """Return a text that is no syntax of Mermaid's, nor of the Markdown that it reads in labels."""
    return re.sub(r"[^\w .]|_", lambda match: f"#{ord(match[0])};", one_line(text))
