"""Messages: the catalogues of interface text, one a language, and which of them a reader wants."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Annotated

from fastapi import Query, Request

from app.schemas import Operation
from app.settings import ASSETS

FOLDER = ASSETS / "static" / "messages"
LANGUAGES = {"en": "English", "fr": "Français"}
"""Every language, by its code, as its own readers call it."""

Language = Annotated[
    str,
    Query(
        description="The language of the texts.",
        pattern=f"^({'|'.join(LANGUAGES)})$",
        json_schema_extra={"enum": [*LANGUAGES]},
    ),
]
"""A language as a request names it."""


@lru_cache
def catalogue(language: str) -> dict[str, str]:
    """Return every text of the interface by its key. Raises FileNotFoundError if there is none."""
    return _read(f"{language}.json")


@lru_cache
def phrases(language: str) -> dict[str, str]:
    """Return what the server's own sentences, which are English, are in a language.

    English has a few, too: a message that names a setting of the API names a control of the page.
    """
    return _read(f"phrases.{language}.json")


def _read(name: str) -> dict[str, str]:
    texts: dict[str, str] = json.loads((FOLDER / name).read_text(encoding="utf-8"))
    return texts


def language_of(request: Request) -> str:
    """Return the language a page is wanted in: of the address, as chosen before, of the browser."""
    asked = [request.query_params.get("lang", ""), request.cookies.get("lang", "")]
    return next((code for code in [*asked, *_accepted(request)] if code in LANGUAGES), "en")


def _accepted(request: Request) -> list[str]:
    """Return the languages that a browser reads, the most welcome first."""
    welcome = []
    for entry in request.headers.get("accept-language", "").split(","):
        tag, _, weight = entry.partition(";q=")
        try:
            welcome.append((-float(weight or 1), tag.strip().lower().partition("-")[0]))
        except ValueError:
            continue
    return [code for _, code in sorted(welcome, key=lambda pair: pair[0])]


def reworded(source: str, words: Mapping[str, str]) -> str:
    """Return a program with its comments, and what it prints, in other words."""
    for ours, theirs in words.items():
        source = source.replace(ours, theirs)
    return source


def localised(operations: Iterable[Operation], language: str) -> list[dict[str, object]]:
    """Return the table of rules with its notes in a language, where the catalogue has them."""
    texts = catalogue(language)
    return [
        row.model_dump() | {"note": texts.get(f"operation.{row.name}.note", row.note)}
        for row in operations
    ]
