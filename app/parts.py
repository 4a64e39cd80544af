"""Parts: what a teacher can hide of a page by its address."""

from __future__ import annotations

from collections.abc import Iterable

PARTS = (
    "header gallery lessons share language theme api editor inputs console panel transport tools "
    "workbench footer"
).split()
"""Every part that `?hide=` names, as the templates mark it."""

EMBEDDED = frozenset("header editor inputs console".split())
"""What an embedded page leaves out, unless `?show=` asks for it."""


def hidden_parts(hide: Iterable[str], show: Iterable[str], embedded: bool) -> list[str]:
    """Return what is hidden, and with all that stands in its column the column, too."""
    hidden = ((EMBEDDED if embedded else frozenset()) | set(hide)) & set(PARTS) - set(show)
    if {"editor", "inputs", "console"} <= hidden:
        hidden |= {"program"}
    return sorted(hidden)


def named(text: str) -> list[str]:
    """Read a list such as `editor,inputs`; what names no part is of no effect."""
    return [name.strip() for name in text.split(",")]
