"""The table of rules as JSON."""

from __future__ import annotations

from pydantic import Field

from app.schemas.base import Schema


class Rules(Schema):
    """The rules of an operation as Python, as the engine runs them."""

    forward: str = Field(description="The result, from the operands.", examples=["x * y"])
    partials: list[str | None] = Field(
        description="∂result/∂operand, `out` being the result; null for an operand that is held "
        "fixed.",
        examples=[["y", "x"]],
    )


class Operation(Schema):
    """A row of the table of rules."""

    name: str = Field(description="What nodes call it.", examples=["multiply"])
    symbol: str = Field(description="How a program writes it.", examples=["*"])
    glyph: str = Field(description="How a drawing writes it.", examples=["×"])
    operands: list[str] = Field(description="Names of the operands.", examples=[["x", "y"]])
    infix: bool = Field(description="Whether it is written between its operands.")
    latex: str = Field(
        description="The result in LaTeX; @0, @1 stand for the operands.", examples=[r"@0 \cdot @1"]
    )
    partials: list[str | None] = Field(
        description="∂result/∂operand in LaTeX, @out being the result; null for an operand that "
        "is held fixed.",
        examples=[["@1", "@0"]],
    )
    python: Rules = Field(description="The same rules, as the engine runs them.")
    note: str = Field(description="Where the partial derivatives come from, in a sentence.")


class OperationsResponse(Schema):
    """The table of rules."""

    operations: list[Operation]
