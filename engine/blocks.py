"""Blocks: like operations of a graph side by side, so that NumPy runs each block as one.

A network written as scalars repeats itself: a layer's products stand at the same depth, and so do
its sums. Here they are found again. Operations of one kind at one depth form a block; a chain of
additions forms one sum; a sum of (number · column) products over the same columns forms a row of a
matrix product. What is alike is read off the rules' own text, not off a list of operations.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from engine.graph import Graph
from engine.operation import Operation

LEAST = 4
"""Results in a block; fewer are quicker one by one."""
LEAST_TERMS = 3
"""Terms that are worth a sum of their own, and products that are worth a matrix product."""
SUM, PRODUCT = "x + y", "x * y"
"""What the rules of a sum and of a product write."""

Column = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """Results computed together: one operation each, `operands[p][i]` being operand p of node i."""

    nodes: Column
    operation: Operation
    operands: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class Sum:
    """Results that are each a sum of as many terms: `terms[j][i]` is term j of node i."""

    nodes: Column
    terms: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class Dot:
    """A matrix product: node i = Σⱼ factors[i·m + j] · columns[j], and then its other terms."""

    nodes: Column
    factors: Column
    columns: Column
    terms: tuple[Column, ...]


Piece = Block | Sum | Dot


def one_by_one(graph: Graph, live: Sequence[int]) -> list[Piece]:
    """Return a block for each result, in topological order."""
    values, operands = graph.values, graph.operands
    return [
        Block((node,), operation, tuple([(operand,) for operand in operands[node]]))
        for node in live
        if (operation := values[node].operation) is not None
    ]


def alike(graph: Graph, live: Sequence[int], is_wide: Sequence[bool]) -> list[Piece]:
    """Return blocks that cover every live result, each after what it is made from.

    `live` are the results to compute, in topological order; `is_wide` tells which nodes differ from
    row to row.
    """
    return _Grouping(graph, live, is_wide).pieces()


class _Grouping:
    """What is known of the graph while its blocks are found."""

    def __init__(self, graph: Graph, live: Sequence[int], is_wide: Sequence[bool]) -> None:
        self.graph = graph
        self.live = live
        self.is_wide = is_wide
        self.kinds = [written(value.operation) for value in graph.values]
        self.uses = [0] * len(graph.values)
        for node in live:
            for operand in graph.operands[node]:
                self.uses[operand] += 1
        self.is_live = set(live)
        self.inner: set[int] = set()
        """Results that live within a larger piece and nowhere else."""

    def pieces(self) -> list[Piece]:
        """Group the macro nodes of each level by what they are."""
        terms = self._sums()
        dots = {node: dot for node in terms if (dot := self._dot(node, terms[node])) is not None}
        groups: dict[Hashable, list[int]] = defaultdict(list)
        level = [0] * len(self.graph.values)
        for node in self.live:
            if node in self.inner:
                continue
            sources: Sequence[int] = terms.get(node) or self.graph.operands[node]
            if node in dots:
                sources = (*dots[node].columns, *dots[node].factors, *_flat(dots[node].terms))
            level[node] = 1 + max([level[source] for source in sources])
            groups[(level[node], self.is_wide[node], *self._kind(node, terms, dots))].append(node)
        pieces: list[Piece] = []
        for key in sorted(groups, key=lambda key: key[:1]):  # type: ignore[index]
            nodes = groups[key]
            if nodes[0] in dots:
                pieces.append(_joined([dots[node] for node in nodes]))
                continue
            for part in [nodes] if len(nodes) >= LEAST else [[node] for node in nodes]:
                pieces.append(self._piece(tuple(part), terms))
        return pieces

    def _kind(
        self, node: int, terms: dict[int, list[int]], dots: dict[int, Dot]
    ) -> tuple[Hashable, ...]:
        if node in dots:
            return "dot", dots[node].columns, len(dots[node].terms)
        if node in terms:
            return "sum", len(terms[node])
        return ("operation", self.graph.values[node].operation)

    def _piece(self, nodes: Column, terms: dict[int, list[int]]) -> Piece:
        if nodes[0] in terms:
            return Sum(nodes, tuple(zip(*(terms[node] for node in nodes), strict=True)))
        operation = self.graph.values[nodes[0]].operation
        assert operation is not None  # inputs and constants are not live results
        operands = zip(*(self.graph.operands[node] for node in nodes), strict=True)
        return Block(nodes, operation, tuple(operands))

    def _sums(self) -> dict[int, list[int]]:
        """Return the terms of every chain of three or more, by the result at its end."""
        terms: dict[int, list[int]] = {}
        for node in self.live:
            if self.kinds[node] != SUM:
                continue
            left, right = self.graph.operands[node]
            # Only chains to the left: they are added in the order in which they were written.
            extends = left in terms and self.uses[left] == 1
            if extends and self.is_wide[left] == self.is_wide[node]:
                terms[node] = terms.pop(left)
                self.inner.add(left)
                terms[node].append(right)
            else:
                terms[node] = [left, right]
        short = [node for node, chain in terms.items() if len(chain) < LEAST_TERMS]
        for node in short:
            del terms[node]
        return terms

    def _dot(self, node: int, terms: list[int]) -> Dot | None:
        """Return a sum as a row of a matrix product, if it has enough products for that."""
        pairs = {term: pair for term in terms if (pair := self._product(term)) is not None}
        if len(pairs) < LEAST_TERMS or not self.is_wide[node]:
            return None
        self.inner.update(pairs)
        factors, columns = zip(*(pairs[term] for term in terms if term in pairs), strict=True)
        return Dot((node,), factors, columns, tuple((t,) for t in terms if t not in pairs))

    def _product(self, node: int) -> tuple[int, int] | None:
        """Return (factor, column) of a product of what is the same in all rows and what is not."""
        if self.kinds[node] != PRODUCT or self.uses[node] != 1 or node not in self.is_live:
            return None
        x, y = self.graph.operands[node]
        if self.is_wide[x] == self.is_wide[y]:
            return None
        return (y, x) if self.is_wide[x] else (x, y)


def written(operation: Operation | None) -> str:
    """Return the text of a forward rule, by which sums and products are known."""
    return "" if operation is None else operation.python.forward


def _joined(dots: list[Dot]) -> Dot:
    """Return rows of one matrix product as the product."""
    return Dot(
        tuple(dot.nodes[0] for dot in dots),
        tuple(factor for dot in dots for factor in dot.factors),
        dots[0].columns,
        tuple(zip(*(_flat(dot.terms) for dot in dots), strict=True)),
    )


def _flat(columns: Sequence[Column]) -> Column:
    return tuple(node for column in columns for node in column)
