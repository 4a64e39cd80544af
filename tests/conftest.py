"""What tests share: how to treat what is missing."""

from __future__ import annotations

import importlib
import os

import pytest


def require(name: str):
    """Return an optional module; skip without it, but fail where nothing may be missing."""
    if os.environ.get("CHAINRULE_NOTHING_MAY_BE_MISSING"):
        return importlib.import_module(name)
    return pytest.importorskip(name)
