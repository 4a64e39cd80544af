"""Messages: the one catalogue of interface text, read by templates and by the page's code."""

from __future__ import annotations

import json
from functools import lru_cache

from app.settings import ASSETS


@lru_cache
def catalogue(language: str) -> dict[str, str]:
    """Return every text of the interface by its key. Raises FileNotFoundError if there is none."""
    path = ASSETS / "static" / "messages" / f"{language}.json"
    texts: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    return texts
