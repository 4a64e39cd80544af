"""Value: a scalar that remembers the operation and the operands that made it.

    >>> a, b = Value(2.0), Value(-3.0)
    >>> L = a * b + 10.0
    >>> L.backward()
    >>> L.data, a.grad, b.grad
    (4.0, -3.0, 2.0)

Operators and methods are written from the table in `engine.operations`. Because an operand always
exists before its result, graphs have no cycles; nothing here recurses over a graph.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from engine.arithmetic import FLOATS, QUICK, RAISED
from engine.errors import TypeProblem
from engine.operation import HASTY, Operation, compiled, slot
from engine.operations import OPERATIONS

Number = int | float

_SLOTS = [slot(index) for index in range(max(row.arity for row in OPERATIONS.values()))]


class Value:
    """A node of a computation graph, computed the moment it is made.

    `data` is its number; `grad`, after `backward()` on a result, is ∂result/∂self. A Value made by
    an operation knows it and its ordered `operands`; one made by hand is an input. A number that
    meets a Value becomes a constant, which is a Value whose label is None.
    """

    # An array of NumPy leaves arithmetic with a Value to the Value.
    __array_ufunc__ = None
    __slots__ = ("data", "grad", "label", "operation", *_SLOTS)

    data: float
    grad: float
    label: str | None
    operation: Operation | None

    def __init__(self, data: Number, label: str | None = "") -> None:
        self.data = _number(data)
        self.grad = 0.0
        self.label = label
        self.operation = None

    def backward(self) -> None:
        """Compute the gradient of this value with respect to everything it was made from.

        Gradients of inputs add to what they hold, as in PyTorch, until they are zeroed; gradients
        of results start afresh.
        """
        order = _afresh(self)
        try:
            self.grad = 1.0 if self.operation is not None else self.grad + 1.0
            for value in reversed(order):
                propagate = value.operation.propagate  # type: ignore[union-attr]
                propagate(value)  # in two steps: Python finds plain attributes faster than methods
        except TypeError as error:
            raise TypeProblem("data and grad of a Value are numbers: zero with 0.0") from error

    def _backward(self) -> None:
        """Pass this value's gradient to its operands: one node's share of `backward()`."""
        if self.operation is not None:
            self.operation.propagate(self)

    @property
    def operands(self) -> tuple[Value, ...]:
        """What the operation was applied to, in order; nothing for inputs and constants."""
        return () if self.operation is None else self.operation.operands_of(self)

    @property
    def _prev(self) -> tuple[Value, ...]:
        """The operands, under micrograd's name."""
        return self.operands

    @property
    def _op(self) -> str:
        """The operation's symbol, under micrograd's name; empty for inputs and constants."""
        return self.operation.symbol if self.operation is not None else ""

    def __repr__(self) -> str:
        return f"Value(data={self.data}, grad={self.grad})"

    def __format__(self, spec: str) -> str:
        return format(self.data, spec) if spec else repr(self)

    def __bool__(self) -> bool:
        return self.data != 0.0

    def __float__(self) -> float:
        return self.data

    def __lt__(self, other: Value | Number) -> bool:
        return self.data < float(other)

    def __le__(self, other: Value | Number) -> bool:
        return self.data <= float(other)

    def __gt__(self, other: Value | Number) -> bool:
        return self.data > float(other)

    def __ge__(self, other: Value | Number) -> bool:
        return self.data >= float(other)

    if TYPE_CHECKING:  # installed below, from the table

        def __add__(self, other: Value | Number) -> Value: ...
        def __radd__(self, other: Value | Number) -> Value: ...
        def __sub__(self, other: Value | Number) -> Value: ...
        def __rsub__(self, other: Value | Number) -> Value: ...
        def __mul__(self, other: Value | Number) -> Value: ...
        def __rmul__(self, other: Value | Number) -> Value: ...
        def __truediv__(self, other: Value | Number) -> Value: ...
        def __rtruediv__(self, other: Value | Number) -> Value: ...
        def __pow__(self, other: Value | Number) -> Value: ...
        def __rpow__(self, other: Value | Number) -> Value: ...
        def __neg__(self) -> Value: ...
        def __abs__(self) -> Value: ...
        def __getattr__(self, name: str) -> Callable[..., Value]: ...


def _number(number: object) -> float:
    if isinstance(number, Value):
        return number.data
    try:
        return float(number)  # type: ignore[arg-type]
    except (TypeError, ValueError, OverflowError):
        raise TypeProblem(f"a Value holds a number, not {type(number).__name__}") from None


def constant(number: object) -> Value:
    """Return a number as a Value that is nobody's input."""
    # Every literal in a program passes here: no detour through __init__.
    value = Value.__new__(Value)
    value.data = number if type(number) is float else _number(number)
    value.grad = 0.0
    value.label = None
    value.operation = None
    return value


def _afresh(output: Value) -> list[Value]:
    """Return the results that `output` was made from, operands first, with gradients of 0.

    Inputs and constants are left out. Iterative, so that a chain of any length is no trouble.
    """
    order: list[Value] = []
    stack: list[Value | None] = [output] if output.operation is not None else []
    push, pop = stack.append, stack.pop
    # Seen is what holds this very object, a zero of its own, as its gradient: a set of them would
    # cost more. Another call's mark is another object.
    mark = float("0.0")
    while stack:
        value = pop()
        if value is None:  # everything below has been listed: list the value under this None
            order.append(pop())  # type: ignore[arg-type]
        elif value.grad is not mark:
            value.grad = mark
            push(value)
            push(None)
            reach = value.operation.reach  # type: ignore[union-attr]
            reach(value, mark, push)
    return order


FUNCTIONS: dict[str, Callable[..., Value]] = {}
"""Every operation as a function of Values and numbers, by name."""

# Making a result, as Python source: the forward rule runs inline, a call less for every node.
_APPLY = """\
def apply({names}):
{lifts}
    out = new(Value)
    try:
        out.data = {forward}
    except RAISED:
        out.data = carefully({numbers})
    out.grad = 0.0
    out.label = ""
    out.operation = operation
{keeps}
    return out
"""


def _write_apply(operation: Operation, *, method: bool = False) -> Callable[..., Value]:
    """Return the operation as a function of Values, numbers being made constants.

    As a method it need not look at its first operand, which is a Value.
    """
    names = operation.operands
    literal = operation.literal or ""
    lifts = [
        f"    if type({name}) is not Value: "
        + (
            f"return literal({', '.join(names[:-1])}, constant({name}))"
            if literal and name == names[-1]
            else f"{name} = constant({name})"
        )
        for name in names[method:]
    ]
    numbers = tuple(f"{name}.data" for name in names)
    keeps = [f"    out.{slot(index)} = {name}" for index, name in enumerate(names)]
    source = _APPLY.format(
        names=", ".join(names),
        lifts="\n".join(lifts),
        forward=operation.write(operation.forward, numbers, HASTY),
        numbers=", ".join(numbers),
        keeps="\n".join(keeps),
    )
    return compiled(  # type: ignore[no-any-return]
        source,
        "apply",
        QUICK,
        RAISED=RAISED,
        carefully=operation.evaluate,
        Value=Value,
        new=Value.__new__,
        constant=constant,
        operation=operation,
        literal=FUNCTIONS.get(literal),
    )


for _operation in sorted(OPERATIONS.values(), key=lambda row: row.literal is not None):
    FUNCTIONS[_operation.name] = _write_apply(_operation)


def _with_defaults(operation: Operation) -> Callable[..., Value]:
    """Return the operation as a method: operands left out take the row's defaults."""
    function = _write_apply(operation, method=True)
    defaults, arity = operation.defaults, operation.arity

    def method(self: Value, *others: Value | Number) -> Value:
        missing = arity - 1 - len(others)
        return function(self, *others, *defaults[len(defaults) - missing :])

    return method if defaults else function


def _swapped(function: Callable[..., Value]) -> Callable[..., Value]:
    return lambda self, other: function(constant(other), self)


for _operation in OPERATIONS.values():
    _method = _with_defaults(_operation)
    if _operation.dunder:
        setattr(Value, f"__{_operation.dunder}__", _method)
        if _operation.arity == 2:
            setattr(Value, f"__r{_operation.dunder}__", _swapped(_method))
    for _name in (_operation.symbol, *_operation.aliases):
        if _name.isidentifier():
            setattr(Value, _name, _method)


class ValueArithmetic:
    """The arithmetic of Values: rules run on it build graphs, so a derivative can be derived.

    A choice looks at data and takes one branch, whose derivative is all that counts.
    """

    pi = FLOATS.pi
    nan = FLOATS.nan
    inf = FLOATS.inf

    @staticmethod
    def equal(x: Value | float, y: Value | float) -> bool:
        """Tell whether two numbers are the same."""
        return float(x) == float(y)

    @staticmethod
    def where(condition: bool, chosen: Any, otherwise: Any) -> Any:
        """Return one of two."""
        return chosen if condition else otherwise

    convention = where

    def __getattr__(self, name: str) -> Callable[..., Any]:
        on_floats = getattr(FLOATS, name)
        on_values = FUNCTIONS.get(name, on_floats)

        def function(*operands: Value | float) -> Any:
            if any(isinstance(operand, Value) for operand in operands):
                return on_values(*operands)
            return on_floats(*operands)

        return function


VALUES: Any = ValueArithmetic()
