"""Operations as functions of numbers, Values, lists of them and arrays."""

from __future__ import annotations

import ast
from functools import partial, reduce
from typing import Any

from engine.errors import TypeProblem
from engine.language.runtime.run import Run, describe, is_number, items_of, plain, settle
from engine.language.runtime.variable import Variable
from engine.language.values.array import Array, elementwise
from engine.language.values.comparisons import in_order
from engine.language.values.functions import Builtin, apply, split_number
from engine.operation import Operation

Items = list[Any] | tuple[Any, ...]

KEYWORDS = {"min": "low", "max": "high", "a_min": "low", "a_max": "high", "negative_slope": "slope"}
"""Names that NumPy and PyTorch give to operands."""


def builtin(operation: Operation) -> Builtin:
    """Return an operation as a function of numbers, Values, lists of them and arrays."""
    if operation.folds:
        return Builtin(operation.symbol, partial(_extreme, operation))
    return Builtin(operation.symbol, partial(_operate, operation))


def _operate(operation: Operation, run: Run, /, *operands: Any, **keywords: Any) -> Any:
    named = {KEYWORDS.get(name, name): value for name, value in keywords.items()}
    defaults = dict(zip(reversed(operation.operands), reversed(operation.defaults), strict=False))
    if not named.keys() <= set(operation.operands[len(operands) :]):
        raise TypeProblem(f"`{operation.symbol}` has no option `{min(keywords)}`.")
    for operand in operands:
        if type(operand) is tuple and all(map(is_number, operand)) and not _is_of_arrays(run):
            raise TypeProblem(
                f"`{operation.symbol}` works on numbers, not on {describe(operand)}.",
                hint=f"take it of each: [{operation.symbol}(x) for x in xs]",
            )
    rest = operation.operands[len(operands) :] if named else ()
    return operate(run, operation, *operands, *(named.get(n, defaults.get(n)) for n in rest))


def _is_of_arrays(run: Run) -> bool:
    """Tell whether a function is called as NumPy's or PyTorch's, which take tuples for arrays."""
    called = getattr(run.recording.place, "func", None)
    if not isinstance(called, ast.Attribute):
        return False
    return not (isinstance(called.value, ast.Name) and called.value.id == "math")


def _extreme(operation: Operation, run: Run, /, *operands: Any, key: Any = None) -> Any:
    """Return the largest or smallest of several operands, or of the elements of one list."""
    items: Items = operands
    if len(operands) == 1:
        items = list(nonempty(flat(run, operands[0]), operation.symbol))
    elif not operands:
        raise TypeProblem(f"`{operation.symbol}` needs operands.", hint="give two, or a list")
    run.recording.charge(len(items))
    if key is None and len(operands) == 1 and isinstance(items[0], (str, tuple)):
        is_largest = operation.evaluate(0.0, 1.0) > 0.0
        return items[in_order(run, items, reverse=is_largest)[0]]
    if key is None:
        return reduce(lambda x, y: operate(run, operation, x, y), items)
    keys = [plain(apply(run, key, item)) for item in items]
    best = reduce(operation.evaluate, keys)
    return items[keys.index(best)] if best in keys else items[0]


def operate(run: Run, operation: Operation, *operands: Any) -> Any:
    """Return an operation's result: a Variable if an operand is one, else a plain number."""
    missing = operation.arity - len(operands)
    if missing and not 0 < missing <= len(operation.defaults):
        raise TypeProblem(
            f"`{operation.symbol}` takes {operation.arity} operand{'s'[: operation.arity > 1]}, "
            f"not {len(operands)}.",
            hint=split_number(run),
        )
    if missing:
        operands += operation.defaults[len(operation.defaults) - missing :]
    if any(isinstance(operand, (list, tuple)) for operand in operands):
        return elementwise(run, lambda *row: operate(run, operation, *row), *operands)
    for operand in operands:
        if not isinstance(operand, Variable) and not is_number(operand):
            raise TypeProblem(f"`{operation.symbol}` works on numbers, not on {describe(operand)}.")
    if any(isinstance(operand, Variable) for operand in operands):
        return run.recording.apply(operation, operands)
    number = operation.evaluate(*map(float, operands))
    if operation.folds:  # max(0, -1.5) is the 0 that was given, a whole number
        return next((operand for operand in operands if operand == number), number)
    return settle(number, *operands) if operation.is_whole else number


def is_whole(run: Run, value: Any) -> bool:
    """Tell whether Python would hold a number as int."""
    if isinstance(value, Variable):
        return value.node in run.recording.integers
    return type(value) is int


def flat(run: Run, items: Items) -> Items:
    """Return the numbers of an array of arrays; any other list as it is."""
    if not isinstance(items, Array):
        return items
    run.recording.charge(len(items))
    return [
        number
        for item in items
        for number in (flat(run, item) if isinstance(item, Array) else [item])
    ]


def single(run: Run, array: Array) -> Any:
    """Return the one number of an array. Raises `TypeProblem` for an array of several."""
    numbers = flat(run, array)
    if len(numbers) != 1:
        raise TypeProblem(
            f"An array of {len(numbers)} numbers has no single one.", hint="write .tolist()"
        )
    return numbers[0]


def nonempty(items: Any, name: str) -> Items:
    """Return the elements. Raises `TypeProblem` if there are none."""
    if not items_of(items):
        raise TypeProblem(f"`{name}` of an empty list has no value.")
    return items_of(items)
