"""Operators: what signs do between Variables, plain numbers, arrays and lists."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable
from typing import Any

from engine.errors import NotAllowed, TypeProblem
from engine.language.library.products import matrix_product
from engine.language.runtime.run import Run, describe, is_number, plain, settle, whole
from engine.language.runtime.variable import INFIX, NEGATE, Number, Variable
from engine.language.values.array import Array, elementwise
from engine.language.values.sets import Set, between
from engine.language.values.text import joined, make_room, percent
from engine.operation import Operation

SIGNS: dict[type[ast.operator], Operation] = {
    ast.Add: INFIX["+"],
    ast.Sub: INFIX["-"],
    ast.Mult: INFIX["*"],
    ast.Div: INFIX["/"],
    ast.Pow: INFIX["**"],
}


WHOLE_SIGNS: dict[type[ast.operator], Callable[[float, float], float]] = {
    ast.Mod: operator.mod,
    ast.FloorDiv: operator.floordiv,
}


OTHERS: dict[type[ast.operator], str] = {
    ast.BitAnd: "&",
    ast.BitOr: "|",
    ast.BitXor: "^",
    ast.LShift: "<<",
    ast.RShift: ">>",
}

MASKS: dict[type[ast.operator], Callable[[bool, bool], bool]] = {
    ast.BitAnd: operator.and_,
    ast.BitOr: operator.or_,
}
"""What joins conditions on each element of an array: `(x > 0) & (x < 1)`."""

WAYS: dict[type[ast.operator], str] = {
    ast.BitAnd: "between conditions, write and",
    ast.BitOr: "between conditions, write or",
    ast.BitXor: "write ** for a power",
}

ELEMENTS = "work on its elements: [2*x for x in xs], or make it an array: np.array(xs)"

NUMBERS = frozenset((float, int, bool))


OPERANDS = NUMBERS | {Variable}


def combine(
    run: Run,
    node: ast.BinOp | ast.AugAssign,
    left: Any,
    right: Any,
    left_place: ast.expr,
    right_place: ast.expr,
) -> Any:
    """Return `left <sign> right` for Variables, plain numbers and arrays."""
    operation = SIGNS.get(type(node.op))
    if operation is None:
        return _without_gradient(run, node, left, right)
    left_kind, right_kind = type(left), type(right)
    if left_kind is Variable and right_kind is Variable:
        return run.recording.join(operation, left, right, node)
    if left_kind in OPERANDS and right_kind in OPERANDS:
        recording = run.recording
        if left_kind is Variable:
            if operation.literal:
                return recording.apply(operation, (left, right), node, (left_place, right_place))
            return recording.join(operation, left, recording.constant(right, right_place), node)
        if right_kind is Variable:
            return recording.join(operation, recording.constant(left, left_place), right, node)
        return _plain_numbers(operation, left, right)
    run.recording.place = node
    if left_kind is Array or right_kind is Array:

        def rule(x: Any, y: Any) -> Any:
            return combine(run, node, x, y, left_place, right_place)

        return elementwise(run, rule, left, right)
    return _lists(run, node, left, right)


def _plain_numbers(operation: Operation, left: Number, right: Number) -> Number:
    """Return the result of two plain numbers: IEEE doubles, whole numbers staying whole."""
    result: float = operation.evaluate(float(left), float(right))
    if operation is SIGNS[ast.Pow] and right < 0:
        return result  # in Python, too, 2**-1 is no integer
    return settle(result, left, right) if operation.is_whole else result


def _without_gradient(run: Run, node: ast.BinOp | ast.AugAssign, left: Any, right: Any) -> Any:
    sign, kinds = type(node.op), (type(left), type(right))
    rule = WHOLE_SIGNS.get(sign)
    run.recording.place = node
    if sign is ast.MatMult:
        return matrix_product(run, left, right)
    if Set in kinds:
        return between(run, sign, left, right)
    if sign in MASKS and kinds == (bool, bool):
        return MASKS[sign](left, right)
    if rule is None and not (sign in MASKS and Array in kinds):
        raise NotAllowed(
            f"The operator {OTHERS.get(sign, '')} is not in the language.",
            hint=WAYS.get(sign, "the operators are + - * / **"),
        )
    if isinstance(left, str) and rule is operator.mod:
        return percent(run, left, right)
    if Array in kinds:
        return elementwise(run, lambda a, b: _without_gradient(run, node, a, b), left, right)
    assert rule is not None  # without an array there is no mask
    x, y = (_read(run, v) if type(v) is Variable else v for v in (left, right))
    if not (is_number(x) and is_number(y)):
        raise TypeProblem(f"This operator needs two numbers, not {describe(left)}.")
    stopped = {v.node for v in (left, right) if type(v) is Variable} - run.recording.integers
    if stopped:
        run.recording.warn("no gradient passes % and //: they are steps, and flat between them")
    return float("nan") if y == 0 else settle(rule(x, y), x, y)


def _read(run: Run, variable: Variable) -> Number:
    number = run.recording.read(variable)
    return int(number) if variable.node in run.recording.integers else number


def _lists(run: Run, node: ast.BinOp | ast.AugAssign, left: Any, right: Any) -> Any:
    sign = type(node.op)
    if Set in (type(left), type(right)):
        return between(run, sign, left, right)
    if sign is ast.Add and isinstance(left, (list, tuple)) and type(left) is type(right):
        run.recording.charge(len(left) + len(right))
        return [*left, *right] if isinstance(left, list) else (*left, *right)
    if sign is ast.Mult and type(left) in OPERANDS and isinstance(right, (list, tuple)):
        return _repeated(run, node, right, left)
    if sign is ast.Mult and type(right) in OPERANDS and isinstance(left, (list, tuple)):
        return _repeated(run, node, left, right)
    if isinstance(left, str) or isinstance(right, str):
        return _texts(run, sign, left, right)
    wrong = left if type(left) not in OPERANDS else right
    hint = None
    if isinstance(wrong, (list, tuple)):
        hint = ELEMENTS
    elif callable(wrong):
        hint = "call it, with brackets and its operands"
    raise TypeProblem(f"The operator works on numbers, not on {describe(wrong)}.", hint=hint)


def _repeated(run: Run, node: ast.BinOp | ast.AugAssign, items: Any, times: Any) -> Any:
    """Return a list that many times, as Python does."""
    for part in ast.iter_child_nodes(node):
        if isinstance(part, ast.Name) and part.id in run.program.commas:  # a = 2,5 and then 3*a
            raise TypeProblem(f"The operator works on numbers, not on {describe(items)}.")
    number = plain(times)
    if number % 1:
        raise TypeProblem(f"A list is repeated, and not {number:g} times.", hint=ELEMENTS)
    count = whole(times, "a count")
    run.recording.charge(max(len(items) * count, 0))
    return items * count


def _texts(run: Run, sign: type[ast.operator], left: Any, right: Any) -> str:
    if sign is ast.Add and isinstance(left, str) and isinstance(right, str):
        return joined(run, (left, right))
    if sign is ast.Mult and not (isinstance(left, str) and isinstance(right, str)):
        text, count = (left, right) if isinstance(left, str) else (right, left)
        times = max(whole(count, "a count"), 0)
        make_room(run, len(text) * times)
        return text * times
    wrong = left if isinstance(left, str) else right
    raise TypeProblem(
        f"The operator works on numbers, not on {describe(wrong)}.",
        hint='put numbers into text with an f-string: f"loss {loss}"',
    )


def inverted(run: Run, node: ast.UnaryOp, value: Any) -> Any:
    """Return an array of conditions with each turned: `~(x > 0)`."""
    if isinstance(value, Array):
        run.recording.charge(len(value))
        return Array(inverted(run, node, item) for item in value)
    if type(value) is not bool:
        raise NotAllowed(
            "The operator ~ is not in the language.",
            span=run.program.span(node),
            hint="it turns the conditions of an array: ~(x > 0)",
        )
    return not value


def signed(run: Run, node: ast.UnaryOp, value: Any, *, negative: bool) -> Any:
    """Return a number, a Variable or an array with its sign turned, or as it is."""
    if type(value) is Variable:
        return run.recording.apply(NEGATE, (value,), node) if negative else value
    if is_number(value):
        return -value if negative else value
    if isinstance(value, Array):
        run.recording.charge(len(value))
        return Array(signed(run, node, item, negative=negative) for item in value)
    run.recording.place = node
    raise TypeProblem(f"A sign goes before a number, not before {describe(value)}.")
