"""The table of rules against hand-made numbers, finite differences and 50-digit arithmetic."""

import math

import mpmath
import pytest

from engine.operations import OPERATIONS, formulas

INF, NAN = math.inf, math.nan

# Operand values away from kinks and out of saturation, one per operand.
POINTS = {
    "divide": (1.7, -0.6),
    "power": (1.7, 0.6),
    "fixed_power": (-1.7, 3.0),
    "log": (1.7,),
    "sqrt": (1.7,),
    "maximum": (1.7, -0.6),
    "minimum": (1.7, -0.6),
    "leaky_relu": (-1.7, 0.2),
    "elu": (-1.7, 0.6),
    "clip": (0.4, -1.0, 1.0),
}


def point_of(operation):
    return POINTS.get(operation.name, (0.7, -1.3)[: operation.arity])


def partials_at(operation, *operands):
    """Return the partials as a trace computes them, having seen that they are added and marked."""
    count = len(operands)
    data, grads, reached = [*operands, operation.evaluate(*operands)], [0.0] * count, [0] * count
    partials = operation.spread(1.0, count, tuple(range(count)), data, grads, reached)
    assert all(reached)
    for grad, partial in zip(grads, partials, strict=True):
        assert grad == pytest.approx(0.0 if partial is None else partial, nan_ok=True)
    return partials


@pytest.mark.parametrize("operation", OPERATIONS.values(), ids=OPERATIONS)
def test_partials_agree_with_central_differences(operation):
    point = point_of(operation)
    partials = partials_at(operation, *point)
    for index, partial in enumerate(partials):
        if partial is None:
            continue
        h = 1e-6
        above, below = list(point), list(point)
        above[index] += h
        below[index] -= h
        slope = (operation.evaluate(*above) - operation.evaluate(*below)) / (2 * h)
        assert partial == pytest.approx(slope, rel=1e-7, abs=1e-8)


ORACLES = {
    "exp": mpmath.exp,
    "log": mpmath.log,
    "sqrt": mpmath.sqrt,
    "sin": mpmath.sin,
    "cos": mpmath.cos,
    "tan": mpmath.tan,
    "sinh": mpmath.sinh,
    "cosh": mpmath.cosh,
    "tanh": mpmath.tanh,
    "atan": mpmath.atan,
    "erf": mpmath.erf,
    "sigmoid": lambda x: 1 / (1 + mpmath.exp(-x)),
    "softplus": lambda x: mpmath.log(1 + mpmath.exp(x)),
    "gelu": lambda x: x * mpmath.ncdf(x),
}


@pytest.mark.parametrize("name", ORACLES)
@pytest.mark.parametrize("x", [0.03, 0.7, 1.9, 3.4])
def test_elementary_functions_agree_with_fifty_digits(name, x):
    operation, oracle = OPERATIONS[name], ORACLES[name]
    with mpmath.workdps(50):
        value, slope = float(oracle(mpmath.mpf(x))), float(mpmath.diff(oracle, mpmath.mpf(x)))
    out = operation.evaluate(x)
    assert out == pytest.approx(value, rel=1e-13)
    assert partials_at(operation, x)[0] == pytest.approx(slope, rel=1e-11)


CONVENTIONS = [
    # operation, operands, value, partials (None: held fixed)
    ("relu", (0.0,), 0.0, (0.0,)),
    ("abs", (0.0,), 0.0, (0.0,)),
    ("elu", (0.0, 2.0), 0.0, (2.0, 0.0)),
    ("elu", (800.0, 2.0), 800.0, (1.0, 0.0)),
    ("maximum", (2.0, 2.0), 2.0, (0.5, 0.5)),
    ("minimum", (2.0, 2.0), 2.0, (0.5, 0.5)),
    ("clip", (1.0, -1.0, 1.0), 1.0, (1.0, 0.0, 0.0)),
    ("clip", (-1.0, -1.0, 1.0), -1.0, (1.0, 0.0, 0.0)),
    ("clip", (2.0, -1.0, 1.0), 1.0, (0.0, 0.0, 1.0)),
    ("sqrt", (0.0,), 0.0, (INF,)),
    ("sqrt", (-0.0,), 0.0, (INF,)),
    ("log", (0.0,), -INF, (INF,)),
    ("log", (-1.0,), NAN, (NAN,)),
    ("divide", (1.0, 0.0), INF, (INF, -INF)),
    ("power", (0.0, 0.0), 1.0, (0.0, 0.0)),
    ("power", (0.0, 2.0), 0.0, (0.0, 0.0)),
    ("power", (0.0, 0.5), 0.0, (INF, 0.0)),
    ("power", (-2.0, 2.0), 4.0, (-4.0, NAN)),
    ("power", (-2.0, 0.5), NAN, (NAN, NAN)),
    ("fixed_power", (-2.0, 2.0), 4.0, (-4.0, None)),
    ("fixed_power", (0.0, 0.0), 1.0, (0.0, None)),
    ("fixed_power", (0.0, 0.5), 0.0, (INF, None)),
    ("fixed_power", (-2.0, 0.5), NAN, (NAN, None)),
]


@pytest.mark.parametrize(("name", "operands", "value", "partials"), CONVENTIONS)
def test_conventions_where_frameworks_disagree(name, operands, value, partials):
    operation = OPERATIONS[name]
    out = operation.evaluate(*operands)
    assert out == value or (math.isnan(out) and math.isnan(value))
    for found, expected in zip(partials_at(operation, *operands), partials, strict=True):
        if expected is None:
            assert found is None
        else:
            assert found == expected or (math.isnan(found) and math.isnan(expected))


@pytest.mark.parametrize(
    ("name", "operands", "word"),
    [
        ("divide", (1.0, 0.0), "division by zero"),
        ("log", (0.0,), "minus infinity"),
        ("log", (-1.0,), "not a real number"),
        ("sqrt", (0.0,), "infinitely steep"),
        ("relu", (0.0,), "kink"),
        ("maximum", (1.0, 1.0), "tie"),
        ("tanh", (9.0,), "saturated"),
    ],
)
def test_odd_points_carry_a_warning(name, operands, word):
    assert any(word in sentence for sentence in OPERATIONS[name].warnings(*operands))


def test_ordinary_points_carry_no_warning():
    for operation in OPERATIONS.values():
        assert operation.warnings(*point_of(operation)) == []


@pytest.mark.parametrize(
    ("name", "operands", "value"),
    [
        ("exp", (1000.0,), INF),
        ("exp", (-1000.0,), 0.0),
        ("cosh", (1000.0,), INF),
        ("sinh", (-1000.0,), -INF),
        ("multiply", (1e200, 1e200), INF),
        ("power", (10.0, 400.0), INF),
        ("sigmoid", (-800.0,), 0.0),
        ("softplus", (1000.0,), 1000.0),
        ("sin", (INF,), NAN),
        ("divide", (0.0, 0.0), NAN),
        ("maximum", (NAN, 1.0), NAN),
        ("maximum", (1.0, NAN), NAN),
        ("relu", (NAN,), NAN),
    ],
)
def test_nothing_raises_where_doubles_end(name, operands, value):
    out = OPERATIONS[name].evaluate(*operands)
    assert out == value or (math.isnan(out) and math.isnan(value))


def test_rules_write_themselves_as_formulas():
    assert formulas(OPERATIONS["multiply"]) == (r"@0 \cdot @1", ("@1", "@0"))
    assert formulas(OPERATIONS["divide"]).partials == (r"\frac{1}{@1}", r"-\frac{@out}{@1}")
    assert formulas(OPERATIONS["tanh"]).partials == ("1 - {@out}^{2}",)
    assert formulas(OPERATIONS["fixed_power"]).partials == (r"@1 \cdot {@0}^{@1 - 1}", None)
    assert r"\begin{cases}" in formulas(OPERATIONS["relu"]).partials[0]


def test_every_row_says_what_a_learner_is_told():
    for operation in OPERATIONS.values():
        assert operation.note.endswith(".")
        assert len(operation.partials) == operation.arity
        assert all(formulas(operation).partials[i] or partial is None
                   for i, partial in enumerate(operation.partials))  # fmt: skip
