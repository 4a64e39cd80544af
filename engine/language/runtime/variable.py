"""Variable: what a name or a list of a program holds, and the operations by their names."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from engine.operation import Operation
from engine.operations import OPERATIONS
from engine.value import Value

Number = int | float


class Recorder(Protocol):
    """What is asked of a Variable's recording by those who hold no more than the Variable."""

    plain: set[Value]
    """Inputs that are plain numbers to the program."""

    def apply(self, operation: Operation, operands: tuple[Any, ...], /) -> Variable:
        """Return the result of an operation on Variables and numbers."""

    def compare(self, sign: str, left: Any, right: Any, holds: bool, /) -> None:
        """Remember a condition on Variables and numbers, and how it turned out."""

    def read(self, variable: Variable, /) -> float:
        """Return a Variable's number, remembering that what follows may depend on it."""

    def write(self, variable: Variable, number: float, /) -> None:
        """Let later operations read another number."""


class Variable:
    """What a name or a list holds: it points at the newest node of one number of the program."""

    __slots__ = ("index", "node", "recording")

    def __init__(self, node: Value, index: int, recording: Recorder) -> None:
        self.node = node
        self.index = index
        self.recording = recording

    @property
    def data(self) -> float:
        """The number. Writing it makes a new node, which later operations read."""
        return self.node.data

    @data.setter
    def data(self, number: Number) -> None:
        self.recording.write(self, float(number))

    @property
    def grad(self) -> float:
        """∂output/∂self after `backward()`."""
        return self.node.grad

    @grad.setter
    def grad(self, number: Number) -> None:
        self.node.grad = float(number)

    def __float__(self) -> float:
        return self.node.data

    def __repr__(self) -> str:
        return repr(self.node.data)

    def __getattr__(self, name: str) -> Callable[..., Variable]:
        """Return an operation as a method, so that code written for Values runs on Variables."""
        operation = METHODS.get(name)
        if operation is None:
            raise AttributeError(name)
        return lambda *others: self.recording.apply(operation, (self, *others))


METHODS: dict[str, Operation] = {
    name: operation
    for operation in OPERATIONS.values()
    for name in (operation.symbol, *operation.aliases)
    if name.isidentifier()
}
"""Operations by the names under which programs call them."""

INFIX: dict[str, Operation] = {
    operation.symbol: operation
    for operation in OPERATIONS.values()
    if operation.dunder and operation.is_infix and operation.arity == 2
}
"""Operations by the sign that stands between their operands."""

NEGATE = next(row for row in OPERATIONS.values() if row.is_infix and row.arity == 1)


def _operator(operation: Operation, *, swapped: bool = False) -> Callable[..., Variable]:
    def method(self: Variable, *others: Any) -> Variable:
        operands = (*others, self) if swapped else (self, *others)
        return self.recording.apply(operation, operands)

    return method


for _operation in OPERATIONS.values():
    if _operation.dunder:
        setattr(Variable, f"__{_operation.dunder}__", _operator(_operation))
        if _operation.arity == 2:
            setattr(Variable, f"__r{_operation.dunder}__", _operator(_operation, swapped=True))
