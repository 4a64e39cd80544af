"""Notebook: how a Value or a Trace shows itself where HTML can be shown.

The engine draws nothing. What draws announces itself as an entry point of the group below (in
`pyproject.toml`), and is loaded when the first drawing is asked for.
"""

from __future__ import annotations

from functools import lru_cache
from importlib.metadata import entry_points
from typing import Any

from engine.trace import Trace, record
from engine.value import Value

GROUP = "chainrule.notebook"
"""Entry points of this group take a Trace and return HTML, or None to leave it to its text."""


@lru_cache
def _drawers() -> list[Any]:
    return [entry.load() for entry in entry_points(group=GROUP)]


def drawn(shown: Value | Trace) -> str | None:
    """Return the interactive drawing as HTML; None if nothing is installed that draws it."""
    trace = record(shown) if isinstance(shown, Value) else shown
    drawings = (draw(trace) for draw in _drawers())
    return next((html for html in drawings if html is not None), None)


for _shown in (Value, Trace):
    _shown._repr_html_ = drawn  # type: ignore[union-attr]
