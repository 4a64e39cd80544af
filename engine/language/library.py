"""The library: every name that a program finds ready, in one mapping."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from functools import reduce
from types import MappingProxyType
from typing import Any

from engine.errors import LimitExceeded, TypeProblem
from engine.gradient import grad
from engine.language.array import Array, elementwise
from engine.language.functions import Builtin, Ignored, call
from engine.language.modules import LibraryModule
from engine.language.recording import METHODS, Variable
from engine.language.run import Run, describe, is_number, items_of, plain, settle, whole
from engine.language.text import shown
from engine.nn import MLP, Layer, Neuron
from engine.operation import Operation

Items = list[Any] | tuple[Any, ...]


# -- operations of the table ----------------------------------------------------------------------


def _operation(operation: Operation) -> Builtin:
    """Return an operation as a function of numbers, Values, lists of them and arrays."""

    def action(run: Run, *operands: Any, **ignored: Any) -> Any:
        if operation.arity == 2 and len(operands) == 1 and isinstance(operands[0], (list, tuple)):
            operands = tuple(operands[0])  # max([a, b, c])
        if operation.arity == 2 and len(operands) > 2:
            return reduce(lambda x, y: operate(run, operation, x, y), operands)
        return operate(run, operation, *operands)

    return Builtin(operation.symbol, action)


def operate(run: Run, operation: Operation, *operands: Any) -> Any:
    """Return an operation's result: a Variable if an operand is one, else a plain number."""
    missing = operation.arity - len(operands)
    if missing and not 0 < missing <= len(operation.defaults):
        if len(operands) == 1 and operation.arity == 2 and operation.symbol in ("max", "min"):
            return operands[0]
        raise TypeProblem(
            f"`{operation.symbol}` takes {operation.arity} operands, not {len(operands)}.",
        )
    if missing:
        operands += operation.defaults[len(operation.defaults) - missing :]
    if any(isinstance(operand, Array) for operand in operands):
        return elementwise(run, lambda *row: operate(run, operation, *row), *operands)
    for operand in operands:
        if not isinstance(operand, Variable) and not is_number(operand):
            raise TypeProblem(
                f"`{operation.symbol}` works on numbers, not on {describe(operand)}.",
                hint=f"work on the elements: [{operation.symbol}(x) for x in xs]"
                if isinstance(operand, (list, tuple))
                else None,
            )
    if any(isinstance(operand, Variable) for operand in operands):
        return run.recording.apply(operation, operands)
    number = operation.evaluate(*map(float, operands))
    return settle(number, *operands) if operation.symbol in ("max", "min", "abs") else number


# -- lists ------------------------------------------------------------------------------------------


def _length(run: Run, items: Any) -> int:
    if isinstance(items, (list, tuple, str)):
        return len(items)
    raise TypeProblem(f"{describe(items).capitalize()} has no length.")


def _range(run: Run, *bounds: Any) -> list[Any]:
    if not 1 <= len(bounds) <= 3:
        raise TypeProblem("`range` takes one to three whole numbers.")
    try:
        counts = range(*(whole(bound, "a bound of `range`") for bound in bounds))
        run.recording.charge(len(counts))
    except (OverflowError, ValueError):
        raise _too_long(run) from None
    return list(counts)


def _too_long(run: Run) -> LimitExceeded:
    return LimitExceeded(f"This is longer than {run.recording.limits.work}, the limit `work`.")


def _zip(run: Run, *lists: Any, strict: bool = False) -> list[Any]:
    columns = [items_of(items) for items in lists]
    run.recording.charge(sum(map(len, columns)))
    return list(zip(*columns, strict=False))


def _enumerate(run: Run, items: Any, start: Any = 0) -> list[Any]:
    run.recording.charge(len(items_of(items)))
    return list(enumerate(items_of(items), whole(start)))


def _map(run: Run, function: Any, *lists: Any) -> list[Any]:
    place = run.recording.place
    rows = zip(*map(items_of, lists), strict=False)
    return [call(run, function, list(row), {}, place) for row in rows]  # type: ignore[arg-type]


def _to_list(run: Run, items: Any = ()) -> list[Any]:
    run.recording.charge(len(items_of(items)))
    return list(items)


def _to_tuple(run: Run, items: Any = ()) -> tuple[Any, ...]:
    return tuple(_to_list(run, items))


def _reversed(run: Run, items: Any) -> list[Any]:
    return _to_list(run, items)[::-1]


def _any(run: Run, items: Any) -> bool:
    return any(float(plain(item)) != 0.0 for item in items_of(items))


def _all(run: Run, items: Any) -> bool:
    return all(float(plain(item)) != 0.0 for item in items_of(items))


def _add(run: Run, x: Any, y: Any) -> Any:
    if isinstance(x, Array) or isinstance(y, Array):
        return elementwise(run, lambda a, b: _add(run, a, b), x, y)
    for term in (x, y):
        if not isinstance(term, Variable) and not is_number(term):
            raise TypeProblem(f"Numbers are summed, not {describe(term)}.")
    return x + y


def _sum(run: Run, items: Any, start: Any = None) -> Any:
    terms = list(items_of(items))
    run.recording.charge(len(terms))
    if start is not None:
        terms.insert(0, start)
    return reduce(lambda x, y: _add(run, x, y), terms) if terms else 0


def _nonempty(items: Any, name: str) -> Items:
    if not items_of(items):
        raise TypeProblem(f"`{name}` of an empty list has no value.")
    return items_of(items)


def _mean(run: Run, items: Any) -> Any:
    return _sum(run, _nonempty(items, "mean")) / float(len(items))


def _products(run: Run, xs: Any, ys: Any, rule: Callable[[Any, Any], Any]) -> list[Any]:
    if len(items_of(xs)) != len(items_of(ys)):
        raise TypeProblem(f"The lists have {len(xs)} and {len(ys)} elements, not the same number.")
    run.recording.charge(len(xs))
    for item in (*xs, *ys):
        if not isinstance(item, Variable) and not is_number(item):
            raise TypeProblem(f"A list of numbers is needed here, not one of {describe(item)}.")
    return [rule(x, y) for x, y in zip(xs, ys, strict=True)]


def _dot(run: Run, xs: Any, ys: Any) -> Any:
    return _sum(run, _products(run, xs, ys, lambda x, y: x * y))


def _squared_error(run: Run, predictions: Any, targets: Any) -> Any:
    if not isinstance(predictions, (list, tuple)):
        predictions, targets = [predictions], [targets]
    errors = _products(run, predictions, targets, lambda x, y: x - y)
    return _mean(run, [_power(run, error, 2) for error in errors])


def _power(run: Run, base: Any, exponent: Any) -> Any:
    return operate(run, METHODS["pow"], base, exponent)


def _exponentials(run: Run, logits: Any, name: str) -> tuple[list[Any], float]:
    """Return e to each logit, and what was subtracted first so that nothing overflows."""
    largest = max(plain(logit) for logit in _nonempty(logits, name))
    shift = largest if abs(largest) > 500.0 else 0.0
    exp = METHODS["exp"]
    return [operate(run, exp, logit - shift if shift else logit) for logit in logits], shift


def _softmax(run: Run, logits: Any, dim: Any = None) -> Array:
    counts, _ = _exponentials(run, logits, "softmax")
    total = _sum(run, counts)
    return Array(
        count / total if isinstance(total, Variable) else plain(count) / plain(total)
        for count in counts
    )


def _cross_entropy(run: Run, logits: Any, target: Any) -> Any:
    counts, shift = _exponentials(run, logits, "cross_entropy")
    index = whole(target, "the target, the index of the right class,")
    if not 0 <= index < len(counts):
        raise TypeProblem(f"There is no class {index}: there are {len(counts)} logits.")
    logarithm = operate(run, METHODS["log"], _sum(run, counts))
    return logarithm - (logits[index] - shift if shift else logits[index])


# -- numbers, text ------------------------------------------------------------------------------------


def _float(run: Run, value: Any) -> float:
    if isinstance(value, str):
        try:
            return float(value[: run.recording.limits.numeral])
        except ValueError:
            raise TypeProblem(f"The text {value[:20]!r} is not a number.") from None
    return plain(value)


def _int(run: Run, value: Any) -> int:
    number = _float(run, value)
    if not math.isfinite(number):
        raise TypeProblem(f"{number:g} is not a whole number.")
    return int(number) if abs(number) <= 2**53 else round(math.copysign(2.0**53, number))


def _round(run: Run, value: Any, digits: Any = None) -> Any:
    number = plain(value)
    if not math.isfinite(number):
        return number
    if digits is None:
        return _int(run, round(number, 0))
    return round(number, max(-300, min(300, whole(digits))))


def _text(run: Run, value: Any = "") -> str:
    return shown(run, value)


def _print(run: Run, *values: Any, sep: Any = " ", end: Any = "\n", **ignored: Any) -> None:
    run.recording.print(shown(run, sep).join([shown(run, value) for value in values]))


# -- Values and networks --------------------------------------------------------------------------------


def _value(run: Run, data: Any, label: Any = "", **ignored: Any) -> Any:
    if isinstance(data, (list, tuple)):
        if len(data) == 1:
            return _value(run, data[0], label)
        run.recording.charge(len(data))
        return Array(_value(run, item) for item in data)
    name = label if isinstance(label, str) else ""
    return run.recording.input(name[:100], plain(data), run.recording.place)


def _array(run: Run, items: Any, **ignored: Any) -> Any:
    if not isinstance(items, (list, tuple)):
        return items
    run.recording.charge(len(items))
    return Array(_array(run, item) for item in items)


def _arange(run: Run, *bounds: Any) -> Array:
    if not 1 <= len(bounds) <= 3:
        raise TypeProblem("`arange` takes one to three numbers.")
    numbers = [plain(bound) for bound in bounds]
    start, stop, step = (0.0, *numbers, 1.0) if len(numbers) == 1 else (*numbers, 1.0)[:3]
    count = (stop - start) / step if step else math.nan
    if not count <= run.recording.limits.work:  # nan, too, is refused
        raise _too_long(run)
    run.recording.charge(max(0, math.ceil(count)))
    return Array(start + index * step for index in range(max(0, math.ceil(count))))


def _linspace(run: Run, start: Any, stop: Any, num: Any = 50) -> Array:
    count, low, high = whole(num), plain(start), plain(stop)
    run.recording.charge(max(count, 0))
    gap = (high - low) / (count - 1) if count > 1 else 0.0
    return Array(low + index * gap for index in range(count))


def _grad(run: Run, output: Any, wrt: Any) -> Any:
    if isinstance(wrt, (list, tuple)):
        return [_grad(run, output, item) for item in wrt]
    if not isinstance(output, Variable) or not isinstance(wrt, Variable):
        raise TypeProblem("`grad(y, x)` takes two Values.", hint="give x a name: x = 2.0")
    run.recording.charge(len(run.recording.nodes))
    return run.recording.adopt(grad(output.node, wrt.node), run.recording.place)


def _sizes(run: Run, *counts: int) -> None:
    parameters = sum((a + 1) * b for a, b in zip(counts, counts[1:], strict=False))
    if min(counts) < 1:
        raise TypeProblem("A network needs at least one input and one neuron in each layer.")
    if parameters > run.recording.limits.nodes:
        raise LimitExceeded(
            f"The network has {parameters} parameters; the limit `nodes` is "
            f"{run.recording.limits.nodes}.",
            hint="Make it smaller.",
        )


def _activation(kind: Mapping[str, Any]) -> dict[str, Any]:
    known = {"nonlin", "activation"}
    if not kind.keys() <= known:
        raise TypeProblem(f"A neuron has no option `{min(kind.keys() - known)}`.")
    return dict(kind)


def _neuron(run: Run, nin: Any, nonlin: Any = True, **kind: Any) -> Neuron:
    _sizes(run, whole(nin), 1)
    return Neuron(whole(nin), bool(nonlin), maker=run.maker, **_activation(kind))


def _layer(run: Run, nin: Any, nout: Any, **kind: Any) -> Layer:
    _sizes(run, whole(nin), whole(nout))
    return Layer(whole(nin), whole(nout), maker=run.maker, **_activation(kind))


def _mlp(run: Run, nin: Any, nouts: Any, activation: Any = "relu") -> MLP:
    sizes = [whole(n, "a number of neurons") for n in items_of(nouts)]
    _sizes(run, whole(nin), *(sizes or [0]))
    return MLP(whole(nin), sizes, activation=activation, maker=run.maker)


# -- chance ---------------------------------------------------------------------------------------------


def _seed(run: Run, seed: Any = 0) -> None:
    run.maker.random.seed(plain(seed))


def _uniform(run: Run, low: Any = 0.0, high: Any = 1.0) -> float:
    return run.maker.random.uniform(plain(low), plain(high))


def _gauss(run: Run, mean: Any = 0.0, deviation: Any = 1.0) -> float:
    return run.maker.random.gauss(plain(mean), plain(deviation))


def _random(run: Run) -> float:
    return run.maker.random.random()


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "len": _length,
    "range": _range,
    "zip": _zip,
    "enumerate": _enumerate,
    "map": _map,
    "list": _to_list,
    "tuple": _to_tuple,
    "reversed": _reversed,
    "any": _any,
    "all": _all,
    "sum": _sum,
    "mean": _mean,
    "dot": _dot,
    "mse": _squared_error,
    "mse_loss": _squared_error,
    "softmax": _softmax,
    "cross_entropy": _cross_entropy,
    "float": _float,
    "int": _int,
    "round": _round,
    "str": _text,
    "print": _print,
    "Value": _value,
    "tensor": _value,
    "Tensor": _value,
    "array": _array,
    "arange": _arange,
    "linspace": _linspace,
    "grad": _grad,
    "Neuron": _neuron,
    "Layer": _layer,
    "MLP": _mlp,
    "seed": _seed,
    "manual_seed": _seed,
    "uniform": _uniform,
    "gauss": _gauss,
    "normal": _gauss,
}


def _library() -> Mapping[str, Any]:
    library: dict[str, Any] = {"pi": math.pi, "e": math.e, "inf": math.inf, "nan": math.nan}
    library |= {name: _operation(operation) for name, operation in METHODS.items()}
    library |= {name: Builtin(name, action) for name, action in FUNCTIONS.items()}
    for name in ("math", "np", "numpy", "torch", "random", "F", "nn"):
        library.setdefault(name, LibraryModule(name, library))
    library |= {name: Ignored(name) for name in ("plt", "draw_dot", "Digraph", "display")}
    return MappingProxyType(library)


LIBRARY: Mapping[str, Any] = _library()
"""Names and what they stand for; a program's own names hide them."""

RESERVED = frozenset(name for name, value in LIBRARY.items() if isinstance(value, Ignored))
"""Names that a program cannot take: what they would draw, the page draws."""
