"""Standalone: a trace as one HTML file that steps both passes with no server and no network.

What it shows is the page's own stage, drawn by the page's own modules.
"""

from __future__ import annotations

import html
import re
from functools import lru_cache

from jinja2 import Environment, FileSystemLoader

from app import __version__, bundle, present
from app.messages import catalogue, localised, phrases
from app.settings import ASSETS
from engine.trace import Trace

MAIN = "js/standalone.js"
HEIGHT = 700
"""Pixels that a drawing in a notebook takes."""
SHOWN = 1_500
"""Values of the largest graph that a notebook shows by itself."""


@lru_cache
def _templates() -> Environment:
    return Environment(loader=FileSystemLoader(ASSETS / "templates"), autoescape=True)


@lru_cache
def _styles() -> str:
    """Return what the page's stylesheets say, and the file's own."""
    source, *_ = _templates().loader.get_source(_templates(), "page.html")  # type: ignore[union-attr]
    names = re.findall(r'rel="stylesheet" href="static/([^"]+)"', source)
    return bundle.styles(*names, "css/standalone.css")


def page(trace: Trace, language: str = "en") -> str:
    """Return a trace as a file of its own, in a language."""
    texts = catalogue(language)
    context = {
        "language": language,
        "messages": texts,
        "t": texts.__getitem__,
        "version": __version__,
        "title": trace.nodes[trace.output].name or texts["app.tagline"],
        "source": trace.source,
        "styles": _styles(),
        "modules": bundle.modules(MAIN),
        "main": MAIN,
        "data": {
            "messages": texts,
            "phrases": phrases(language),
            "operations": localised(present.operations().operations, language),
            "examples": [],
        },
        # Within a script nothing but `<` could end it.
        "trace": present.to_json(trace).decode().replace("<", "\\u003c"),
    }
    whole = _templates().get_template("page.html")
    context["stage"] = "".join(whole.blocks["stage"](whole.new_context(context)))
    return _templates().get_template("standalone.html").render(context)


def frame(trace: Trace) -> str | None:
    """Return a trace as a part of a notebook, or None if a number says as much, or too much would.

    A frame keeps the drawings of one notebook from one another, and the notebook from them.
    """
    if len(trace.nodes) == 1 or sum(trace.reaches) > SHOWN:
        return None
    # Letters beyond ASCII as references: the notebook may be saved in whatever encoding.
    inside = html.escape(page(trace)).encode("ascii", "xmlcharrefreplace").decode()
    return (
        f'<iframe srcdoc="{inside}" title="Chainrule" sandbox="allow-scripts" '
        f'style="width: 100%; height: {HEIGHT}px; border: 1px solid #8886" loading="lazy"></iframe>'
    )
