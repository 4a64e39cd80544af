"""Expressions: one small function for each kind of syntax that computes a value."""

from __future__ import annotations

import ast
from collections.abc import Callable
from contextlib import nullcontext
from typing import Any

from engine.errors import LimitExceeded, NotAllowed, SyntaxProblem, TypeProblem, UnknownName
from engine.language.hints.calls import clipped, no_function
from engine.language.hints.names import nearest
from engine.language.hints.syntax import slip
from engine.language.interpreter.attributes import attribute, is_of_number
from engine.language.interpreter.displays import (
    dictionary_comprehension,
    elements,
    generator_expression,
    list_comprehension,
    set_comprehension,
    written_dictionary,
    written_list,
    written_set,
    written_tuple,
)
from engine.language.interpreter.inplace import IN_PLACE, changed
from engine.language.interpreter.operators import combine, inverted, signed
from engine.language.runtime.run import Inner, Run, Scope, whole
from engine.language.runtime.variable import METHODS, Variable
from engine.language.values.array import Array
from engine.language.values.comparisons import compared, holds, truth
from engine.language.values.dictionary import update
from engine.language.values.functions import Builtin, Either, Function, call, only_shows
from engine.language.values.indexing import element
from engine.language.values.modules import LibraryModule, assumed
from engine.language.values.text import formatted, joined, represented, shown
from engine.nn import Module


def evaluate(run: Run, node: ast.expr, scope: Scope) -> Any:
    """Return the value of an expression. Raises a `ChainruleError` for what the program did."""
    kind = type(node)
    if kind is ast.Name:
        names = scope.names
        name = node.id  # type: ignore[attr-defined]
        return names[name] if name in names else run.lookup(name, scope, node)
    if kind is ast.Constant:
        return _constant(run, node, scope)  # type: ignore[arg-type]
    rule = EVALUATE.get(kind)
    if rule is None:
        raise NotAllowed(
            f"{refusal(node)} is not in the language.",
            span=run.program.span(node),
        )
    return rule(run, node, scope)


# -- numbers ------------------------------------------------------------------------------------


def _constant(run: Run, node: ast.Constant, scope: Scope) -> Any:
    value: Any = node.value
    kind = type(value)
    if kind is float or kind is int:
        length = (node.end_col_offset or 0) - node.col_offset
        if length > run.recording.limits.numeral:
            raise LimitExceeded(
                f"A number of {length} characters; the limit `numeral` is "
                f"{run.recording.limits.numeral}.",
                span=run.program.span(node),
            )
        return value if kind is float or abs(value) <= 2**53 else float(value)
    if kind is complex:
        raise NotAllowed(
            "Complex numbers are not in the language.",
            span=run.program.span(node),
            hint=f"write {value.imag:g}*j",
        )
    if value is not None and kind is not bool and kind is not str:
        raise NotAllowed(f"{kind.__name__} is not in the language.", span=run.program.span(node))
    return value


def _binary(run: Run, node: ast.BinOp, scope: Scope) -> Any:
    if type(node.left) is not ast.BinOp:
        left, right = evaluate(run, node.left, scope), evaluate(run, node.right, scope)
        return combine(run, node, left, right, node.left, node.right)
    # A sum of a thousand terms is a thousand levels of syntax: walk down it, do not recurse.
    spine = [node]
    while type(spine[-1].left) is ast.BinOp:
        spine.append(spine[-1].left)
    value = evaluate(run, spine[-1].left, scope)
    for level in reversed(spine):
        right = evaluate(run, level.right, scope)
        value = combine(run, level, value, right, level.left, level.right)
    return value


def _unary(run: Run, node: ast.UnaryOp, scope: Scope) -> Any:
    value = evaluate(run, node.operand, scope)
    kind = type(node.op)
    if kind is ast.Not:
        return not truth(value)
    if kind is ast.Invert:
        return inverted(run, node, value)
    return signed(run, node, value, negative=kind is ast.USub)


# -- conditions ---------------------------------------------------------------------------------


def _compare(run: Run, node: ast.Compare, scope: Scope) -> Any:
    left = evaluate(run, node.left, scope)
    for sign, right_node in zip(node.ops, node.comparators, strict=True):
        right = evaluate(run, right_node, scope)
        run.recording.place = node
        if Array in (type(left), type(right)) and len(node.ops) == 1:
            return compared(run, sign, left, right)
        if not holds(run, sign, left, right):
            return False
        left = right
    return True


def _boolean(run: Run, node: ast.BoolOp, scope: Scope) -> Any:
    stops_at = isinstance(node.op, ast.Or)
    value: Any = None
    for operand in node.values:
        value = evaluate(run, operand, scope)
        if truth(value) == stops_at:
            break
    return value


def _conditional(run: Run, node: ast.IfExp, scope: Scope) -> Any:
    chosen = node.body if truth(evaluate(run, node.test, scope)) else node.orelse
    return evaluate(run, chosen, scope)


def _named(run: Run, node: ast.NamedExpr, scope: Scope) -> Any:
    """Name a value on the way, as `:=` does: outside of the comprehensions that it stands in."""
    value = evaluate(run, node.value, scope)
    while isinstance(scope, Inner) and scope.parent is not None:
        scope = scope.parent
    run.recording.guards.effects += 1
    return run.bind(node.target.id, value, scope, node.target)


# -- elements -----------------------------------------------------------------------------------


def _subscript(run: Run, node: ast.Subscript, scope: Scope) -> Any:
    value = evaluate(run, node.value, scope)
    run.recording.place = node
    index = index_of(run, node.slice, scope)
    run.recording.place = node
    return element(run, value, index)


def index_of(run: Run, node: ast.expr, scope: Scope) -> Any:
    """Return what stands in square brackets: an index, a slice, a condition, several of them."""
    if isinstance(node, ast.Slice):
        bounds = (node.lower, node.upper, node.step)
        return slice(*(None if b is None else _bound(run, b, scope) for b in bounds))
    if isinstance(node, ast.Constant) and node.value is ...:
        return ...
    if isinstance(node, ast.Tuple):
        return tuple(index_of(run, part, scope) for part in node.elts)
    return evaluate(run, node, scope)


def _bound(run: Run, node: ast.expr, scope: Scope) -> int:
    return whole(evaluate(run, node, scope), "a bound of a slice")


# -- calls and text -----------------------------------------------------------------------------


def _call(run: Run, node: ast.Call, scope: Scope) -> Any:
    if isinstance(node.func, (ast.Constant, ast.BinOp)):
        text, span = clipped(run.program.text(node.func)), run.program.span(node)
        meant = slip(run.program.source, span[0])
        if meant and meant.span and meant.span[0] < span[0] < meant.span[1]:
            raise meant  # sin^2(x)
        raise SyntaxProblem(
            f"{text} is a number, and round brackets after it would call it.",
            span=span,
            hint=f"write {text}*(…)" if isinstance(node.func, ast.Constant) else "write (…)*(…)",
        )
    if isinstance(node.func, ast.Name) and not run.knows(node.func.id, scope):
        operand = run.program.text(node.args[0]) if node.args else None
        span = run.program.span(node.func)
        raise no_function(node.func.id, operand, run.library, span)
    if isinstance(node.func, ast.Attribute):
        if node.func.attr in IN_PLACE:
            return _changed(run, node, node.func, scope)
        holder = _owner(run, node.func, scope, len(node.args))
        operation = METHODS.get(node.func.attr)
        bare = type(holder) is Variable and not node.args and not node.keywords
        if bare and operation is not None and operation.arity == 1:
            return run.recording.apply(operation, (holder,), node)  # x.tanh(), without detours
        run.recording.place = node.func
        function = attribute(run, holder, node.func.attr)
    else:
        function = evaluate(run, node.func, scope)
    with run.recording.guards.looking() if only_shows(function) else nullcontext():
        arguments = list(elements(run, node.args, scope))
        if any(type(one) is Variable for one in arguments):
            run.recording.guards.effects += 1  # what is printed may be the output
    return call(run, function, arguments, _keywords(run, node, scope), node)


def _keywords(run: Run, node: ast.Call, scope: Scope) -> dict[str, Any]:
    """Return what a call is given by names."""
    keywords: dict[str, Any] = {}
    for keyword in node.keywords:
        value = evaluate(run, keyword.value, scope)
        given = value if keyword.arg is None else {keyword.arg: value}
        update(run, keywords, given, named=True)
    return keywords


def _changed(run: Run, node: ast.Call, called: ast.Attribute, scope: Scope) -> Any:
    operands = list(elements(run, node.args, scope))
    return changed(run, called, operands, _keywords(run, node, scope), scope)


def _owner(run: Run, node: ast.Attribute, scope: Scope, operands: int = 0) -> Any:
    """Return what an attribute is asked of. What nothing assigns is a module, or an input.

    Raises `UnknownName` where it can be neither: `optimizer.step()` is not asked of a number.
    """
    owner, names = node.value, scope.names
    if type(owner) is ast.Name and owner.id in names:
        return names[owner.id]
    if type(owner) is not ast.Name or run.knows(owner.id, scope):
        return evaluate(run, owner, scope)
    module = assumed(owner.id, run.library)
    if module is not None:
        return module
    if owner.id in run.program.assigned or is_of_number(node.attr, operands):
        return evaluate(run, owner, scope)
    modules = [name for name, one in run.library.items() if isinstance(one, LibraryModule)]
    raise UnknownName(
        f"Nothing gives `{owner.id}` a value.",
        span=run.program.span(owner),
        hint=nearest(owner.id, modules)
        or (f"write np.{node.attr}" if node.attr in run.library else None)
        or f"put a line before that makes {owner.id}",
    )


def _attribute(run: Run, node: ast.Attribute, scope: Scope) -> Any:
    value = _owner(run, node, scope)
    run.recording.place = node
    found = attribute(run, value, node.attr)
    if isinstance(found, Either):
        return found.bare
    if isinstance(found, Builtin) and isinstance(value, (Variable, Module)):
        text = clipped(run.program.text(node))
        raise TypeProblem(f"`{text}` is a function, and nothing calls it.", hint=f"write {text}()")
    return found


def _lambda(run: Run, node: ast.Lambda, scope: Scope) -> Function:
    body = ast.copy_location(ast.Return(node.body), node.body)
    return Function.of(run, "lambda", node.args, [body], scope)


def _yield(run: Run, node: ast.Yield | ast.YieldFrom, scope: Scope) -> None:
    """Refuse what `yielding` does not find: there, a function yields in lines of their own."""
    raise SyntaxProblem(
        "`yield` belongs in a function, in a line of its own, and in no comprehension.",
        span=run.program.span(node),
    )


def _joined(run: Run, node: ast.JoinedStr, scope: Scope) -> str:
    parts = []
    for part in node.values:
        if isinstance(part, ast.FormattedValue):
            parts.append(_formatted(run, part, scope))
        else:
            parts.append(str(evaluate(run, part, scope)))
    run.recording.place = node
    return joined(run, parts)


def _formatted(run: Run, node: ast.FormattedValue, scope: Scope) -> str:
    with run.recording.guards.looking():
        value = evaluate(run, node.value, scope)
        run.recording.place = node
        spec = ""
        if node.format_spec is not None:
            spec = _joined(run, node.format_spec, scope)  # type: ignore[arg-type]
    if node.conversion != -1:
        value = (shown if node.conversion == ord("s") else represented)(run, value)
    return formatted(run, value, spec) if spec else shown(run, value)


EVALUATE: dict[type[ast.expr], Callable[[Run, Any, Scope], Any]] = {
    ast.BinOp: _binary,
    ast.UnaryOp: _unary,
    ast.Compare: _compare,
    ast.BoolOp: _boolean,
    ast.IfExp: _conditional,
    ast.List: written_list,
    ast.Tuple: written_tuple,
    ast.Dict: written_dictionary,
    ast.Set: written_set,
    ast.SetComp: set_comprehension,
    ast.NamedExpr: _named,
    ast.ListComp: list_comprehension,
    ast.GeneratorExp: generator_expression,
    ast.DictComp: dictionary_comprehension,
    ast.Subscript: _subscript,
    ast.Call: _call,
    ast.Attribute: _attribute,
    ast.Lambda: _lambda,
    ast.Yield: _yield,
    ast.YieldFrom: _yield,
    ast.JoinedStr: _joined,
}

KINDS = {
    ast.Await: "`await`",
    ast.Starred: "`*` here",
    ast.Slice: "A slice here",
}


def refusal(node: ast.AST) -> str:
    """Name a piece of syntax that is not in the language."""
    return KINDS.get(type(node), f"`{type(node).__name__}`")
