"""Exports: every format that a trace is written in, for the API and the command line alike."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from app import present, standalone
from engine.export import FORMATS as OF_ENGINE
from engine.export import Format
from engine.trace import Trace

FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        **OF_ENGINE,
        "json": Format(lambda trace: present.to_json(trace).decode(), "application/json", ".json"),
        "html": Format(standalone.page, "text/html", ".html"),
    }
)
"""The engine's formats, by name, and those that the page and the API are made of."""


def export(
    trace: Trace, name: str, *, steps: bool = True, explain: bool = False, language: str = "en"
) -> bytes:
    """Return a trace in a format, as UTF-8.

    `steps` and `explain` are options of JSON alone, `language` is one of the web page.
    """
    if name == "json":
        return present.to_json(trace, steps=steps, explain=explain)
    text = standalone.page(trace, language) if name == "html" else FORMATS[name].write(trace)
    return text.encode("utf-8", "replace")


def file_name(name: str) -> str:
    """Return what a file of a format may be called."""
    return f"chainrule-{name}{FORMATS[name].suffix}"
