"""Listing: both passes over a graph as straight-line code, written from the rules of the table.

Each result is one line, each gradient another, whatever the numbers are that the lines will run on:
floats, columns of many rows, or blocks of like results (`engine.blocks`). A gradient's line is the
sum of what its uses contribute, in the order of the backward pass, so that it comes out as in a
trace, to the last bit.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from engine.blocks import Block, Column, Dot, Piece, Sum
from engine.graph import Graph
from engine.records import Guard
from engine.registers import Contribution, Place, Register, Registers, literal, signed
from engine.template import Templates

LONGEST = 40
"""Terms in one line: Python's compiler recurses over a sum."""
RUN = 4
"""Terms of a sum that are worth one reduction."""


class Lister:
    """Writes the forward lines, then the backward lines, of the pieces of one graph."""

    def __init__(
        self,
        graph: Graph,
        pieces: Sequence[Piece],
        templates: Templates,
        places: Mapping[int, Place],
        is_wanted: Sequence[bool],
    ) -> None:
        """Take a graph whose inputs are at `places`; other nodes without a piece are numbers.

        `is_wanted` tells which nodes need a gradient.
        """
        self.graph = graph
        self.pieces = pieces
        self.templates = templates
        self.at = Registers(graph, templates, places)
        """What stands for each node."""
        self.is_wanted = is_wanted
        self.is_mixed = not all(place.register.is_wide for place in places.values())
        """Whether some inputs differ from row to row and others do not."""
        self.lines: list[str] = []

    # -- forward -----------------------------------------------------------------------------

    def forward(self) -> None:
        """List every piece: a line a piece."""
        for piece in self.pieces:
            nodes = piece.nodes
            name = f"v{nodes[0]}"
            self.lines.append(f"{name} = {self._value(piece)}")
            is_wide = not self.is_mixed or any(map(self.at.is_wide, sources(piece)))
            register = Register(name, len(nodes), is_wide)
            for row, node in enumerate(nodes):
                self.at.places[node] = Place(register, row)

    def _value(self, piece: Piece) -> str:
        if isinstance(piece, Block):
            texts = self.at.columns(piece.operands)
            return self.templates[piece.operation].forward.format(*texts)
        if isinstance(piece, Sum):
            return " + ".join(self._terms(piece))
        product = f"{self._matrix(piece)} @ {self.at.stacked(piece.columns)}"
        if len(piece.nodes) == 1:
            product = f"({product})[0]"
        return " + ".join([product, *map(self.at.column, piece.terms)])

    def _matrix(self, dot: Dot) -> str:
        """Return the factors of a matrix product, a row a result."""
        return f"{self.at.stacked(dot.factors)}.reshape({len(dot.nodes)}, {len(dot.columns)})"

    def _terms(self, piece: Sum) -> Iterable[str]:
        """Return the terms of a sum, neighbours that sit in one register already reduced."""
        if len(piece.nodes) > 1:
            yield from self.at.columns(piece.terms)
            return
        for run in self.at.runs([term[0] for term in piece.terms]):
            if len(run) < RUN:
                yield from map(self.at.text, run)
            else:
                rows = tuple(self.at.places[node].row for node in run)
                yield f"{self.at.rows(self.at.places[run[0]].register, rows)}.sum(0)"

    def condition(self, guard: Guard) -> str:
        """Return a condition of the program as text."""
        left = literal(guard.low) if guard.left is None else self.at.text(guard.left)
        right = literal(guard.high) if guard.right is None else self.at.text(guard.right)
        return f"{left} {guard.sign} {right}"

    # -- backward ----------------------------------------------------------------------------

    def backward(self, output: int, seed: str) -> None:
        """List the gradient of every piece that leads to the output, then its contributions."""
        if not self._wants(output):
            return
        self._scatter("+", seed, (output,))
        for piece in reversed(self.pieces):
            register = self.at.places[piece.nodes[0]].register
            if not register.contributions:
                continue
            grad = self.gradient(register)
            if isinstance(piece, Block):
                self._pass_on(piece, grad)
                continue
            if len(piece.nodes) > 1:
                for term in piece.terms:
                    self._contribute("+", grad, term, register)
            else:
                self._share(grad, [term[0] for term in piece.terms], register)
            if isinstance(piece, Dot):
                self._pass_through(piece, grad)

    def gradient(self, register: Register) -> str:
        """List the gradient of a register and return what stands for it."""
        if register.grad is not None:
            return register.grad
        whole = [c for c in register.contributions if c.rows is None]
        parts = [c for c in register.contributions if c.rows is not None]
        if not register.contributions:
            register.grad = "0.0" if register.rows == 1 else f"zeros_like({register.name})"
        elif not parts and len(whole) == 1 and signed(whole[0], 0).isidentifier():
            register.grad = whole[0].text
        else:
            register.grad = f"g_{register.name}"
            self._add_up(register.grad, whole, register)
            for part in parts:
                self._add_part(register.grad, part)
        return register.grad

    def _add_up(self, name: str, whole: list[Contribution], register: Register) -> None:
        if not whole:
            self.lines.append(f"{name} = zeros_like({register.name})")
        for start in range(0, len(whole), LONGEST):
            before = "" if start == 0 else name
            terms = [signed(c, i + start) for i, c in enumerate(whole[start : start + LONGEST])]
            self.lines.append(f"{name} = {before}{''.join(terms)}")
        if len(whole) == 1 and len(register.contributions) > 1:
            self.lines[-1] += " + 0.0"  # a gradient of its own, which may grow in place

    def _add_part(self, name: str, part: Contribution) -> None:
        sign, text, rows = part
        assert rows is not None
        if len(set(rows)) < len(rows):
            self.lines.append(f"add_at({name}, {self.at.index(rows)}, {sign}({text}))")
        else:
            self.lines.append(f"{name}[{self.at.index(rows)}] {sign}= {text}")

    def _pass_on(self, piece: Block, grad: str) -> None:
        template = self.templates[piece.operation]
        texts = [*map(self.at.column, piece.operands), self.at.column(piece.nodes)]
        register = self.at.places[piece.nodes[0]].register
        for column, partial in zip(piece.operands, template.partials, strict=True):
            if partial is None:
                continue
            sign, text = partial
            self._contribute(sign, text.format(*texts, g=grad), column, register)

    def _share(self, grad: str, terms: list[int], target: Register) -> None:
        """Add the gradient of a sum to each of its terms, at once where they share a register."""
        for run in self.at.runs(terms):
            register = self.at.register(run[0])
            if len(run) < RUN or register is None:
                for term in run:
                    self._contribute("+", grad, (term,), target)
            elif any(map(self._wants, run)):
                text = f"total({grad})" if target.is_wide > register.is_wide else grad
                rows = tuple(self.at.places[term].row for term in run)
                register.contributions.append(Contribution("+", text, rows))

    def _pass_through(self, dot: Dot, grad: str) -> None:
        """List the two products that a matrix product sends back: G·Xᵀ and Wᵀ·G."""
        rows = grad if len(dot.nodes) > 1 else f"{grad}[None]"
        if any(self._wants(node) for node in dot.factors):
            columns = self.at.stacked(dot.columns)
            text = f"({rows} @ {columns}.T).reshape({len(dot.factors)}, 1)"
            self._scatter("+", text, dot.factors)
        if any(self._wants(node) for node in dot.columns):
            text = f"{self._matrix(dot)}.T @ {rows}"
            self._scatter("+", text, dot.columns)

    def _wants(self, node: int) -> bool:
        return self.is_wanted[node] and node in self.at.places

    def _contribute(
        self, sign: str, text: str, nodes: Column, target: Register | None = None
    ) -> None:
        """Add what a piece sends to one column of its operands, a row an operand."""
        if not any(self._wants(node) for node in nodes):
            return
        rows = 1 if target is None else target.rows
        differs = self.is_mixed and target is not None and target.is_wide
        if target is not None and differs and not all(map(self.at.is_wide, nodes)):
            narrow = [i for i, node in enumerate(nodes) if not self.at.is_wide(node)]
            if len(narrow) == len(nodes):
                text, sign = f"total({signed(Contribution(sign, text), 0)})", "+"
            else:
                self._split(sign, text, nodes, target)
                return
        if rows > 1 and self.at.is_one(nodes):
            text, sign, nodes = f"({signed(Contribution(sign, text), 0)}).sum(0)", "+", nodes[:1]
        self._scatter(sign, text, nodes)

    def _split(self, sign: str, text: str, nodes: Column, target: Register) -> None:
        """Send each node its row by itself: some are columns, others single numbers."""
        name = self._kept(text)
        for row, node in enumerate(nodes):
            self._contribute(sign, f"{name}[{row}]", (node,), Register("", 1, target.is_wide))

    def _kept(self, text: str) -> str:
        """List a text under a name of its own, unless it is a name."""
        if text.isidentifier():
            return text
        name = f"t{len(self.lines)}"
        self.lines.append(f"{name} = {text}")
        return name

    def _scatter(self, sign: str, text: str, nodes: Column) -> None:
        """Add rows of a text to the registers where the nodes are."""
        if len(nodes) == 1:
            if self._wants(nodes[0]):
                register, row = self.at.places[nodes[0]]
                part = None if register.rows == 1 else (row,)
                register.contributions.append(Contribution(sign, text, part))
            return
        homes: dict[Register, list[int]] = {}
        for index, node in enumerate(nodes):
            if self._wants(node):
                homes.setdefault(self.at.places[node].register, []).append(index)
        if len(homes) > 1 or sum(map(len, homes.values())) < len(nodes):
            text = self._kept(text)
        for register, indices in homes.items():
            own = text
            if len(indices) < len(nodes):
                own = f"{text}[{self.at.index(tuple(indices))}]"
            rows = tuple(self.at.places[nodes[index]].row for index in indices)
            if register.rows == 1 and len(indices) > 1:
                own = f"({own}).sum(0)"
            is_whole = register.rows == 1 or rows == (*range(register.rows),)
            register.contributions.append(Contribution(sign, own, None if is_whole else rows))


def sources(piece: Piece) -> Iterable[int]:
    """Return every node that a piece is made from."""
    columns = piece.operands if isinstance(piece, Block) else piece.terms
    for column in columns:
        yield from column
    if isinstance(piece, Dot):
        yield from piece.columns
        yield from piece.factors
