"""Template: an operation's rules as text, into which names are filled; each written once."""

from __future__ import annotations

from typing import Any, NamedTuple

from engine.operation import Operation
from engine.writer import PRODUCT, PythonWriter


class Template(NamedTuple):
    """An operation's rules as texts with {0}, {1} for operands and result, {g} for the gradient."""

    forward: str
    partials: tuple[tuple[str, str] | None, ...]
    """A sign and the contribution, one an operand."""


class Templates:
    """The rules of operations as one writer writes them, each written once."""

    def __init__(self, writer: PythonWriter) -> None:
        self.writer = writer
        self._known: dict[Operation, Template] = {}

    def __getitem__(self, operation: Operation) -> Template:
        template = self._known.get(operation)
        if template is None:
            template = self._known[operation] = self._write(operation)
        return template

    def _write(self, operation: Operation) -> Template:
        texts = tuple(f"{{{index}}}" for index in range(operation.arity + 1))
        forward = operation.write(operation.forward, texts[:-1], self.writer)
        return Template(
            forward,
            tuple(
                None if partial is None else self._contribution(partial, texts)
                for partial in operation.partials
            ),
        )

    def _contribution(self, partial: Any, texts: tuple[str, ...]) -> tuple[str, str]:
        local = self.writer.lift(partial(self.writer, *map(self.writer.operand, texts)))
        if local.text in ("1.0", "-1.0"):
            return "-" if local.text[0] == "-" else "+", "{g}"
        return "+", f"{{g}} * {local.bracketed(PRODUCT + 1)}"
