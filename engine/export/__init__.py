r"""Export: a trace as the text of another tool.

>>> from engine import trace
>>> from engine.export import FORMATS
>>> print(FORMATS["latex"].write(trace("y = 2 * x", {"x": 3})), end="")
\begin{aligned}
x &= 3 \\
y &= 2 \cdot x = 2 \cdot 3 = 6 \\
\frac{\partial y}{\partial y} &= 1 \\
\frac{\partial y}{\partial x} &= \frac{\partial y}{\partial y} \cdot 2 = 1 \cdot 2 = 2 \\
\end{aligned}
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from engine.export.drawings import dot, mermaid
from engine.export.latex import latex
from engine.export.programs import jax, micrograd, numpy, pytorch
from engine.trace import Trace


class Format(NamedTuple):
    """How a trace is written for another tool, and what such a text is called."""

    write: Callable[[Trace], str]
    media_type: str
    suffix: str
    """Of a file's name."""


FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        "dot": Format(dot, "text/vnd.graphviz", ".dot"),
        "mermaid": Format(mermaid, "text/vnd.mermaid", ".mmd"),
        "latex": Format(latex, "text/x-tex", ".tex"),
        "micrograd": Format(micrograd, "text/x-python", ".py"),
        "pytorch": Format(pytorch, "text/x-python", ".py"),
        "jax": Format(jax, "text/x-python", ".py"),
        "numpy": Format(numpy, "text/x-python", ".py"),
    }
)
"""What the engine writes by itself, by name."""

__all__ = ["FORMATS", "Format"]
