"""Recording: the graph as the program makes it, with the place and the group of every node.

A node never changes once it is made. What a program holds is a `Variable`, which points at a node;
writing `p.data` points it at a new node, so the recorded past stays what it was.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from engine.graph import topological_order
from engine.language.program import Place
from engine.language.runtime.backwards import Backward, backward
from engine.language.runtime.budget import Budget
from engine.language.runtime.console import Console
from engine.language.runtime.groups import Group
from engine.language.runtime.guards import Guards
from engine.language.runtime.labels import Labels
from engine.language.runtime.tracking import Tracking
from engine.language.runtime.variable import Number, Variable
from engine.language.runtime.viewers import Viewer, show
from engine.limits import Limits
from engine.operation import Operation
from engine.operations import OPERATIONS
from engine.value import FUNCTIONS, Value, constant


@dataclass(slots=True)
class Recording:
    """Everything that one run of a program leaves behind."""

    limits: Limits
    span: Callable[[Place], tuple[int, int]]
    labels: Labels = field(default_factory=Labels)
    nodes: list[Value] = field(default_factory=list)
    operands: list[tuple[int, ...]] = field(default_factory=list)
    spans: list[tuple[int, int] | None] = field(default_factory=list)
    places: list[Place | None] = field(default_factory=list)
    """Where the newest nodes were made, until `locate` turns that into spans."""
    groups: list[Group | None] = field(default_factory=list)
    inputs: dict[Value, Variable] = field(default_factory=dict)
    guards: Guards = field(default_factory=Guards)
    backwards: list[Backward] = field(default_factory=list)
    budget: Budget = field(init=False)
    console: Console = field(init=False)
    place: Place | None = None
    group: Group | None = None
    warnings: list[str] = field(default_factory=list)
    inner: set[Value] = field(default_factory=set)
    """Inputs that are named within functions: other inputs than the global ones of their names."""
    tracking: Tracking = field(init=False)
    viewers: dict[Variable, list[Viewer]] = field(default_factory=dict)
    """The arrays that show the numbers of Variables, as `w.data` does."""
    integers: set[Value] = field(default_factory=set)
    """Nodes that Python would hold as int: `print` shows them without a decimal point."""
    plain: set[Value] = field(default_factory=set)
    """Inputs that are plain numbers to the program, which only gave them a name."""

    def __post_init__(self) -> None:
        self.budget = Budget(self.limits)
        self.console = Console(self.limits.console)
        self.tracking = Tracking(self.inputs, self.integers)

    def charge(self, amount: int = 1) -> None:
        """Count work done. Raises `LimitExceeded` when the budget or the time is used up."""
        budget = self.budget
        budget.work += amount
        if budget.work > budget.checkpoint:
            budget.check(self.group)

    def warn(self, sentence: str) -> None:
        """Say something of the whole program, once."""
        if sentence not in self.warnings:
            self.warnings.append(sentence)

    # -- nodes ------------------------------------------------------------------------------

    def add(self, node: Value, operands: tuple[int, ...], place: Place | None) -> Variable:
        """Take a node into the graph. Raises `LimitExceeded` past `nodes` nodes."""
        index = len(self.nodes)
        if index >= self.limits.nodes:
            raise self.budget.too_many_nodes(self.group)
        self.nodes.append(node)
        self.operands.append(operands)
        self.places.append(place)
        self.groups.append(self.group)
        return Variable(node, index, self)

    def locate(self, spans: Callable[[list[Place | None]], list[tuple[int, int] | None]]) -> None:
        """Turn places into spans while the text that they count in is at hand."""
        self.spans += spans(self.places)
        self.places.clear()

    def constant(self, number: Number, place: Place | None) -> Variable:
        """Return a number that met a Value as a node."""
        variable = self.add(constant(number), (), place)
        if type(number) is not float:
            self.integers.add(variable.node)
        return variable

    def input(
        self, name: str, number: Number, place: Place | None, *, fixed: bool = False
    ) -> Variable:
        """Return a new input; a number that the request sets for its name wins, unless `fixed`."""
        if not fixed:
            number = self.labels.set_for(name, number)
        variable = self.add(Value(number), (), place)
        if name and not fixed:
            self.labels.settable[name].append(variable.node)
        self.inputs[variable.node] = variable
        if type(number) is int:
            self.integers.add(variable.node)
        if name:
            self.labels.name(variable.node, name)
        return variable

    def relabel(self, variable: Variable, name: str) -> None:
        """Give a node another name. An input then takes the request's number for that name."""
        uses = (variable.index in operands for operands in self.operands)
        self.labels.relabel(variable.node, name, uses)

    def apply(
        self,
        operation: Operation,
        operands: tuple[Any, ...],
        place: Place | None = None,
        places: tuple[Place | None, ...] | None = None,
    ) -> Variable:
        """Return the result of an operation on Variables and numbers, recorded as a node."""
        place = place or self.place
        if len(operands) == 1:
            (x,) = operands
            result = FUNCTIONS[operation.name](x.node)
            if operation.is_whole and x.node in self.integers:
                self.integers.add(result)
            return self.take(result, operands, place)
        if operation.literal and type(operands[-1]) is not Variable:
            operation = OPERATIONS[operation.literal]
        sources = [
            operand
            if type(operand) is Variable
            else self.constant(operand, places[index] if places else place)
            for index, operand in enumerate(operands)
        ]
        nodes = [source.node for source in sources]
        result = FUNCTIONS[operation.name](*nodes)
        if operation.folds:  # max(0, x) is one of the two, and of its kind
            nodes = [node for node in nodes if node.data == result.data][:1] or nodes
        if operation.is_whole and self.integers.issuperset(nodes):
            self.integers.add(result)
        return self.take(result, sources, place)

    def operands_of(self, variable: Variable) -> tuple[Variable, ...]:
        """Return what a variable's node was made from."""
        return tuple(
            Variable(self.nodes[index], index, self) for index in self.operands[variable.index]
        )

    def join(self, operation: Operation, x: Variable, y: Variable, place: Place) -> Variable:
        """Return the result of an operation on two Variables: `apply` for the most common case."""
        result = FUNCTIONS[operation.name](x.node, y.node)
        integers = self.integers
        if integers and operation.is_whole and x.node in integers and y.node in integers:
            integers.add(result)
        return self.take(result, (x, y), place)

    def take(self, result: Value, operands: Sequence[Variable], place: Place | None) -> Variable:
        """Take in what an operation made: a constant where nothing is tracked."""
        if not self.tracking.blocks:
            return self.add(result, tuple([operand.index for operand in operands]), place)
        for operand in operands:
            if self.tracking.reaches(operand):
                self.read(operand)
        variable = self.add(constant(result.data), (), place)
        if result in self.integers:
            self.integers.add(variable.node)
        return variable

    def adopt(self, result: Value, place: Place | None) -> Variable:
        """Take in a graph that was built outside, on nodes of this recording."""
        position = {node: index for index, node in enumerate(self.nodes)}
        for node in topological_order([result]):
            if node not in position:
                operands = tuple([position[operand] for operand in node.operands])
                position[node] = self.add(node, operands, place).index
        return Variable(result, position[result], self)

    # -- what the program looks at ----------------------------------------------------------

    def compare(self, sign: str, left: Any, right: Any, holds: bool) -> None:
        """Remember a condition on Variables and numbers, and how it turned out."""
        span = None if self.place is None else self.span(self.place)
        self.guards.add(sign, left, right, holds, span)

    def read(self, variable: Variable) -> float:
        """Return a Variable's number, remembering that what follows may depend on it."""
        number = variable.node.data
        if number == number:
            self.compare("==", variable, number, True)
        else:
            self.compare("!=", variable, variable, True)  # only nan differs from itself
        return number

    # -- state that programs change ---------------------------------------------------------

    def write(self, variable: Variable, number: float) -> None:
        """Let later operations read another number: a new version of the node, in its group.

        A parameter stands where it was made, outside a loop that moves it. A copy takes no name.
        """
        past, group = variable.node, self.groups[variable.index]
        node, is_own = Value(number), self.inputs.get(past, variable) is variable
        if is_own:
            node.grad, past.grad = past.grad, 0.0  # what it holds goes along
        variable.index = self.add(node, (), self.place).index
        self.groups[variable.index] = group
        self.inputs[node] = variable
        if is_own and past.operation is None:
            self.inputs[past] = variable
        variable.node = node
        show(self.viewers.get(variable, ()), node.data)
        if past.label and is_own:
            self.labels.name(node, past.label)

    def replace(self, variable: Variable, result: Variable) -> None:
        """Let a Variable hold what was made of it; if it held an input, that goes on without it."""
        if variable.node in self.inputs:
            past = Variable(variable.node, variable.index, self)
            for node, holder in self.inputs.items():
                if holder is variable:
                    self.inputs[node] = past
        variable.node, variable.index = result.node, result.index

    def backward(self, variable: Variable) -> None:
        """Run the backward pass from a variable, adding to what inputs hold."""
        self.charge(len(self.nodes) // 16)
        self.backwards.append(backward(variable.node, self.inputs))

    @contextmanager
    def inside(self, name: str, line: int | None = None, *, yields: bool = False) -> Iterator[None]:
        """Put the nodes made meanwhile into a group."""
        outer = self.group
        self.group = Group(name, outer, line, yields)
        try:
            yield
        finally:
            self.group = outer
