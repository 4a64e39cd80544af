"""Plain numbers and text: conversions, rounding, comparing, printing."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from engine.errors import TypeProblem
from engine.language.functions import Builtin
from engine.language.library.operate import operate
from engine.language.run import Run, is_number, plain, whole
from engine.language.text import joined, represented, shown
from engine.language.variable import INFIX, METHODS, Variable


def to_float(run: Run, value: Any = 0.0) -> float:
    """Return a plain number, also of a text. Raises `TypeProblem` for what is none."""
    if isinstance(value, str):
        run.recording.read_text()
        try:
            return float(value[: run.recording.limits.numeral])
        except ValueError:
            raise TypeProblem(f"The text {value[:20]!r} is not a number.") from None
    return plain(value)


def to_int(run: Run, value: Any = 0) -> int:
    """Return what is before the point. Raises `TypeProblem` for nan and infinities."""
    number = to_float(run, value)
    if not math.isfinite(number):
        raise TypeProblem(f"{number:g} is not a whole number.")
    return int(number) if abs(number) <= 2**53 else round(math.copysign(2.0**53, number))


def _round(run: Run, value: Any, digits: Any = None) -> Any:
    number = plain(value)
    if not math.isfinite(number):
        return number
    if digits is None:
        return to_int(run, round(number, 0))
    return round(number, max(-300, min(300, whole(digits)))) if abs(number) < 1e300 else number


def _text(run: Run, value: Any = "") -> str:
    return joined(run, [shown(run, value)])


def _repr(run: Run, value: Any) -> str:
    return joined(run, [represented(run, value)])


def _print(run: Run, *values: Any, sep: Any = " ", end: Any = "\n", **ignored: Any) -> None:
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
    kinds = {list: "list", tuple: "tuple", dict: "dict", str: "str"}
    return any(isinstance(value, kind) and name in names for kind, name in kinds.items())


def _close(run: Run, x: Any, y: Any, rtol: Any = 1e-5, atol: Any = 1e-8, **ignored: Any) -> bool:
    if isinstance(x, (list, tuple)) and isinstance(y, (list, tuple)):
        return len(x) == len(y) and all(
            _close(run, a, b, rtol, atol) for a, b in zip(x, y, strict=True)
        )
    return abs(plain(x) - plain(y)) <= plain(atol) + plain(rtol) * abs(plain(y))


def _whole_part(rounding: Callable[[float], int]) -> Callable[..., Any]:
    def action(run: Run, value: Any) -> Any:
        number = plain(value)
        return rounding(number) if abs(number) <= 2**53 else number

    return action


def _logarithm(base: float) -> Callable[..., Any]:
    def action(run: Run, value: Any) -> Any:
        natural = operate(run, METHODS["log"], value)
        return operate(run, INFIX["/"], natural, math.log(base))

    return action


def _log(run: Run, value: Any, base: Any = None) -> Any:
    natural = operate(run, METHODS["log"], value)
    return (
        natural
        if base is None
        else operate(run, INFIX["/"], natural, operate(run, METHODS["log"], base))
    )


def _square(run: Run, value: Any) -> Any:
    return operate(run, METHODS["pow"], value, 2)


def _infix(sign: str) -> Callable[..., Any]:
    return lambda run, x, y, **ignored: operate(run, INFIX[sign], x, y)


NAMED = {"add": "+", "subtract": "-", "multiply": "*", "divide": "/", "power": "**"}
NAMED |= {"sub": "-", "mul": "*", "div": "/"}
"""Names that NumPy and PyTorch give to signs."""

FUNCTIONS: dict[str, Callable[..., Any]] = {
    **{f"{m}.{name}": _infix(sign) for m in ("numpy", "torch") for name, sign in NAMED.items()},
    "float": to_float,
    "int": to_int,
    "round": _round,
    "str": _text,
    "repr": _repr,
    "print": _print,
    "isinstance": _is_instance,
    "isclose": _close,
    "allclose": _close,
    "isnan": lambda run, value: math.isnan(plain(value)),
    "bool": lambda run, value: bool(plain(value)),
    "floor": _whole_part(math.floor),
    "ceil": _whole_part(math.ceil),
    "log2": _logarithm(2.0),
    "log10": _logarithm(10.0),
    "square": _square,
    "log": _log,
}
