"""The library: every name that a program finds ready, in one mapping."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from functools import partial, reduce
from itertools import pairwise
from types import MappingProxyType
from typing import Any

from engine.errors import LimitExceeded, TypeProblem
from engine.gradient import grad
from engine.language.array import Array, Set, elementwise
from engine.language.functions import Builtin, Ignored, call
from engine.language.modules import LibraryModule
from engine.language.recording import INFIX, METHODS, Variable
from engine.language.run import Run, describe, is_number, items_of, plain, settle, whole
from engine.language.text import shown
from engine.nn import MLP, Layer, Neuron
from engine.operation import Operation

Items = list[Any] | tuple[Any, ...]


# -- operations of the table ----------------------------------------------------------------------


def _operation(operation: Operation) -> Builtin:
    """Return an operation as a function of numbers, Values, lists of them and arrays."""
    if operation.name in ("maximum", "minimum"):
        return Builtin(operation.symbol, partial(_extreme, operation))
    return Builtin(operation.symbol, partial(_operate, operation))


KEYWORDS = {"min": "low", "max": "high", "a_min": "low", "a_max": "high", "negative_slope": "slope"}
"""Names that NumPy and PyTorch give to operands."""


def _operate(operation: Operation, run: Run, *operands: Any, **keywords: Any) -> Any:
    named = {KEYWORDS.get(name, name): value for name, value in keywords.items()}
    defaults = dict(zip(reversed(operation.operands), reversed(operation.defaults), strict=False))
    if not named.keys() <= set(operation.operands[len(operands) :]):
        raise TypeProblem(f"`{operation.symbol}` has no option `{min(keywords)}`.")
    rest = operation.operands[len(operands) :] if named else ()
    return operate(run, operation, *operands, *(named.get(n, defaults.get(n)) for n in rest))


def _extreme(operation: Operation, run: Run, *operands: Any, key: Any = None) -> Any:
    """Return the largest or smallest of several operands, or of the elements of one list."""
    items: Items = operands
    if len(operands) == 1:
        items = _flat(run, _nonempty(operands[0], operation.symbol))
    run.recording.charge(len(items))
    if key is None:
        return reduce(lambda x, y: operate(run, operation, x, y), items)
    place = run.recording.place
    keys = [plain(call(run, key, [item], {}, place)) for item in items]  # type: ignore[arg-type]
    best = reduce(operation.evaluate, keys)
    return items[keys.index(best)] if best in keys else items[0]


def _flat(run: Run, items: Items) -> Items:
    """Return the numbers of an array of arrays; any other list as it is."""
    if not isinstance(items, Array):
        return items
    run.recording.charge(len(items))
    return [
        number
        for item in items
        for number in (_flat(run, item) if isinstance(item, Array) else [item])
    ]


def operate(run: Run, operation: Operation, *operands: Any) -> Any:
    """Return an operation's result: a Variable if an operand is one, else a plain number."""
    missing = operation.arity - len(operands)
    if missing and not 0 < missing <= len(operation.defaults):
        raise TypeProblem(
            f"`{operation.symbol}` takes {operation.arity} operands, not {len(operands)}.",
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
    return settle(number, *operands) if operation.is_whole else number


# -- lists ----------------------------------------------------------------------------------------


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
    run.recording.charge(len(items_of(items)))
    return any(float(plain(item)) != 0.0 for item in items_of(items))


def _all(run: Run, items: Any) -> bool:
    run.recording.charge(len(items_of(items)))
    return all(float(plain(item)) != 0.0 for item in items_of(items))


def _sum(run: Run, items: Any, start: Any = None) -> Any:
    terms = list(_flat(run, items_of(items)))
    run.recording.charge(len(terms))
    if start is not None:
        terms.insert(0, start)
    return reduce(lambda x, y: operate(run, INFIX["+"], x, y), terms) if terms else 0


def _nonempty(items: Any, name: str) -> Items:
    if not items_of(items):
        raise TypeProblem(f"`{name}` of an empty list has no value.")
    return items_of(items)


def _mean(run: Run, items: Any) -> Any:
    numbers = _flat(run, _nonempty(items, "mean"))
    return operate(run, INFIX["/"], _sum(run, numbers), len(numbers))


def _pairs(run: Run, operation: Operation, xs: Any, ys: Any) -> list[Any]:
    if len(items_of(xs)) != len(items_of(ys)):
        raise TypeProblem(f"The lists have {len(xs)} and {len(ys)} elements, not the same number.")
    run.recording.charge(len(xs))
    return [operate(run, operation, x, y) for x, y in zip(xs, ys, strict=True)]


def _dot(run: Run, xs: Any, ys: Any) -> Any:
    return _sum(run, _pairs(run, INFIX["*"], xs, ys))


def _squared_error(run: Run, predictions: Any, targets: Any) -> Any:
    if not isinstance(predictions, (list, tuple)):
        predictions, targets = [predictions], [targets]
    errors = _pairs(run, INFIX["-"], predictions, targets)
    return _mean(run, [_power(run, error, 2) for error in errors])


def _power(run: Run, base: Any, exponent: Any) -> Any:
    return operate(run, METHODS["pow"], base, exponent)


def _shifted(run: Run, logits: Any, least: float) -> list[Any]:
    """Return logits less the largest of them, if that is more than `least`: nothing overflows."""
    run.recording.charge(len(items_of(logits)))
    largest = max(plain(logit) for logit in _nonempty(logits, "softmax"))
    if abs(largest) <= least:
        return list(logits)
    return [operate(run, INFIX["-"], logit, largest) for logit in logits]


def _softmax(run: Run, logits: Any, dim: Any = None) -> Array:
    counts = [operate(run, METHODS["exp"], logit) for logit in _shifted(run, logits, 500.0)]
    total = _sum(run, counts)
    return Array(operate(run, INFIX["/"], count, total) for count in counts)


def _cross_entropy(run: Run, logits: Any, target: Any) -> Any:
    index = whole(target, "the target, the index of the right class,")
    # Shifted always: the logarithm is then near the logit that is taken from it.
    shifted = _shifted(run, logits, 0.0)
    if not 0 <= index < len(shifted):
        raise TypeProblem(f"There is no class {index}: there are {len(shifted)} logits.")
    counts = [operate(run, METHODS["exp"], logit) for logit in shifted]
    logarithm = operate(run, METHODS["log"], _sum(run, counts))
    return operate(run, INFIX["-"], logarithm, shifted[index])


# -- numbers, text --------------------------------------------------------------------------------


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
    return round(number, max(-300, min(300, whole(digits)))) if abs(number) < 1e300 else number


def _text(run: Run, value: Any = "") -> str:
    text = shown(run, value)
    if len(text) > run.recording.limits.source:
        raise LimitExceeded(
            f"A text of {len(text)} characters; the limit `source` is "
            f"{run.recording.limits.source}."
        )
    return text


def _print(run: Run, *values: Any, sep: Any = " ", end: Any = "\n", **ignored: Any) -> None:
    between = shown(run, " " if sep is None else sep)
    for index, value in enumerate(values):
        run.recording.print((between if index else "") + shown(run, value))
    run.recording.print(shown(run, "\n" if end is None else end))
    for value in values:
        if isinstance(value, Variable):
            run.printed = value


# -- Values and networks --------------------------------------------------------------------------


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
    count = max((stop - start) / step if step else math.nan, 0.0)
    if not count <= run.recording.limits.work:  # nan, too, is refused
        raise _too_long(run)
    run.recording.charge(math.ceil(count))
    return Array(start + index * step for index in range(math.ceil(count)))


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
    parameters = sum((a + 1) * b for a, b in pairwise(counts))
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


def _is_instance(run: Run, value: Any, kinds: Any) -> bool:
    names = {kind.name for kind in (kinds if isinstance(kinds, tuple) else (kinds,))
             if isinstance(kind, Builtin)}  # fmt: skip
    if isinstance(value, Variable):
        return bool(names & {"Value", "Tensor", "float"})
    if is_number(value):
        return bool(names & {"float" if isinstance(value, float) else "int"})
    return bool(names & {"list"}) and isinstance(value, list)


def _argmax(run: Run, items: Any) -> int:
    numbers = [plain(item) for item in _nonempty(items, "argmax")]
    return numbers.index(max(numbers))


def _sorted(run: Run, items: Any, key: Any = None, reverse: Any = False) -> list[Any]:
    place, values = run.recording.place, _to_list(run, items)
    keys = [item if key is None else call(run, key, [item], {}, place) for item in values]  # type: ignore[arg-type]
    order = sorted(range(len(values)), key=lambda i: plain(keys[i]), reverse=bool(reverse))
    return [values[i] for i in order]


def _filter(run: Run, function: Any, items: Any) -> list[Any]:
    place = run.recording.place
    kept = [plain(call(run, function, [x], {}, place)) for x in items_of(items)]  # type: ignore[arg-type]
    return [item for item, keep in zip(items, kept, strict=True) if keep]


def _close(run: Run, x: Any, y: Any, rtol: Any = 1e-5, atol: Any = 1e-8, **ignored: Any) -> bool:
    if isinstance(x, (list, tuple)) and isinstance(y, (list, tuple)):
        return len(x) == len(y) and all(_close(run, a, b) for a, b in zip(x, y, strict=True))
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


def _full(number: float) -> Callable[..., Any]:
    return lambda run, *shape, **ignored: _filled(run, _shape(shape), lambda: number)


def _shape(shape: tuple[Any, ...]) -> list[int]:
    if len(shape) == 1 and isinstance(shape[0], (list, tuple)):
        shape = tuple(shape[0])
    return [whole(length, "a length") for length in shape]


def _filled(run: Run, shape: list[int], make: Callable[[], float]) -> Any:
    if not shape:
        return make()
    run.recording.charge(max(shape[0], 0))
    return Array(_filled(run, shape[1:], make) for _ in range(shape[0]))


def _set(run: Run, items: Any = ()) -> Set:
    return Set(_to_list(run, items))


# -- chance ---------------------------------------------------------------------------------------


def _seed(run: Run, seed: Any = 0) -> None:
    number = plain(seed)
    run.maker.random.seed(number if number == number else 0.0)  # every nan is the same seed


def _uniform(run: Run, low: Any = 0.0, high: Any = 1.0) -> float:
    return run.maker.random.uniform(plain(low), plain(high))


def _gauss(run: Run, mean: Any = 0.0, deviation: Any = 1.0) -> float:
    return run.maker.random.gauss(plain(mean), plain(deviation))


def _random(run: Run) -> float:
    return run.maker.random.random()


def _integer(run: Run, low: Any, high: Any) -> int:
    first, last = whole(low), whole(high)
    if first > last:
        raise TypeProblem("The first bound of `randint` is the smaller one.")
    return run.maker.random.randint(first, last)


def _choice(run: Run, items: Any) -> Any:
    return run.maker.random.choice(_nonempty(items, "choice"))


def _shuffle(run: Run, items: Any) -> None:
    if not isinstance(items, list):
        raise TypeProblem(f"A list is shuffled, not {describe(items)}.")
    run.recording.charge(len(items))
    run.maker.random.shuffle(items)


def _normals(run: Run, *shape: Any, **ignored: Any) -> Any:
    return _filled(run, _shape(shape), lambda: run.maker.random.gauss(0.0, 1.0))


def _uniforms(run: Run, *shape: Any, **ignored: Any) -> Any:
    return _filled(run, _shape(shape), run.maker.random.random)


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
    "normalvariate": _gauss,
    "random.random": _random,
    "randint": _integer,
    "choice": _choice,
    "shuffle": _shuffle,
    "randn": _normals,
    "rand": _uniforms,
    "zeros": _full(0.0),
    "ones": _full(1.0),
    "set": _set,
    "isinstance": _is_instance,
    "argmax": _argmax,
    "sorted": _sorted,
    "filter": _filter,
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


def _library() -> Mapping[str, Any]:
    library: dict[str, Any] = {"pi": math.pi, "e": math.e, "inf": math.inf, "nan": math.nan}
    library["__name__"] = "__main__"
    library |= {name: _operation(operation) for name, operation in METHODS.items()}
    library["fabs"] = library["abs"]
    library |= {name: Builtin(name, action) for name, action in FUNCTIONS.items()}
    for name in ("math", "np", "numpy", "torch", "random"):
        library.setdefault(name, LibraryModule(name, library))
    library |= {name: Ignored(name) for name in ("plt", "draw_dot", "Digraph", "display")}
    return MappingProxyType(library)


LIBRARY: Mapping[str, Any] = _library()
"""Names and what they stand for; a program's own names hide them."""

RESERVED = frozenset(name for name, value in LIBRARY.items() if isinstance(value, Ignored))
"""Names that draw or configure: a function that uses them has nothing to do here."""
