"""The gallery: named programs, each with what to look at. One TOML file an example, in order.

Title and text stand in English; a table named for a language holds them in that one, and as `words`
what the program says there in its comments and in what it prints.
"""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path

from app.messages import reworded
from app.schemas import Example


@lru_cache
def gallery(language: str = "en") -> list[Example]:
    """Return every example, from the first derivative to a small network."""
    files = sorted(Path(__file__).parent.glob("*.toml"))
    return [_example(path, language) for path in files]


def _example(path: Path, language: str) -> Example:
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    texts = {"title": table["title"], "text": table["text"]} | table.get(language, {})
    return Example(
        id=path.stem.partition("-")[2],
        source=reworded(table["source"].rstrip(), texts.pop("words", {})),
        inputs=table["inputs"],
        **texts,
    )
