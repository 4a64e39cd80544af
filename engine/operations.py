"""The one table of operations: what each computes, and its partial derivatives.

A rule is written once, as a function of an arithmetic `m`, the operands and, for partials, the
result `out`; it then serves floats, Values and written formulas alike. To add an operation, add a
row: the language, the JSON, the page and the exports read this table.

Conventions at the points where frameworks disagree are written with `m.convention`.
"""

from __future__ import annotations

import copyreg
import math
from collections.abc import Callable, Mapping
from functools import cache
from types import MappingProxyType
from typing import Any, NamedTuple

from engine.operation import Operation, Rule
from engine.writer import LatexWriter


def _step(condition: Rule) -> Rule:
    """Return a partial that is 1 where a condition holds and 0 elsewhere."""
    return lambda m, *values: m.where(condition(*values), 1.0, 0.0)


def _density(m: Any, x: Any) -> Any:
    """Return the density of the standard normal distribution at x."""
    return m.divide(m.exp(-0.5 * x * x), m.sqrt(2.0 * m.pi))


def _cumulative(m: Any, x: Any) -> Any:
    """Return the standard normal distribution function at x."""
    return 0.5 * (1.0 + m.erf(m.divide(x, m.sqrt(2.0))))


def _share(ahead: Callable[[Any, Any], Any]) -> Rule:
    """Return the partial of max or min: 1 for the winner, a half each on a tie."""
    return lambda m, x, y, out: m.convention(m.equal(x, y), 0.5, m.where(ahead(x, y), 1.0, 0.0))


def _power_partial(m: Any, x: Any, y: Any, out: Any) -> Any:
    # x**0 is 1 everywhere, so its slope is 0, also at x = 0 where the formula gives 0 * inf.
    return m.convention(m.equal(x, 0.0) & m.equal(y, 0.0), 0.0, y * m.power(x, y - 1.0))


def _exponent_partial(m: Any, x: Any, y: Any, out: Any) -> Any:
    return m.convention(m.equal(x, 0.0) & (y >= 0.0), 0.0, out * m.log(x))


ZERO_DIVISION = (lambda m, x, y: y == 0, "division by zero: the result is infinite or undefined")
POWER_PITFALLS: tuple[tuple[Rule, str], ...] = (
    (lambda m, x, y: x == 0 and y < 0, "a negative power of 0 is a division by zero"),
    (
        lambda m, x, y: x < 0 and math.isfinite(y) and y != math.floor(y),
        "a fractional power of a negative number is not a real number",
    ),
    (lambda m, x, y: x == 0 and 0 < y < 1, "infinitely steep at 0"),
)

_TABLE = (
    Operation(
        "add",
        "+",
        ("x", "y"),
        lambda m, x, y: x + y,
        (lambda m, x, y, out: 1.0, lambda m, x, y, out: 1.0),
        "A sum passes the gradient on unchanged to each term.",
        dunder="add",
        is_whole=True,
    ),
    Operation(
        "subtract",
        "-",
        ("x", "y"),
        lambda m, x, y: x - y,
        (lambda m, x, y, out: 1.0, lambda m, x, y, out: -1.0),
        "A difference passes the gradient on, with the sign turned for what is subtracted.",
        dunder="sub",
        glyph="−",
        is_whole=True,
    ),
    Operation(
        "multiply",
        "*",
        ("x", "y"),
        lambda m, x, y: x * y,
        (lambda m, x, y, out: y, lambda m, x, y, out: x),
        "In a product each factor's slope is the other factor.",
        dunder="mul",
        glyph="×",
        is_whole=True,
    ),
    Operation(
        "divide",
        "/",
        ("x", "y"),
        lambda m, x, y: m.divide(x, y),
        (lambda m, x, y, out: m.divide(1.0, y), lambda m, x, y, out: -m.divide(out, y)),
        "The numerator's slope is one over the denominator; a larger denominator shrinks the result.",
        dunder="truediv",
        glyph="÷",
        pitfalls=(ZERO_DIVISION,),
    ),
    Operation(
        "negate",
        "-",
        ("x",),
        lambda m, x: -x,
        (lambda m, x, out: -1.0,),
        "A minus sign turns the sign of the gradient.",
        dunder="neg",
        glyph="−",
        is_whole=True,
    ),
    Operation(
        "power",
        "**",
        ("x", "y"),
        lambda m, x, y: m.power(x, y),
        (_power_partial, _exponent_partial),
        "The base follows the power rule; the exponent's slope is the result times ln of the base.",
        dunder="pow",
        glyph="xʸ",
        literal="fixed_power",
        aliases=("pow",),
        is_whole=True,
        pitfalls=(
            *POWER_PITFALLS,
            (
                lambda m, x, y: x < 0,
                "the exponent of a negative base has no derivative: ln of a negative number",
            ),
        ),
    ),
    Operation(
        "fixed_power",
        "**",
        ("x", "n"),
        lambda m, x, n: m.power(x, n),
        (_power_partial, None),
        "The power rule: bring the exponent down, and lower it by one. A literal exponent is fixed.",
        glyph="xⁿ",
        is_whole=True,
        pitfalls=POWER_PITFALLS,
    ),
    Operation(
        "exp",
        "exp",
        ("x",),
        lambda m, x: m.exp(x),
        (lambda m, x, out: out,),
        "The exponential is its own slope: the local derivative is the result itself.",
        latex="e^{@0}",
    ),
    Operation(
        "log",
        "log",
        ("x",),
        lambda m, x: m.log(x),
        (
            lambda m, x, out: m.convention(
                x < 0.0, m.nan, m.convention(m.equal(x, 0.0), m.inf, m.divide(1.0, x))
            ),
        ),
        "The slope of the natural logarithm is one over its operand.",
        latex=r"\ln\left(@0\right)",
        aliases=("ln",),
        pitfalls=(
            (lambda m, x: x == 0, "log(0) is minus infinity"),
            (lambda m, x: x < 0, "the logarithm of a negative number is not a real number"),
        ),
    ),
    Operation(
        "sqrt",
        "sqrt",
        ("x",),
        lambda m, x: m.sqrt(x),
        (lambda m, x, out: m.convention(m.equal(x, 0.0), m.inf, m.divide(1.0, 2.0 * out)),),
        "The slope of a square root is one over twice the root.",
        latex=r"\sqrt{@0}",
        pitfalls=(
            (lambda m, x: x == 0, "the square root is infinitely steep at 0"),
            (lambda m, x: x < 0, "the square root of a negative number is not a real number"),
        ),
    ),
    Operation(
        "sin",
        "sin",
        ("x",),
        lambda m, x: m.sin(x),
        (lambda m, x, out: m.cos(x),),
        "The slope of sine is cosine.",
        latex=r"\sin\left(@0\right)",
    ),
    Operation(
        "cos",
        "cos",
        ("x",),
        lambda m, x: m.cos(x),
        (lambda m, x, out: -m.sin(x),),
        "The slope of cosine is minus sine.",
        latex=r"\cos\left(@0\right)",
    ),
    Operation(
        "tan",
        "tan",
        ("x",),
        lambda m, x: m.tan(x),
        (lambda m, x, out: 1.0 + out * out,),
        "The slope of the tangent is one plus its own square.",
        latex=r"\tan\left(@0\right)",
    ),
    Operation(
        "sinh",
        "sinh",
        ("x",),
        lambda m, x: m.sinh(x),
        (lambda m, x, out: m.cosh(x),),
        "The slope of the hyperbolic sine is the hyperbolic cosine.",
        latex=r"\sinh\left(@0\right)",
    ),
    Operation(
        "cosh",
        "cosh",
        ("x",),
        lambda m, x: m.cosh(x),
        (lambda m, x, out: m.sinh(x),),
        "The slope of the hyperbolic cosine is the hyperbolic sine.",
        latex=r"\cosh\left(@0\right)",
    ),
    Operation(
        "tanh",
        "tanh",
        ("x",),
        lambda m, x: m.tanh(x),
        (lambda m, x, out: 1.0 - out * out,),
        "The slope of tanh is one minus its own square: flat where it saturates.",
        latex=r"\tanh\left(@0\right)",
        pitfalls=((lambda m, x: abs(x) > 5, "saturated: tanh is nearly flat here"),),
    ),
    Operation(
        "atan",
        "atan",
        ("x",),
        lambda m, x: m.atan(x),
        (lambda m, x, out: m.divide(1.0, 1.0 + x * x),),
        "The slope of the arc tangent is one over one plus the square.",
        latex=r"\arctan\left(@0\right)",
        aliases=("arctan",),
    ),
    Operation(
        "sigmoid",
        "sigmoid",
        ("x",),
        lambda m, x: m.divide(1.0, 1.0 + m.exp(-x)),
        (lambda m, x, out: out * (1.0 - out),),
        "The slope of the sigmoid is its value times what is missing to one.",
        latex=r"\sigma\left(@0\right)",
        glyph="σ",
        pitfalls=((lambda m, x: abs(x) > 10, "saturated: the sigmoid is nearly flat here"),),
    ),
    Operation(
        "relu",
        "relu",
        ("x",),
        lambda m, x: m.where(x <= 0.0, 0.0, x),
        (lambda m, x, out: m.where(x > 0.0, 1.0, 0.0),),
        "relu passes the gradient on where its operand is positive, and stops it elsewhere.",
        latex=r"\operatorname{relu}\left(@0\right)",
        pitfalls=((lambda m, x: x == 0, "a kink: at 0 the derivative of relu is taken as 0"),),
    ),
    Operation(
        "leaky_relu",
        "leaky_relu",
        ("x", "slope"),
        lambda m, x, slope: m.where(x > 0.0, x, slope * x),
        (
            lambda m, x, slope, out: m.where(x > 0.0, 1.0, slope),
            lambda m, x, slope, out: m.where(x > 0.0, 0.0, x),
        ),
        "A leaky relu lets a small share of the gradient through where its operand is negative.",
        latex=r"\operatorname{leaky\_relu}\left(@0, @1\right)",
        glyph="leaky",
        defaults=(0.01,),
        pitfalls=(
            (lambda m, x, slope: x == 0, "a kink: at 0 the slope of the left side is taken"),
        ),
    ),
    Operation(
        "elu",
        "elu",
        ("x", "alpha"),
        lambda m, x, alpha: m.where(x > 0.0, x, alpha * (m.exp(x) - 1.0)),
        (
            lambda m, x, alpha, out: m.where(x > 0.0, 1.0, alpha * m.exp(x)),
            lambda m, x, alpha, out: m.where(x > 0.0, 0.0, m.exp(x) - 1.0),
        ),
        "elu passes the gradient on where its operand is positive; elsewhere its slope fades out.",
        latex=r"\operatorname{elu}\left(@0, @1\right)",
        defaults=(1.0,),
        pitfalls=(
            (
                lambda m, x, alpha: x == 0 and alpha != 1,
                "a kink: at 0 the slope of the left side is taken",
            ),
        ),
    ),
    Operation(
        "softplus",
        "softplus",
        ("x",),
        lambda m, x: m.maximum(x, 0.0) + m.log1p(m.exp(-m.abs(x))),
        (lambda m, x, out: m.divide(1.0, 1.0 + m.exp(-x)),),
        "The slope of softplus is the sigmoid.",
        latex=r"\ln\left(1 + e^{@0}\right)",
        glyph="soft+",
    ),
    Operation(
        "gelu",
        "gelu",
        ("x",),
        lambda m, x: x * _cumulative(m, x),
        (lambda m, x, out: _cumulative(m, x) + x * _density(m, x),),
        "gelu weighs its operand by the normal distribution function; the product rule gives its slope.",
        latex=r"\operatorname{gelu}\left(@0\right)",
    ),
    Operation(
        "erf",
        "erf",
        ("x",),
        lambda m, x: m.erf(x),
        (lambda m, x, out: m.divide(2.0 * m.exp(-(x * x)), m.sqrt(m.pi)),),
        "The slope of the error function is a bell curve.",
        latex=r"\operatorname{erf}\left(@0\right)",
    ),
    Operation(
        "abs",
        "abs",
        ("x",),
        lambda m, x: m.abs(x),
        (lambda m, x, out: m.convention(m.equal(x, 0.0), 0.0, m.where(x > 0.0, 1.0, -1.0)),),
        "The absolute value turns the gradient's sign where its operand is negative.",
        latex=r"\left|@0\right|",
        glyph="|x|",
        dunder="abs",
        is_whole=True,
        pitfalls=((lambda m, x: x == 0, "a kink: at 0 the derivative of abs is taken as 0"),),
    ),
    Operation(
        "maximum",
        "max",
        ("x", "y"),
        lambda m, x, y: m.maximum(x, y),
        (_share(lambda x, y: x > y), _share(lambda x, y: y > x)),
        "Only the larger operand moves the maximum, so it gets the whole gradient.",
        latex=r"\max\left(@0, @1\right)",
        aliases=("maximum",),
        folds=True,
        is_whole=True,
        pitfalls=((lambda m, x, y: x == y, "a tie: both operands share the gradient equally"),),
    ),
    Operation(
        "minimum",
        "min",
        ("x", "y"),
        lambda m, x, y: m.minimum(x, y),
        (_share(lambda x, y: x < y), _share(lambda x, y: y < x)),
        "Only the smaller operand moves the minimum, so it gets the whole gradient.",
        latex=r"\min\left(@0, @1\right)",
        aliases=("minimum",),
        folds=True,
        is_whole=True,
        pitfalls=((lambda m, x, y: x == y, "a tie: both operands share the gradient equally"),),
    ),
    Operation(
        "clip",
        "clip",
        ("x", "low", "high"),
        lambda m, x, low, high: m.minimum(m.maximum(x, low), high),
        (
            _step(lambda x, low, high, out: (x >= low) & (x <= high)),
            _step(lambda x, low, high, out: (x < low) & (low <= high)),
            lambda m, x, low, high, out: m.where(m.maximum(x, low) > high, 1.0, 0.0),
        ),
        "Between its bounds clip passes the gradient on; outside, it belongs to the bound.",
        latex=r"\operatorname{clip}\left(@0, @1, @2\right)",
        defaults=(-math.inf, math.inf),
        aliases=("clamp",),
    ),
)

OPERATIONS: Mapping[str, Operation] = MappingProxyType({row.name: row for row in _TABLE})
"""The table, by name."""


def _row(name: str) -> Operation:
    return OPERATIONS[name]


# A Value that is copied or pickled keeps its row of the table; rules themselves have no copies.
copyreg.pickle(Operation, lambda row: (_row, (row.name,)))

TEMPLATES: Mapping[str, str] = MappingProxyType(
    {row.name: row.latex for row in _TABLE if row.latex is not None}
)


class Formulas(NamedTuple):
    """An operation in LaTeX, with @0, @1 for the operands and @out for the result."""

    forward: str
    partials: tuple[str | None, ...]


@cache
def formulas(operation: Operation) -> Formulas:
    """Write an operation's rules as LaTeX templates."""
    writer = LatexWriter(TEMPLATES)
    places = tuple(f"@{index}" for index in range(operation.arity))
    return Formulas(
        operation.latex or operation.write(operation.forward, places, writer),
        tuple(
            None if partial is None else operation.write(partial, (*places, "@out"), writer)
            for partial in operation.partials
        ),
    )
