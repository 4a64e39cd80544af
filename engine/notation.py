"""Notation: names, numbers and nodes as LaTeX writes them."""

from __future__ import annotations

import math
import re

from engine.naming import names_of
from engine.records import Node
from engine.trace import Trace

GREEK = frozenset(
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau "
    "upsilon phi chi psi omega "
    "Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega".split(" ")
)

SPECIAL = re.compile(r"([_#$%&{}^~\\])")
"""Characters that LaTeX would not print."""


PART = re.compile(r"(.+\.(?:Σ(?:\[\d+\])?|[a-z_]+|w\[\d+\]\*x))([₀-₉]*)")
"""A part of a neuron, such as `net[0][1].Σ`, and which of several."""
DIGITS = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")


def symbols(trace: Trace) -> list[str]:
    """Return what each node of a trace is called in LaTeX."""
    names = names_of(trace)
    return [_symbol(node, names[node.position]) for node in trace.nodes]


def _symbol(node: Node, called: str) -> str:
    """Return a node's name as LaTeX; one without is a part of a neuron, or v with its number."""
    if node.kind == "constant":
        return number(node.value)
    if not node.name:
        part = PART.fullmatch(called)
        if part is None:
            return f"v_{{{node.position}}}"
        turn = f"_{{{part[2].translate(DIGITS)}}}" if part[2] else ""
        return identifier(part[1]).replace("Σ", r"$\Sigma$") + turn
    version = f"^{{({node.version})}}" if node.version and node.version > 1 else ""
    return identifier(node.name) + version


def identifier(name: str) -> str:
    r"""Return a name as LaTeX: x1 → x_{1}, alpha → \alpha, loss → \mathrm{loss}."""
    match = re.fullmatch(r"([^\W\d_]+)_?(\d*)", name)
    if match is None:
        return rf"\texttt{{{SPECIAL.sub(_escaped, name)}}}"
    stem, index = match.groups()
    if stem in GREEK:
        stem = f"\\{stem}"
    elif len(stem) > 1:
        stem = rf"\mathrm{{{stem}}}"
    return f"{stem}_{{{index}}}" if index else stem


def _escaped(match: re.Match[str]) -> str:
    special = {"\\": r"\textbackslash{}", "^": r"\textasciicircum{}", "~": r"\textasciitilde{}"}
    return special.get(match[1], f"\\{match[1]}")


def derivative(of: str, by: str) -> str:
    r"""Return ∂of/∂by of two symbols as LaTeX."""
    return rf"\frac{{\partial {of}}}{{\partial {by}}}"


def number(value: float) -> str:
    """Return a number in at most six significant digits, as LaTeX."""
    if math.isnan(value):
        return r"\text{nan}"
    if math.isinf(value):
        return r"\infty" if value > 0 else r"-\infty"
    mantissa, _, exponent = f"{value:.6g}".partition("e")
    return rf"{mantissa} \cdot 10^{{{int(exponent)}}}" if exponent else mantissa


def bracketed(value: float) -> str:
    """Return a number as LaTeX, a negative one in brackets."""
    text = number(value)
    return rf"\left({text}\right)" if text.startswith("-") or " " in text else text
