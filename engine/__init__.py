"""Chainrule's engine: scalars that remember how they were made, and the backward pass over them.

>>> from engine import trace
>>> t = trace("L = (a*b + c) * f", {"a": 2, "b": -3, "c": 10, "f": -2})
>>> t.value, t["a"].grad
(-8.0, 6.0)
"""

import engine.notebook  # noqa: F401 - lets Values and Traces show themselves as drawings
from engine import nn
from engine.descent import Descent, descend
from engine.errors import ChainruleError
from engine.evaluation import trace
from engine.gradcheck import gradcheck
from engine.gradient import grad
from engine.graph import Graph
from engine.limits import UNLIMITED, Limits
from engine.operations import OPERATIONS
from engine.replay import Replay, replay
from engine.sweep import Axis, sweep
from engine.trace import Trace, record
from engine.value import Value

__all__ = [
    "OPERATIONS",
    "UNLIMITED",
    "Axis",
    "ChainruleError",
    "Descent",
    "Graph",
    "Limits",
    "Replay",
    "Trace",
    "Value",
    "descend",
    "grad",
    "gradcheck",
    "nn",
    "record",
    "replay",
    "sweep",
    "trace",
]
