"""Chainrule's web page, JSON API and command line, around the engine."""

__version__ = "0.1.0"
