"""Viewers: rows of numbers that are kept elsewhere, and change where that changes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from weakref import ref

Viewer = tuple["ref[Any]", int]
"""A row and the position at which it shows a number, while anybody holds that row."""


def show(viewers: Iterable[Viewer], number: Any) -> None:
    """Let rows show another number."""
    for view, position in viewers:
        row = view()
        if row is not None:
            row[position] = number
