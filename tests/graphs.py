"""Named programs that every layer tests, with numbers worked out by hand or known from elsewhere."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Known:
    """A program, its value, and the gradients of some of its names."""

    name: str
    source: str
    value: float
    grads: dict[str, float]
    inputs: dict[str, float] = field(default_factory=dict)


#   a ─┐
#      × ─ e ─┐
#   b ─┘      + ─ d ─┐
#         c ──┘      × ─ L
#               f ───┘
CHAIN = Known(
    "chain",
    "L = (a*b + c) * f",
    -8.0,
    {"a": 6.0, "b": -4.0, "c": -2.0, "f": 4.0, "L": 1.0},
    {"a": 2.0, "b": -3.0, "c": 10.0, "f": -2.0},
)

#   x ═ × ─ y   (two edges)
SQUARE = Known("square", "y = x * x", 9.0, {"x": 6.0}, {"x": 3.0})

#   a ─┬─ × ─ d ─┐
#   b ─┼┘        × ─ L
#      └─ + ─ e ─┘
FAN_OUT = Known(
    "fan out",
    "a = 2.0; b = 3.0\nd = a * b\ne = a + b\nL = d * e",
    30.0,
    {"a": 21.0, "b": 16.0, "d": 5.0, "e": 6.0},
)

MICROGRAD_README = Known(
    "micrograd's README",
    """\
from micrograd.engine import Value

a = Value(-4.0)
b = Value(2.0)
c = a + b
d = a * b + b**3
c += c + 1
c += 1 + c + (-a)
d += d * 2 + (b + a).relu()
d += 3 * d + (b - a).relu()
e = c - d
f = e**2
g = f / 2.0
g += 10.0 / f
print(f'{g.data:.4f}') # prints 24.7041, the outcome of this forward pass
g.backward()
print(f'{a.grad:.4f}') # prints 138.8338, i.e. the numerical value of dg/da
print(f'{b.grad:.4f}') # prints 645.5773, i.e. the numerical value of dg/db
""",
    24.70408163265306,
    {"a": 138.8338192419825, "b": 645.5772594752186},
)

NEURON = Known(
    "the lecture's neuron",
    """\
# inputs x1,x2
x1 = Value(2.0, label='x1')
x2 = Value(0.0, label='x2')
# weights w1,w2
w1 = Value(-3.0, label='w1')
w2 = Value(1.0, label='w2')
# bias of the neuron
b = Value(6.8813735870195432, label='b')
# x1*w1 + x2*w2 + b
x1w1 = x1*w1; x1w1.label = 'x1*w1'
x2w2 = x2*w2; x2w2.label = 'x2*w2'
x1w1x2w2 = x1w1 + x2w2; x1w1x2w2.label = 'x1*w1 + x2*w2'
n = x1w1x2w2 + b; n.label = 'n'
o = n.tanh(); o.label = 'o'
o.backward()
""",
    0.7071067811865476,
    {"x1": -1.5, "w1": 1.0, "x2": 0.5, "w2": 0.0, "n": 0.5},
)

KNOWN = (CHAIN, SQUARE, FAN_OUT, MICROGRAD_README, NEURON)

TRAINING = """\
n = MLP(3, [4, 4, 1])
xs = [
  [2.0, 3.0, -1.0],
  [3.0, -1.0, 0.5],
  [0.5, 1.0, 1.0],
  [1.0, 1.0, -1.0],
]
ys = [1.0, -1.0, -1.0, 1.0] # desired targets

for k in range(20):
  # forward pass
  ypred = [n(x) for x in xs]
  loss = sum((yout - ygt)**2 for ygt, yout in zip(ys, ypred))

  # backward pass
  for p in n.parameters():
    p.grad = 0.0
  loss.backward()

  # update
  for p in n.parameters():
    p.data += -0.1 * p.grad

  print(k, loss.data)
"""
