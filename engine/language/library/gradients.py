"""Gradients as functions: `grad(y, x)` of Values, and JAX's transformations of functions."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from engine.errors import TypeProblem
from engine.gradient import grad
from engine.language.library.arrays import detached, nested, watched
from engine.language.library.lists import total
from engine.language.library.operate import operate, single
from engine.language.runtime.run import Run, Scope, is_number, items_of, whole
from engine.language.runtime.variable import INFIX, Variable
from engine.language.values.array import Array, copied, uneven
from engine.language.values.functions import Builtin, Function, Untracked, apply
from engine.language.values.generator import Generator
from engine.value import Value

Places = int | tuple[int, ...]
"""Which operands of a function, or which one."""


def _grad(run: Run, output: Any, wrt: Any = None, *, argnums: Any = None) -> Any:
    """Return ∂output/∂wrt; of a function, the function of its slope, as in JAX."""
    if isinstance(output, (Function, Builtin)):
        return _transformed(run, output, argnums if wrt is None else wrt)
    if isinstance(wrt, (list, tuple)):
        return _slopes(run, output, list(wrt) if isinstance(wrt, tuple) else wrt)
    if isinstance(output, Array):
        output = single(run, output)
    if not isinstance(output, Variable) or not isinstance(wrt, Variable):
        raise TypeProblem(
            "`grad(y, x)` takes two Values.", hint="name both: y = x**2, and then grad(y, x)"
        )
    recording = run.recording
    recording.charge(len(recording.nodes))
    position = {node: index for index, node in enumerate(recording.nodes)}

    def watch(value: Value) -> None:
        for operand in value.operands:
            recording.read(Variable(operand, position[operand], recording))

    return recording.adopt(grad(output.node, wrt.node, watch), recording.place)


def _autograd(
    run: Run,
    outputs: Any,
    inputs: Any = None,
    grad_outputs: Any = None,
    retain_graph: Any = None,
    create_graph: Any = None,
    allow_unused: Any = None,
) -> Any:
    """Return PyTorch's tuple of gradients; of a function its slope, as the package does."""
    if inputs is None or isinstance(outputs, (Function, Builtin)):
        return _grad(run, outputs, inputs)
    output, wrt = outputs, inputs
    if grad_outputs is not None:
        weighted = operate(run, INFIX["*"], outputs, grad_outputs)
        output = total(run, weighted) if isinstance(weighted, Array) else weighted
    is_several = isinstance(wrt, (list, tuple)) and not isinstance(wrt, Array)
    return tuple(_grad(run, output, wrt if is_several else [wrt]))


# -- slopes of functions --------------------------------------------------------------------------


def _value_and_grad(run: Run, function: Any, argnums: Any = None) -> Builtin:
    return _transformed(run, function, argnums, with_value=True)


def _transformed(run: Run, function: Any, argnums: Any, *, with_value: bool = False) -> Builtin:
    """Return the function of another's slope in some of its operands, the first unless named."""
    places: Places = 0
    if isinstance(argnums, (list, tuple)):
        places = tuple(_place(run, one) for one in argnums)
    elif argnums is not None:
        places = _place(run, argnums)
    return Builtin("grad", partial(_slope, _callable(function), places, with_value, _slopes))


def _elementwise_grad(run: Run, function: Any, argnum: Any = 0) -> Builtin:
    """Return the function of another's slope at each number of an array, by itself."""
    at = _place(run, argnum)
    return Builtin("grad", partial(_slope, _callable(function), at, False, _slopes_of_sum))


def _slopes_of_sum(run: Run, results: Any, wrt: Any) -> Any:
    return _slopes(run, total(run, results) if isinstance(results, Array) else results, wrt)


def _jacobian(run: Run, function: Any, argnums: Any = 0) -> Builtin:
    """Return the function of the slopes of all that another returns, in one of its operands."""
    at = _place(run, argnums)
    return Builtin("jacobian", partial(_slope, _callable(function), at, False, _all_slopes))


def _hessian(run: Run, function: Any, argnums: Any = 0) -> Builtin:
    return _jacobian(run, _transformed(run, function, argnums), argnums)


def _place(run: Run, argnum: Any) -> int:
    written = argnum.node in run.recording.integers if isinstance(argnum, Variable) else False
    if not written and type(argnum) is not int:
        raise TypeProblem(
            "`grad` of a function takes the places of its operands: 0 is the first.",
            hint="write grad(f)(3.0) for the slope at 3.0",
        )
    return whole(argnum)


def _callable(function: Any) -> Function | Builtin:
    if not isinstance(function, (Function, Builtin)):
        raise TypeProblem("A function is needed here.", hint="write its name without brackets")
    return function


def _slope(
    function: Function | Builtin,
    places: Places,
    with_value: bool,
    rule: Callable[[Run, Any, Any], Any],
    run: Run,
    /,
    *operands: Any,
    **named: Any,
) -> Any:
    """Return the slopes of a function at some operands; with its value, if that is asked for."""
    given = list(operands)
    chosen = places if isinstance(places, tuple) else (places,)
    parameters = getattr(function, "parameters", ())
    for at in chosen:
        if not -len(given) <= at < len(given):
            raise TypeProblem(f"`{function.name}` is called without its operand.")
        name = parameters[at] if -len(parameters) <= at < len(parameters) else "x"
        given[at] = _lifted(run, given[at], Scope(run.globals), name)
    result = apply(run, function, *given, **named)
    slopes = tuple(rule(run, result, given[at]) for at in chosen)
    slope = slopes if isinstance(places, tuple) else slopes[0]
    return (result, slope) if with_value else slope


def _lifted(run: Run, value: Any, scope: Scope, name: str) -> Any:
    """Return numbers as inputs, also those that arrays, lists and dictionaries hold."""
    if is_number(value):
        return run.bind(name, value, scope, run.recording.place)  # type: ignore[arg-type]
    if isinstance(value, Array):
        lifted: Any = watched(run, copied(run, value))
    elif isinstance(value, (list, tuple)):
        run.recording.charge(len(value))
        lifted = type(value)([_lifted(run, one, Scope(scope), "") for one in value])
    elif isinstance(value, dict):
        run.recording.charge(len(value))
        lifted = {key: _lifted(run, one, Scope(scope), "") for key, one in value.items()}
    else:
        return value
    run.baptise(name, lifted)
    return lifted


def _slopes(run: Run, result: Any, wrt: Any) -> Any:
    """Return the slopes in all numbers that an operand holds, in its shape."""
    if isinstance(wrt, (list, tuple)):
        return type(wrt)([_slopes(run, result, item) for item in wrt])
    if isinstance(wrt, dict):
        return {key: _slopes(run, result, item) for key, item in wrt.items()}
    return _grad(run, result, wrt)


def _all_slopes(run: Run, results: Any, wrt: Any) -> Any:
    """Return the slopes of all numbers of an array, in its shape."""
    if isinstance(results, (list, tuple)):
        return nested(run, [_all_slopes(run, result, wrt) for result in results])
    return _slopes(run, results, wrt)


# -- other transformations ------------------------------------------------------------------------


def _vmap(run: Run, function: Any, in_axes: Any = 0) -> Builtin:
    """Return the function of one row as a function of many."""
    return Builtin("vmap", partial(_rows, _callable(function), in_axes))


def _rows(function: Function | Builtin, in_axes: Any, run: Run, /, *operands: Any) -> Any:
    axes = in_axes if isinstance(in_axes, (list, tuple)) else [in_axes] * len(operands)
    if len(axes) != len(operands) or any(axis not in (0, None) for axis in axes):
        raise TypeProblem("`vmap` takes for each operand 0, to go over its rows, or None.")
    lengths = {len(items_of(one)) for one, axis in zip(operands, axes, strict=True) if axis == 0}
    if len(lengths) != 1:
        raise uneven(lengths) if lengths else TypeProblem("`vmap` goes over one list at least.")
    (count,) = lengths
    run.recording.charge(count * len(operands))
    columns = [
        [operand] * count if axis is None else list(operand)
        for operand, axis in zip(operands, axes, strict=True)
    ]
    rows = zip(*columns, strict=True)
    results = [apply(run, function, *row) for row in rows]
    if results and all(isinstance(one, tuple) and len(one) == len(results[0]) for one in results):
        return tuple(nested(run, list(column)) for column in zip(*results, strict=True))
    return nested(run, results)


def _untracked(run: Run) -> Untracked:
    """Return what `with` takes; as a decorator it makes a function whose calls track nothing."""
    return Untracked("no_grad", lambda run, function: Builtin("no_grad", partial(_cut, function)))


def _cut(function: Any, run: Run, /, *operands: Any, **named: Any) -> Any:
    with run.recording.tracking.stopped():
        result = apply(run, function, *operands, **named)
    if isinstance(result, Generator):
        result.blocks += 1  # each time that it is asked, too
    return result


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "grad": _grad,
    "value_and_grad": _value_and_grad,
    "autograd.grad": _autograd,
    **dict.fromkeys(("jacobian", "jacrev", "jacfwd"), _jacobian),
    "hessian": _hessian,
    "elementwise_grad": _elementwise_grad,
    "stop_gradient": detached,
    "vmap": _vmap,
    "torch.no_grad": _untracked,
    "torch.inference_mode": _untracked,
    "jit": lambda run, function, static_argnums=None, static_argnames=None: function,
}
