"""What every request and answer is made of: numbers, texts, ids, a program."""

from __future__ import annotations

from typing import Annotated

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    JsonValue,
    WithJsonSchema,
    with_config,
)

from engine.errors import encodable

Number = Annotated[
    float,
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "number"},
                {"type": "string", "enum": ["NaN", "Infinity", "-Infinity"]},
            ],
            "description": "A double. What JSON cannot carry is written as a string.",
        }
    ),
]
"""A number of an answer: inf and nan are the strings that JSON lacks numbers for."""

Finite = Annotated[float, Field(strict=True, allow_inf_nan=False)]
"""A number of a request: not a string, not a boolean, not infinite."""

Text = Annotated[str, AfterValidator(encodable)]
"""A text of an answer: halves of characters, which no JSON can hold, replaced."""

NodeId = Annotated[str, Field(pattern=r"^n\d+$", examples=["n4"])]
GroupId = Annotated[str, Field(pattern=r"^g\d+$", examples=["g0"])]
Count = Annotated[int, Field(ge=0)]

SOURCE = "L = (a*b + c) * f"
INPUTS: dict[str, JsonValue] = {"a": 2.0, "b": -3.0, "c": 10.0, "f": -2.0}


strict = with_config(ConfigDict(ser_json_inf_nan="strings", extra="forbid"))
"""Makes a dictionary with known keys a part of an answer, like `Schema`."""


class Schema(BaseModel):
    """Base of the answers: inf and nan as strings, nothing unknown."""

    model_config = ConfigDict(ser_json_inf_nan="strings", extra="forbid")


class ProgramRequest(BaseModel):
    """A program, the numbers of its inputs, and what to look at."""

    model_config = ConfigDict(extra="forbid")

    source: str = Field(description="The program: Python arithmetic, a subset.", examples=[SOURCE])
    inputs: dict[str, Finite] = Field(
        default_factory=dict,
        description="Numbers for inputs, by name. They win over what the program assigns.",
        examples=[INPUTS],
    )
    output: str | None = Field(
        None,
        description="The name to differentiate. Left out, it is the receiver of the last "
        "`.backward()`, or the value of the last statement.",
        examples=["L"],
    )
