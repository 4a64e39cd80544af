"""Chainrule's engine: scalars that remember how they were made, and the backward pass over them.

>>> from engine import trace
>>> t = trace("L = (a*b + c) * f", {"a": 2, "b": -3, "c": 10, "f": -2})
>>> t.value, t["a"].grad
(-8.0, 6.0)
"""

from engine.errors import ChainruleError
from engine.evaluation import trace
from engine.gradient import grad
from engine.graph import Graph
from engine.limits import UNLIMITED, Limits
from engine.operations import OPERATIONS
from engine.trace import Trace, record
from engine.value import Value

__all__ = [
    "OPERATIONS",
    "UNLIMITED",
    "ChainruleError",
    "Graph",
    "Limits",
    "Trace",
    "Value",
    "grad",
    "record",
    "trace",
]
