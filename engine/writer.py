"""Rules written out as text: run a rule on `Expression`s and it writes itself down.

`PythonWriter` writes Python for the functions of `engine.arithmetic`; `LatexWriter` writes
formulas. Precedence decides brackets, so that what is written means what the rule computes.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

CHOICE, COMPARISON, SUM, PRODUCT, SIGN, POWER, ATOM = range(7)


@dataclass(frozen=True, slots=True, eq=False)
class Expression:
    """A piece of text that stands for a number, and how tightly its outermost operator binds."""

    text: str
    precedence: int
    writer: Writer

    def bracketed(self, least: int) -> str:
        """Return the text, in brackets if it binds less tightly than `least`."""
        return self.text if self.precedence >= least else self.writer.brackets(self.text)

    def _infix(self, other: Any, symbol: str, precedence: int, *, swapped: bool) -> Expression:
        left, right = self, self.writer.lift(other)
        if swapped:
            left, right = right, left
        if symbol == self.writer.times and left.text == right.text:
            return self.writer.square(left)
        # The right operand of - must bind tighter; of + and * it may be equal, but the brackets
        # keep the order of evaluation, and with it the last bit of the result.
        text = f"{left.bracketed(precedence)} {symbol} {right.bracketed(precedence + 1)}"
        return Expression(text, precedence, self.writer)

    def __add__(self, other: Any) -> Expression:
        return self._infix(other, "+", SUM, swapped=False)

    def __radd__(self, other: Any) -> Expression:
        return self._infix(other, "+", SUM, swapped=True)

    def __sub__(self, other: Any) -> Expression:
        return self._infix(other, "-", SUM, swapped=False)

    def __rsub__(self, other: Any) -> Expression:
        return self._infix(other, "-", SUM, swapped=True)

    def __mul__(self, other: Any) -> Expression:
        return self._infix(other, self.writer.times, PRODUCT, swapped=False)

    def __rmul__(self, other: Any) -> Expression:
        return self._infix(other, self.writer.times, PRODUCT, swapped=True)

    def __neg__(self) -> Expression:
        return Expression(f"-{self.bracketed(SIGN)}", SIGN, self.writer)

    def __gt__(self, other: Any) -> Expression:
        return self._infix(other, ">", COMPARISON, swapped=False)

    def __lt__(self, other: Any) -> Expression:
        return self._infix(other, "<", COMPARISON, swapped=False)

    def __ge__(self, other: Any) -> Expression:
        return self._infix(other, self.writer.at_least, COMPARISON, swapped=False)

    def __le__(self, other: Any) -> Expression:
        return self._infix(other, self.writer.at_most, COMPARISON, swapped=False)

    def __and__(self, other: Any) -> Any:
        return self.writer.conjunction(self, other)

    __rand__ = __and__


class Writer:
    """An arithmetic whose numbers are texts. Subclasses say how one notation writes them."""

    times = "*"
    at_least, at_most, both, same = ">=", "<=", "and", "=="

    def operand(self, text: str) -> Expression:
        """Return a text that never needs brackets."""
        return Expression(text, ATOM, self)

    def lift(self, number: Any) -> Expression:
        """Return a number of the rule itself as text."""
        if isinstance(number, Expression):
            return number
        return Expression(self.number(number), SIGN if number < 0 else ATOM, self)

    def number(self, number: float) -> str:
        """Write one number."""
        return repr(float(number))

    def square(self, x: Expression) -> Expression:
        """Write a number times itself."""
        factor = x.bracketed(PRODUCT + 1)
        return Expression(f"{factor} * {factor}", PRODUCT, self)

    def brackets(self, text: str) -> str:
        """Write round brackets around a text."""
        return f"({text})"

    def equal(self, x: Any, y: Any) -> Expression:
        """Write that two numbers are the same."""
        return self.lift(x)._infix(y, self.same, COMPARISON, swapped=False)

    def conjunction(self, x: Expression, y: Any) -> Any:
        """Write that two conditions hold."""
        return x._infix(y, self.both, COMPARISON - 1, swapped=False)

    def call(self, name: str, *arguments: Any) -> Any:
        """Write the call of a function of the arithmetic."""
        raise NotImplementedError

    def __getattr__(self, name: str) -> Callable[..., Expression]:
        if name.startswith("_"):
            raise AttributeError(name)
        return lambda *arguments: self.call(name, *arguments)


class PythonWriter(Writer):
    """Python source; function names are those of the arithmetic that the source will run in."""

    pi = math.pi
    in_columns = False
    """Whether the source runs on arrays."""

    @property
    def nan(self) -> Expression:
        """Write the name that stands for "not a number"."""
        return self.operand("nan")

    @property
    def inf(self) -> Expression:
        """Write the name that stands for infinity."""
        return self.operand("inf")

    def call(self, name: str, *arguments: Any) -> Expression:
        """Write `name(x, y)`."""
        return self.operand(f"{name}({', '.join(self.lift(a).text for a in arguments)})")

    def where(self, condition: Any, chosen: Any, otherwise: Any) -> Expression:
        """Write a conditional expression, so that only the chosen branch is computed."""
        chosen, otherwise = self.lift(chosen), self.lift(otherwise)
        text = f"{chosen.bracketed(SUM)} if {condition.text} else {otherwise.bracketed(CHOICE)}"
        return Expression(text, CHOICE, self)

    convention = where


class QuickWriter(PythonWriter):
    """Python that divides with `/`: it raises where the total functions answer inf or nan."""

    def divide(self, x: Any, y: Any) -> Expression:
        """Write x / y."""
        return self.lift(x)._infix(y, "/", PRODUCT, swapped=False)


class ArrayWriter(QuickWriter):
    """Python for columns of NumPy: a choice is a call, for every row has its own."""

    in_columns = True

    def conjunction(self, x: Expression, y: Any) -> Expression:
        """Write that two conditions hold, row by row."""
        return self.call("logical_and", x, y)

    def where(self, condition: Any, chosen: Any, otherwise: Any) -> Expression:
        """Write the choice of one of two, row by row."""
        if self.lift(chosen).text == "1.0" and self.lift(otherwise).text == "0.0":
            return Expression(f"({condition.text}) * 1.0", PRODUCT, self)
        return self.call("where", condition, chosen, otherwise)

    convention = where


class LatexWriter(Writer):
    r"""LaTeX; functions are written by the templates of the table, `@0` being the operand."""

    times = r"\cdot"
    at_least, at_most, both, same = r"\ge", r"\le", r"\text{ and }", "="

    def __init__(self, templates: Mapping[str, str]) -> None:
        self.templates = templates

    @property
    def pi(self) -> Expression:
        r"""Write \pi."""
        return self.operand(r"\pi")

    @property
    def nan(self) -> Expression:
        """Write "not a number"."""
        return self.operand(r"\text{nan}")

    @property
    def inf(self) -> Expression:
        """Write infinity."""
        return self.operand(r"\infty")

    def number(self, number: float) -> str:
        """Write a number as short as it is."""
        return f"{number:g}"

    def brackets(self, text: str) -> str:
        """Write brackets that grow with what they hold."""
        return rf"\left({text}\right)"

    def call(self, name: str, *arguments: Any) -> Expression:
        """Fill the function's template."""
        texts = [self.lift(a).text for a in arguments]
        template = self.templates.get(name)
        if template is None:
            return self.operand(rf"\operatorname{{{name}}}\left({', '.join(texts)}\right)")
        for index, text in enumerate(texts):
            template = template.replace(f"@{index}", text)
        return self.operand(template)

    def divide(self, x: Any, y: Any) -> Expression:
        """Write a fraction."""
        return Expression(
            rf"\frac{{{self.lift(x).text}}}{{{self.lift(y).text}}}", PRODUCT + 1, self
        )

    def square(self, x: Expression) -> Expression:
        """Write the square."""
        return self.power(x, 2.0)

    def power(self, x: Any, y: Any) -> Expression:
        """Write a power."""
        base, exponent = self.lift(x).bracketed(ATOM), self.lift(y).text
        return Expression(f"{{{base}}}^{{{exponent}}}", POWER, self)

    def where(self, condition: Any, chosen: Any, otherwise: Any) -> Expression:
        """Write the two cases."""
        rows = (
            rf"{self.lift(chosen).text} & \text{{if }} {condition.text} \\ "
            rf"{self.lift(otherwise).text} & \text{{otherwise}}"
        )
        return self.operand(rf"\begin{{cases}} {rows} \end{{cases}}")

    def convention(self, at: Any, value: Any, formula: Any) -> Expression:
        """Write the formula alone: what holds at single points is told where it matters."""
        return self.lift(formula)
