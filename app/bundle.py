"""Bundle: the page's own modules and styles as texts, for a file that has no server to ask.

There is no build: the modules are those of `static/`, and only what they import one another by is
rewritten, from paths to names that an import map of the file's resolves.
"""

from __future__ import annotations

import base64
import gzip
import json
import posixpath
import re
from functools import lru_cache
from pathlib import Path

from app.settings import ASSETS

STATIC = ASSETS / "static"
IMPORT = re.compile(r'^((?:import\b|\} from)[^";]*)"(\.[^"]+)"', re.M)
"""A static import, as it stands at the beginning of a line: no comment begins so."""

FACE = re.compile(r"@font-face\{[^}]*\}")
FONT = re.compile(r'url\((fonts/[^)]+\.woff2)\) format\("woff2"\)')
UNUSED = ("Caligraphic", "Fraktur", "SansSerif", "Script")
"""Alphabets that no formula of ours is written in; they would be most of a file."""


@lru_cache
def modules(entry: str) -> str:
    """Return a module and all that it imports, packed: a JSON object of texts, gzip, base64."""
    found: dict[str, str] = {}
    missing = [entry]
    while missing:
        name = missing.pop()
        if name in found:
            continue
        text = (STATIC / name).read_text(encoding="utf-8")
        missing += [_absolute(name, path) for _, path in IMPORT.findall(text)]
        found[name] = IMPORT.sub(
            lambda match, name=name: f'{match[1]}"{_absolute(name, match[2])}"',  # type: ignore[misc]
            text,
        )
    packed = gzip.compress(json.dumps(found).encode(), 9, mtime=0)
    return base64.b64encode(packed).decode()


def _absolute(name: str, path: str) -> str:
    """Return the name of a module that another one imports by a path."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(name), path))


@lru_cache
def styles(*names: str) -> str:
    """Return stylesheets as one text, which holds their fonts."""
    return "\n".join(_style(STATIC / name) for name in names)


def _style(path: Path) -> str:
    text = path.read_text(encoding="utf-8")
    return FACE.sub(lambda face: _face(face[0], path.parent), text)


def _face(face: str, folder: Path) -> str:
    """Return the declaration of a font with the font inside of it; nothing for an unused one."""
    font = FONT.search(face)
    if font is None or any(name in font[1] for name in UNUSED):
        return ""
    inside = base64.b64encode((folder / font[1]).read_bytes()).decode()
    source = f'src:url(data:font/woff2;base64,{inside}) format("woff2")'
    return re.sub(r"src:[^;}]*", lambda _: source, face)
