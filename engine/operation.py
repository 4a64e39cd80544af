"""Operation: one row of the table, and what follows from its rules.

The rules are functions of an abstract arithmetic `m`. Run on a `PythonWriter` they write their own
source, which is compiled for floats: what is fast and what is written are the same rule.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any, NamedTuple

from engine.arithmetic import FLOATS, QUICK, RAISED
from engine.writer import PythonWriter, QuickWriter

Rule = Callable[..., Any]

Sides = tuple[tuple[float, ...], tuple[float, ...]]
"""Partials below and above a kink, along the first operand that leads across it."""

JUMP = 1e-12
"""By how much partials next to each other differ where there is a kink between them."""

PYTHON = PythonWriter()
HASTY = QuickWriter()


def slot(index: int) -> str:
    """Return the name of the attribute in which a node keeps an operand.

    One for each, since a tuple of them would be a second object a node for Python to make, to
    watch and to free.
    """
    return f"_operand{index}"


class _Pieces(PythonWriter):
    """Writes a rule without what holds at single points."""

    def convention(self, at: Any, value: Any, formula: Any) -> Any:
        """Write the formula alone."""
        return self.lift(formula)


PIECES = _Pieces()


class Rules(NamedTuple):
    """An operation's rules as Python: operands by their names in the table, `out` the result."""

    forward: str
    partials: tuple[str | None, ...]


@dataclass(frozen=True, eq=False, repr=False)
class Operation:
    """A primitive: a forward rule and one partial derivative for each operand.

    A partial that is `None` belongs to an operand that is held fixed: nothing flows to it.
    """

    name: str
    symbol: str
    """How a program writes it: an infix sign, or the name of a function."""
    operands: tuple[str, ...]
    forward: Rule
    partials: tuple[Rule | None, ...]
    note: str
    """One sentence for a learner: where the partial derivatives come from."""
    latex: str | None = None
    """LaTeX template with @0, @1 for the operands; left out, the forward rule writes itself."""
    glyph: str | None = None
    """The sign on the drawing, where it is not the symbol."""
    dunder: str | None = None
    """Python's name for the operator, such as `add` of `__add__`."""
    defaults: tuple[float, ...] = ()
    """Numbers for trailing operands that a call leaves out."""
    literal: str | None = None
    """The row that serves when the last operand is a literal number, where that differs."""
    aliases: tuple[str, ...] = ()
    folds: bool = False
    """Whether a call may give it many operands, or one list of them."""
    is_whole: bool = False
    """Whether Python's integers stay integers in it."""
    pitfalls: tuple[tuple[Rule, str], ...] = ()
    """Pairs of a condition on the operands and the sentence that warns of it."""

    propagate: Any = field(init=False)
    """Add what a node sends to its operands to their `grad`; compiled, partials inline.

    Partials are computed in haste, and all of them again with care where one raises.
    """
    operands_of: Any = field(init=False)
    """A node's operands, in order; compiled."""
    reach: Any = field(init=False)
    """Push each operand of a node that is a result and whose `grad` is no mark; compiled."""

    def __post_init__(self) -> None:
        # Plain attributes, not properties: every node asks for them in every backward pass, and
        # Python takes twice as long to find what the class has a property for.
        source = self._propagation(HASTY, otherwise="operation.propagate_carefully(node)")
        propagate = compiled(source, "propagate", QUICK, RAISED=RAISED, operation=self)
        object.__setattr__(self, "propagate", propagate)
        object.__setattr__(self, "operands_of", _operands_of(self.arity))
        object.__setattr__(self, "reach", _reach(self.arity))

    def __repr__(self) -> str:
        return f"<Operation {self.name}>"

    @cached_property
    def has_pieces(self) -> bool:
        """Whether a partial has different formulas in different places, single points aside."""
        texts = (*self.operands, "out")
        partials = [p for p in self.partials if p is not None]
        return any(" if " in self.write(partial, texts, PIECES) for partial in partials)

    @property
    def arity(self) -> int:
        """Number of operands."""
        return len(self.operands)

    @property
    def is_infix(self) -> bool:
        """Tell whether it is written between (or before) its operands."""
        return not self.symbol.isidentifier()

    def write(self, rule: Rule, texts: tuple[str, ...], writer: Any = PYTHON) -> str:
        """Return the text of a rule over operands (and result) with the given texts."""
        written: str = writer.lift(rule(writer, *map(writer.operand, texts))).text
        return written

    @cached_property
    def python(self) -> Rules:
        """The rules as they are written: what is compiled, and what a learner may read."""
        texts = (*self.operands, "out")
        return Rules(
            self.write(self.forward, self.operands),
            tuple(
                None if partial is None else self.write(partial, texts) for partial in self.partials
            ),
        )

    @cached_property
    def evaluate(self) -> Any:
        """The forward rule, compiled: floats → float."""
        names = ", ".join(self.operands)
        return compiled(f"evaluate = lambda {names}: {self.python.forward}", "evaluate")

    @cached_property
    def spread(self) -> Any:
        """What `propagate` does, on columns: `spread(grad, node, operands, data, grads, reached)`.

        Adds to the operands' `grads`, marks them as `reached` and returns the partials.
        """
        names, partials = self.operands, self.python.partials
        places = [f"{name}_at" for name in names]
        lines = [
            "def spread(grad, node, operands, data, grads, reached):",
            f"    {', '.join(places)}, = operands",
            f"    {', '.join(names)}, = {', '.join(f'data[{place}]' for place in places)},",
            "    out = data[node]",
            f"    {' = '.join(f'reached[{place}]' for place in places)} = 1",
        ]
        for name, place, partial in zip(names, places, partials, strict=True):
            if partial is not None:
                lines += [f"    d_{name} = {partial}", f"    grads[{place}] += grad * d_{name}"]
        results = (
            "None" if partial is None else f"d_{name}"
            for name, partial in zip(names, partials, strict=True)
        )
        return compiled("\n".join([*lines, f"    return {', '.join(results)},"]), "spread")

    @cached_property
    def propagate_carefully(self) -> Any:
        """What `propagate` does, where a partial computed in haste raises; compiled."""
        return compiled(self._propagation(PYTHON), "propagate")

    def _propagation(self, writer: Any, otherwise: str | None = None) -> str:
        texts = (*(f"{name}.data" for name in self.operands), "node.data")
        locals_ = {
            name: self.write(partial, texts, writer)
            for name, partial in zip(self.operands, self.partials, strict=True)
            if partial is not None
        }
        computed = [f"d_{name} = {local}" for name, local in locals_.items() if local != "1.0"]
        if computed and otherwise:
            computed = ["try:", *(f"    {line}" for line in computed)]
            computed += ["except RAISED:", f"    return {otherwise}"]
        lines = [
            *(f"{name} = node.{slot(index)}" for index, name in enumerate(self.operands)),
            "grad = node.grad",
            *computed,
            *(
                f"{name}.grad += grad" + ("" if local == "1.0" else f" * d_{name}")
                for name, local in locals_.items()
            ),
        ]
        return "\n    ".join(["def propagate(node):", *lines])

    def sides(self, *operands: float) -> Sides | None:
        """Return the partials on both sides of a kink that the operands stand on, if they do."""
        partials, evaluate = self._partials, self.evaluate
        for index, operand in enumerate(operands if self.has_pieces else ()):
            below, above = [*operands], [*operands]
            below[index] = math.nextafter(operand, -math.inf)
            above[index] = math.nextafter(operand, math.inf)
            left = partials(*below, evaluate(*below))
            right = partials(*above, evaluate(*above))
            # Most are the same on both sides, which is quickly seen.
            if left != right and any(abs(a - b) > JUMP for a, b in zip(left, right, strict=True)):
                return left, right
        return None

    @cached_property
    def _partials(self) -> Any:
        """All partials, compiled: operands and result → a number each, 0 where nothing flows."""
        names = ", ".join((*self.operands, "out"))
        texts = ["0.0" if partial is None else partial for partial in self.python.partials]
        return compiled(f"partials = lambda {names}: ({', '.join(texts)},)", "partials")

    def warnings(self, *operands: float) -> list[str]:
        """Return what to beware of at these operands."""
        return [sentence for holds, sentence in self.pitfalls if holds(FLOATS, *operands)]


@cache
def _operands_of(arity: int) -> Any:
    slots = "".join(f"node.{slot(index)}, " for index in range(arity))
    return compiled(f"operands_of = lambda node: ({slots})", "operands_of")


@cache
def _reach(arity: int) -> Any:
    lines = ["def reach(node, mark, push):"]
    for index in range(arity):
        lines += [
            f"    operand = node.{slot(index)}",
            "    if operand.grad is not mark and operand.operation is not None:",
            "        push(operand)",
        ]
    return compiled("\n".join(lines), "reach")


def compiled(source: str, name: str, arithmetic: Any = FLOATS, **names: Any) -> Any:
    """Run generated source over an arithmetic and return what it defines under `name`.

    The source is written by a `PythonWriter` from the table's own rules, never from a user's text.
    """
    namespace = {"nan": FLOATS.nan, "inf": FLOATS.inf, **names}
    code = compile(source, f"<{name}>", "exec")
    for inner in code.co_consts:
        for word in getattr(inner, "co_names", ()):
            function = getattr(arithmetic, word, None)
            if function is not None and word not in namespace:
                namespace[word] = function
    exec(code, namespace)
    return namespace[name]
