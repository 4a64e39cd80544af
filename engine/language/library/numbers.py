"""Plain numbers and text: conversions, comparing, printing, and functions of the math module."""

from __future__ import annotations

import ast
import math
from collections.abc import Callable
from typing import Any

from engine.errors import TypeProblem
from engine.language.library.lists import to_list, total
from engine.language.library.operate import operate, single
from engine.language.runtime.run import Run, is_number, plain
from engine.language.runtime.variable import INFIX, METHODS, Variable
from engine.language.values.array import Array
from engine.language.values.comparisons import holds, truth
from engine.language.values.functions import Builtin
from engine.language.values.sets import Set
from engine.language.values.text import joined, represented, shown


def to_float(run: Run, value: Any = 0.0) -> float:
    """Return a plain number, also of a text. Raises `TypeProblem` for what is none."""
    if isinstance(value, str):
        run.recording.guards.read_text()
        try:
            return float(value[: run.recording.limits.numeral])
        except ValueError:
            raise TypeProblem(f"The text {value[:20]!r} is not a number.") from None
    return plain(single(run, value) if isinstance(value, Array) else value)


def to_int(run: Run, value: Any = 0) -> int:
    """Return what is before the point. Raises `TypeProblem` for nan and infinities."""
    number = to_float(run, value)
    if not math.isfinite(number):
        raise TypeProblem(f"{number:g} is not a whole number.")
    return int(number) if abs(number) <= 2**53 else round(math.copysign(2.0**53, number))


def _text(run: Run, value: Any = "") -> str:
    return joined(run, [shown(run, value)])


def _repr(run: Run, value: Any) -> str:
    return joined(run, [represented(run, value)])


def _print(
    run: Run,
    *values: Any,
    sep: Any = " ",
    end: Any = "\n",
    file: Any = None,
    flush: Any = None,
) -> None:
    between = shown(run, " " if sep is None else sep)
    for index, value in enumerate(values):
        run.recording.console.write((between if index else "") + shown(run, value))
    run.recording.console.write(shown(run, "\n" if end is None else end))
    for value in values:
        if isinstance(value, Variable) and (value.node.operation or run.printed is None):
            run.printed = value


def _is_instance(run: Run, value: Any, kinds: Any) -> bool:
    names = {kind.name for kind in (kinds if isinstance(kinds, tuple) else (kinds,))
             if isinstance(kind, Builtin)}  # fmt: skip
    if isinstance(value, Variable):
        return bool(names & {"Value", "Tensor", "float"})
    if is_number(value):
        return bool(names & {"float" if isinstance(value, float) else "int"})
    if isinstance(value, Set):
        return "set" in names
    kinds = {list: "list", tuple: "tuple", dict: "dict", str: "str"}
    return any(isinstance(value, kind) and name in names for kind, name in kinds.items())


def _close(
    run: Run, x: Any, y: Any, rtol: Any = 1e-5, atol: Any = 1e-8, equal_nan: Any = False
) -> bool:
    if isinstance(x, (list, tuple)) and isinstance(y, (list, tuple)):
        return len(x) == len(y) and all(
            _close(run, a, b, rtol, atol, equal_nan) for a, b in zip(x, y, strict=True)
        )
    a, b = plain(x), plain(y)
    if math.isnan(a) and math.isnan(b):
        return truth(equal_nan)
    return a == b or (math.isfinite(b) and abs(a - b) <= plain(atol) + plain(rtol) * abs(b))


def _assert_close(
    run: Run, actual: Any, expected: Any, *, rtol: Any = 1.3e-6, atol: Any = 1e-5
) -> None:
    if not _close(run, actual, expected, rtol, atol):
        raise TypeProblem("What is asserted does not hold.")


def _nearly(run: Run, a: Any, b: Any, *, rel_tol: Any = 1e-9, abs_tol: Any = 0.0) -> bool:
    return math.isclose(plain(a), plain(b), rel_tol=plain(rel_tol), abs_tol=plain(abs_tol))


def _angle(run: Run, y: Any, x: Any) -> Any:
    """Return the angle at which a point is seen from the origin."""
    if holds(run, ast.Eq(), x, 0):
        if holds(run, ast.Eq(), y, 0):
            return 0.0
        turn = math.pi / 2 if holds(run, ast.Gt(), y, 0) else -math.pi / 2
        angle = operate(run, METHODS["arctan"], operate(run, INFIX["/"], x, y))
        return operate(run, INFIX["-"], turn, angle)
    angle = operate(run, METHODS["arctan"], operate(run, INFIX["/"], y, x))
    if holds(run, ast.Gt(), x, 0):
        return angle
    turn = math.pi if holds(run, ast.GtE(), y, 0) else -math.pi
    return operate(run, INFIX["+"], angle, turn)


def _exact_sum(run: Run, items: Any) -> Any:
    numbers = to_list(run, items)
    if all(map(is_number, numbers)):
        return math.fsum(numbers)
    return total(run, numbers)


def _square(run: Run, value: Any) -> Any:
    return operate(run, METHODS["pow"], value, 2)


def _infix(sign: str) -> Callable[..., Any]:
    return lambda run, x, y: operate(run, INFIX[sign], x, y)


def scaled(sign: str) -> Callable[..., Any]:
    """Return PyTorch's function of a sign, which takes its second operand `alpha` times."""

    def action(run: Run, x: Any, y: Any, *, alpha: Any = 1) -> Any:
        times = y if is_number(alpha) and alpha == 1 else operate(run, INFIX["*"], y, alpha)
        return operate(run, INFIX[sign], x, times)

    return action


def _nothing(run: Run, *ignored: Any, **options: Any) -> None:
    """Do what configures how numbers are kept and printed does here."""


NAMED = {"add": "+", "subtract": "-", "multiply": "*", "divide": "/", "power": "**"}
NAMED |= {"sub": "-", "mul": "*", "div": "/"}
"""Names that NumPy and PyTorch give to signs."""

FUNCTIONS: dict[str, Callable[..., Any]] = {
    **{f"{m}.{name}": _infix(sign) for m in ("numpy", "torch") for name, sign in NAMED.items()},
    "torch.add": scaled("+"),
    **dict.fromkeys(("torch.sub", "torch.subtract"), scaled("-")),
    "math.isclose": _nearly,
    "float": to_float,
    "int": to_int,
    "str": _text,
    "repr": _repr,
    "print": _print,
    "isinstance": _is_instance,
    "isclose": _close,
    "allclose": _close,
    "testing.assert_close": _assert_close,
    "isnan": lambda run, value: math.isnan(plain(value)),
    "bool": lambda run, value: truth(value),
    "math.radians": lambda run, value: operate(run, INFIX["*"], value, math.pi / 180.0),
    "math.degrees": lambda run, value: operate(run, INFIX["*"], value, 180.0 / math.pi),
    "atan2": _angle,
    "arctan2": _angle,
    "fsum": _exact_sum,
    **dict.fromkeys(
        ("set_printoptions", "seterr", "set_default_dtype", "set_default_device"), _nothing
    ),
    "cuda.is_available": lambda run: False,
    "square": _square,
    "clamp_min": lambda run, value, min: operate(run, METHODS["clip"], value, min, math.inf),
    "clamp_max": lambda run, value, max: operate(run, METHODS["clip"], value, -math.inf, max),
}
