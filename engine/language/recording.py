"""Recording: the graph as the program makes it, with the place and the group of every node.

A node never changes once it is made. What a program holds is a `Variable`, which points at a node;
writing `p.data` points it at a new node, so the recorded past stays what it was.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from engine.errors import LimitExceeded
from engine.graph import topological_order
from engine.language.array import Viewer, show
from engine.language.console import Console
from engine.language.program import Place
from engine.language.variable import Number, Variable
from engine.limits import Limits
from engine.operation import Operation
from engine.operations import OPERATIONS
from engine.records import Guard
from engine.value import FUNCTIONS, Value, constant

CHECK_EVERY = 64
"""Work between two looks at the clock: less than a millisecond."""
SLIPS = 8
"""So many names that nothing assigns are compared with those that are."""


@dataclass(slots=True, eq=False)
class Group:
    """The nodes made inside one call of a function, neuron or layer, or one turn of a loop."""

    name: str
    parent: Group | None
    line: int | None = None
    """Where the `while` stands whose turn this is: such a loop may never end."""
    yields: bool = False
    """Whether it is a call of a function that yields."""


@dataclass(slots=True)
class Backward:
    """One `.backward()`: its receiver, and the gradients that inputs held before it."""

    output: Value
    carried: dict[Value, float]


@dataclass(slots=True)
class Recording:
    """Everything that one run of a program leaves behind."""

    limits: Limits
    span: Callable[[Place], tuple[int, int]]
    overrides: Mapping[str, float] = field(default_factory=dict)
    nodes: list[Value] = field(default_factory=list)
    operands: list[tuple[int, ...]] = field(default_factory=list)
    spans: list[tuple[int, int] | None] = field(default_factory=list)
    places: list[Place | None] = field(default_factory=list)
    """Where the newest nodes were made, until `locate` turns that into spans."""
    groups: list[Group | None] = field(default_factory=list)
    versions: dict[Value, int] = field(default_factory=dict)
    inputs: dict[Value, Variable] = field(default_factory=dict)
    defaulted: dict[str, str | None] = field(default_factory=dict)
    """The inputs that nothing gave a number, and the names that may be meant by theirs."""
    initial: dict[str, float] = field(default_factory=dict)
    replaced: dict[str, float] = field(default_factory=dict)
    """What the program assigns to names that the request sets."""
    settable: dict[str, list[Value]] = field(default_factory=lambda: defaultdict(list))
    """The inputs that take the number set for a name."""
    guards: dict[Guard, None] = field(default_factory=dict)
    """What the program looked at: each condition once, in order."""
    is_opaque: bool = False
    wrote: bool = False
    """Whether there is text that was written from Values."""
    backwards: list[Backward] = field(default_factory=list)
    console: Console = field(init=False)
    place: Place | None = None
    group: Group | None = None
    warnings: list[str] = field(default_factory=list)
    inner: set[Value] = field(default_factory=set)
    """Inputs that are named within functions: other inputs than the global ones of their names."""
    rewritten: bool = False
    untracked: int = 0
    """How many blocks the program is within where nothing is tracked."""
    watched: set[Variable] = field(default_factory=set)
    """What the program says that it requires gradients for."""
    viewers: dict[Variable, list[Viewer]] = field(default_factory=dict)
    """The arrays that show the numbers of Variables, as `w.data` does."""
    integers: set[Value] = field(default_factory=set)
    """Nodes that Python would hold as int: `print` shows them without a decimal point."""
    plain: set[Value] = field(default_factory=set)
    """Inputs that are plain numbers to the program, which only gave them a name."""
    work: int = 0
    checkpoint: int = 0
    """The amount of work at which to look at the clock again."""
    deadline: float = 0.0
    _named: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))

    def __post_init__(self) -> None:
        self.deadline = time.monotonic() + self.limits.seconds
        self.console = Console(self.limits.console)

    # -- budget -----------------------------------------------------------------------------

    def charge(self, amount: int = 1) -> None:
        """Count work done. Raises `LimitExceeded` when the budget or the time is used up."""
        self.work += amount
        if self.work > self.checkpoint:
            self._check()

    def _check(self) -> None:
        limits = self.limits
        if self.work > limits.work:
            raise LimitExceeded(
                f"The program takes more than {limits.work} steps, the limit `work`"
                f"{self._reached()}.",
                hint=self._endless() or "Does a loop never end? Make it shorter.",
            )
        if time.monotonic() > self.deadline:
            raise LimitExceeded(
                f"The program takes longer than {limits.seconds:g} s, the limit `seconds`"
                f"{self._reached()}.",
                hint=self._endless() or "Does a loop never end? Make it shorter.",
            )
        self.checkpoint = min(self.work + CHECK_EVERY, limits.work)

    def _around(self) -> Iterator[Group]:
        """Yield the groups that are being made, the innermost first."""
        group = self.group
        while group is not None:
            yield group
            group = group.parent

    def _reached(self) -> str:
        """Return how far a loop came: one that may never end, else the outermost."""
        turn = ""
        for group in self._around():
            if group.line is not None:
                count = group.name.removeprefix("turn = ")
                return f": it came to turn {count} of the loop in line {group.line}"
            turn = group.name if " = " in group.name else turn
        return f": it came as far as {turn}" if turn else ""

    def _endless(self) -> str | None:
        """Return the way out of a loop that may never end, if it is within one."""
        is_within = False
        for group in self._around():
            is_within = is_within or group.line is not None
            if is_within and group.yields:
                return (
                    "A function yields without end, and all of it is asked for: "
                    "take a part of it, as in zip(range(n), f())."
                )
        if not is_within:
            return None
        return "Does this loop never end? Change what its condition looks at, or end it by break."

    def warn(self, sentence: str) -> None:
        """Say something of the whole program, once."""
        if sentence not in self.warnings:
            self.warnings.append(sentence)

    # -- nodes ------------------------------------------------------------------------------

    def add(self, node: Value, operands: tuple[int, ...], place: Place | None) -> Variable:
        """Take a node into the graph. Raises `LimitExceeded` past `nodes` nodes."""
        index = len(self.nodes)
        if index >= self.limits.nodes:
            raise LimitExceeded(
                f"The graph has more than {self.limits.nodes} nodes, the limit `nodes`"
                f"{self._reached()}.",
                hint=self._endless() or "Use fewer samples, fewer turns or a smaller network.",
            )
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
        self,
        name: str,
        number: Number,
        place: Place | None,
        *,
        fixed: bool = False,
    ) -> Variable:
        """Return a new input; a number that the request sets for its name wins, unless `fixed`."""
        if not fixed:
            if name in self.overrides and name not in self.initial:
                self.replaced[name] = float(number)
            number = self.overrides.get(name, number)
            self.initial.setdefault(name, float(number))
        variable = self.add(Value(number), (), place)
        if name and not fixed:
            self.settable[name].append(variable.node)
        self.inputs[variable.node] = variable
        if type(number) is int:
            self.integers.add(variable.node)
        if name:
            self.name(variable, name)
        return variable

    def default(self, name: str, meant: Callable[[], str | None]) -> None:
        """Note that nothing gave an input a number, and which name may be meant by its own."""
        if name in self.overrides:
            self.replaced.pop(name, None)  # nobody wrote that 1
        else:
            self.defaulted[name] = meant() if len(self.defaulted) < SLIPS else None

    def name(self, variable: Variable, name: str) -> None:
        """Name a node; a name used before gets its next version."""
        node = variable.node
        if node.label == name and node in self.versions:
            return  # `n = x + b; n.label = 'n'` names one value, not two
        node.label = name
        self._named[name] += 1
        self.versions[node] = self._named[name]

    def relabel(self, variable: Variable, name: str) -> None:
        """Give a node another name. An input then takes the request's number for that name."""
        node = variable.node
        for takers in self.settable.values():
            if node in takers:
                takers.remove(node)
                is_used = any(variable.index in operands for operands in self.operands)
                if not is_used:  # what was computed with its number stays computed
                    node.data = float(self.overrides.get(name, node.data))
                self.initial.setdefault(name, node.data)
                self.settable[name].append(node)
                break
        self.name(variable, name)

    def baptise(self, variable: Variable, name: str) -> None:
        """Name a node if it has no name. An unnamed input takes the request's number for it."""
        node = variable.node
        if node.label != "":
            return
        if node.operation is None:
            self.initial.setdefault(name, float(self.overrides.get(name, node.data)))
            node.data = float(self.overrides.get(name, node.data))
            self.settable[name].append(node)
        self.name(variable, name)

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
            return self.add_result(result, operands, place)
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
        return self.add_result(result, sources, place)

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
        return self.add_result(result, (x, y), place)

    def add_result(
        self, result: Value, operands: Sequence[Variable], place: Place | None
    ) -> Variable:
        """Take in what an operation made: a constant where nothing is tracked."""
        if not self.untracked:
            return self.add(result, tuple([operand.index for operand in operands]), place)
        for operand in operands:
            if self.is_tracked(operand):
                self.read(operand)
        variable = self.add(constant(result.data), (), place)
        if result in self.integers:
            self.integers.add(variable.node)
        return variable

    def is_leaf(self, variable: Variable) -> bool:
        """Tell whether a variable is an input to PyTorch, and no number that a name was given."""
        node = variable.node
        return (node in self.inputs or variable in self.watched) and node not in self.integers

    def is_tracked(self, variable: Variable) -> bool:
        """Tell whether gradients flow back to a variable: to inputs and what is made of them."""
        return variable.node.operation is not None or variable.node in self.inputs

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
        (x, low), (y, high) = (
            (side.index, 0.0) if type(side) is Variable else (None, float(side))
            for side in (left, right)
        )
        span = None if self.place is None else self.span(self.place)
        self.guards[Guard(sign, x, y, low, high, holds, span)] = None

    def read(self, variable: Variable) -> float:
        """Return a Variable's number, remembering that what follows may depend on it."""
        number = variable.node.data
        if number == number:
            self.compare("==", variable, number, True)
        else:
            self.compare("!=", variable, variable, True)  # only nan differs from itself
        return number

    def read_text(self) -> None:
        """Remember that what follows may depend on a text, and so on the Values in it."""
        self.is_opaque = self.is_opaque or self.wrote

    @contextmanager
    def looking(self) -> Iterator[None]:
        """Forget what is looked at meanwhile: it is only printed."""
        count, is_opaque = len(self.guards), self.is_opaque
        yield
        self.is_opaque = is_opaque
        while len(self.guards) > count:
            self.guards.popitem()

    # -- state that programs change ---------------------------------------------------------

    def write(self, variable: Variable, number: float) -> None:
        """Let later operations read another number: a new version of the node, in its group.

        A parameter stands where it was made, outside the loop whose turns move it.
        """
        past, group = variable.node, self.groups[variable.index]
        node = Value(number)
        node.grad, past.grad = past.grad, 0.0  # what it holds goes along
        variable.index = self.add(node, (), self.place).index
        self.groups[variable.index] = group
        self.inputs[node] = variable
        if past.operation is None:
            self.inputs[past] = variable
        self.rewritten = True
        variable.node = node
        show(self.viewers.get(variable, ()), node.data)
        if past.label:
            self.name(variable, past.label)

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
        output = variable.node
        before = {node: node.grad for node in self.inputs}
        self.backwards.append(Backward(output, {n: g for n, g in before.items() if g}))
        self.charge(len(self.nodes) // 16)
        output.backward()
        if self.rewritten:  # what reached a past version belongs to the variable
            for node, holder in self.inputs.items():
                if holder.node is not node:
                    holder.node.grad += node.grad - before[node]
                    node.grad = before[node]

    @contextmanager
    def inside(self, name: str, line: int | None = None, *, yields: bool = False) -> Iterator[None]:
        """Put the nodes made meanwhile into a group."""
        outer = self.group
        self.group = Group(name, outer, line, yields)
        try:
            yield
        finally:
            self.group = outer

    @contextmanager
    def without_tracking(self) -> Iterator[None]:
        """Make constants of what is computed meanwhile."""
        self.untracked += 1
        try:
            yield
        finally:
            self.untracked -= 1
