"""The gallery: named programs, each with what to look at. One TOML file an example, in order."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path

from app.schemas import Example


@lru_cache
def gallery() -> list[Example]:
    """Return every example, from the first derivative to a small network."""
    files = sorted(Path(__file__).parent.glob("*.toml"))
    return [_example(path) for path in files]


def _example(path: Path) -> Example:
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    source = table.pop("source").rstrip()
    return Example(id=path.stem.partition("-")[2], source=source, **table)
