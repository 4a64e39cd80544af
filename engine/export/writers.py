"""Writers of the libraries' dialects: the rules of the table as NumPy, JAX, PyTorch and micrograd.

Functions go by the names that the rules call them by, under the library's own module. What a rule
does with plain numbers alone is worked out while writing: the square root of 2 is written 1.414….
"""

from __future__ import annotations

import math
from typing import Any, ClassVar

import numpy as np

from engine.arithmetic import FLOATS
from engine.writer import POWER, PRODUCT, SIGN, Expression, PythonWriter


class LibraryWriter(PythonWriter):
    """Python for a library: operators between its numbers, functions from its module."""

    module: ClassVar[str]
    nan: ClassVar[Any] = FLOATS.nan
    inf: ClassVar[Any] = FLOATS.inf

    def number(self, number: float) -> str:
        """Write a number; inf and nan have no literals."""
        return repr(float(number)) if math.isfinite(number) else f'float("{float(number)}")'

    def lift(self, number: Any) -> Expression:
        """Return a number as text, in which a minus sign is an operator."""
        if isinstance(number, Expression) or math.isfinite(number):
            return super().lift(number)
        return self.operand(self.number(number))

    def call(self, name: str, *arguments: Any) -> Any:
        """Write the call of a library's function, or call it on plain numbers."""
        if not any(isinstance(argument, Expression) for argument in arguments):
            return getattr(FLOATS, name)(*arguments)
        texts = ", ".join(self.argument(argument) for argument in arguments)
        return self.operand(f"{self.function(name)}({texts})")

    def function(self, name: str) -> str:
        """Return how the library calls a function."""
        return f"{self.module}.{name}"

    def argument(self, argument: Any) -> str:
        """Return an argument of a function as text."""
        return self.lift(argument).text

    def divide(self, x: Any, y: Any) -> Any:
        """Write a quotient."""
        if not isinstance(x, Expression) and not isinstance(y, Expression):
            return FLOATS.divide(x, y)
        return self.lift(x)._infix(y, "/", PRODUCT, swapped=False)

    def power(self, x: Any, y: Any) -> Any:
        """Write a power."""
        if not isinstance(x, Expression) and not isinstance(y, Expression):
            return FLOATS.power(x, y)
        if not isinstance(y, Expression) and y == 1.0:
            return x
        # The sign of an exponent binds more tightly than the power before it.
        base, exponent = self.lift(x).bracketed(POWER + 1), self.lift(y).bracketed(SIGN)
        return Expression(f"{base}**{exponent}", POWER, self)

    def equal(self, x: Any, y: Any) -> Any:
        """Write that two numbers are the same, or tell whether two plain ones are."""
        if not isinstance(x, Expression) and not isinstance(y, Expression):
            return FLOATS.equal(x, y)
        return super().equal(x, y)

    def conjunction(self, x: Expression, y: Any) -> Any:
        """Write that two conditions hold, of which the second may be decided already."""
        if isinstance(y, bool):
            return x if y else False
        return self.call("logical_and", x, y)

    def where(self, condition: Any, chosen: Any, otherwise: Any) -> Any:
        """Write a choice between two numbers, unless it is made already."""
        if isinstance(condition, bool):
            return chosen if condition else otherwise
        texts = (condition.text, self.lift(chosen).text, self.lift(otherwise).text)
        return self.operand(f"{self.module}.where({', '.join(texts)})")

    convention = where


class NumpyWriter(LibraryWriter):
    """NumPy, version 2 or newer, whose functions have the math module's names."""

    module = "np"

    def __init__(self) -> None:
        self.missing: list[str] = []
        """Functions that NumPy lacks and the math module has, as far as they were written."""

    def function(self, name: str) -> str:
        """Return a function of NumPy, or one that the program must make from the math module's."""
        if hasattr(np, name):
            return super().function(name)
        if name not in self.missing:
            self.missing.append(name)
        return name


class JaxWriter(LibraryWriter):
    """JAX, which has NumPy's functions under NumPy's names."""

    module = "jnp"

    def function(self, name: str) -> str:
        """Return a function of `jax.numpy`, or what NumPy lacks: one of JAX's primitives."""
        return super().function(name) if hasattr(np, name) else f"jax.lax.{name}"


class PytorchWriter(LibraryWriter):
    """PyTorch, whose functions want tensors."""

    module = "torch"

    def argument(self, argument: Any) -> str:
        """Return an argument as text, a plain number as a tensor."""
        text = super().argument(argument)
        return text if isinstance(argument, Expression) else f"torch.tensor({text})"


class Lacking(Exception):
    """The library cannot write a rule."""


class MicrogradWriter(LibraryWriter):
    """micrograd: four operators, powers with a number as exponent, and one method."""

    methods = ("relu",)
    """What a Value of micrograd has beside its operators."""

    def call(self, name: str, *arguments: Any) -> Any:
        """Refuse a function of anything but plain numbers."""
        if any(isinstance(argument, Expression) for argument in arguments):
            raise Lacking(name)
        return super().call(name, *arguments)

    def power(self, x: Any, y: Any) -> Any:
        """Write a power, unless micrograd would need the exponent's gradient."""
        if isinstance(y, Expression):
            raise Lacking("power")
        return super().power(x, y)

    def where(self, condition: Any, chosen: Any, otherwise: Any) -> Any:
        """Refuse a choice: micrograd compares nothing."""
        raise Lacking("where")


class MathWriter(LibraryWriter):
    """Plain numbers of Python: what is inside of a node that micrograd does not know."""

    module = "math"

    def function(self, name: str) -> str:
        """Return a function of the math module, or the built-in one."""
        return super().function(name) if hasattr(math, name) else name

    def maximum(self, x: Any, y: Any) -> Any:
        """Write the larger of two."""
        return self.where(self.lift(x) > y, x, y)

    def minimum(self, x: Any, y: Any) -> Any:
        """Write the smaller of two."""
        return self.where(self.lift(x) < y, x, y)

    def conjunction(self, x: Expression, y: Any) -> Any:
        """Write that two conditions hold."""
        return PythonWriter.conjunction(self, x, y)

    where = convention = PythonWriter.where
