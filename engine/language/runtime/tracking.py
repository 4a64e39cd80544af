"""Tracking: to which Variables gradients flow back, and where a program asks that none do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from engine.language.runtime.variable import Variable
from engine.value import Value


@dataclass(slots=True)
class Tracking:
    """What of a graph the program wants gradients for."""

    inputs: dict[Value, Variable]
    """The inputs of the graph, past ones included, with what holds them."""
    integers: set[Value]
    """Nodes that Python would hold as int."""
    watched: set[Variable] = field(default_factory=set)
    """What the program says that it requires gradients for."""
    blocks: int = 0
    """How many blocks the program is within where nothing is tracked."""

    def is_leaf(self, variable: Variable) -> bool:
        """Tell whether a variable is an input to PyTorch, and no number that a name was given."""
        node = variable.node
        return (node in self.inputs or variable in self.watched) and node not in self.integers

    def reaches(self, variable: Variable) -> bool:
        """Tell whether gradients flow back to a variable: to inputs and what is made of them."""
        return variable.node.operation is not None or variable.node in self.inputs

    @contextmanager
    def stopped(self) -> Iterator[None]:
        """Make constants of what is computed meanwhile."""
        self.blocks += 1
        try:
            yield
        finally:
            self.blocks -= 1
