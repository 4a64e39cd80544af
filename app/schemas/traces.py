"""A trace as JSON: the graph, its numbers, and the steps of both passes."""

from __future__ import annotations

from typing import Literal

from pydantic import ConfigDict, Field

from app.schemas.base import INPUTS, SOURCE, Count, GroupId, NodeId, Number, ProgramRequest, Schema


class TraceRequest(ProgramRequest):
    """A program to trace."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"source": SOURCE, "inputs": INPUTS}]},
    )

    steps: bool = Field(True, strict=True, description="Whether to list every step.")
    explain: bool = Field(
        False, strict=True, description="Whether each step gets a sentence and LaTeX."
    )


class Node(Schema):
    """A value in the graph."""

    id: NodeId = Field(description="`n0`, `n1`, …: the order in which values are made.")
    kind: Literal["input", "constant", "operation"] = Field(description="What made it.")
    name: str | None = Field(description="Its name or label, if it has one.", examples=["L"])
    version: int | None = Field(
        description="Which value of that name it is: rebinding makes 2, 3, …", examples=[1]
    )
    operation: str | None = Field(
        description="The operation's name in `/api/operations`.", examples=["multiply"]
    )
    operands: list[NodeId] = Field(description="What it was made from, in operand order.")
    value: Number = Field(description="Its number.", examples=[-8.0])
    grad: Number | None = Field(
        description="∂output/∂node; 0 where the output does not depend on it. An input also keeps "
        "what earlier `.backward()` calls left and nothing zeroed.",
        examples=[6.0],
    )
    span: tuple[Count, Count] | None = Field(
        description="`[start, end)` of its text in the source, in code points.", examples=[[4, 17]]
    )
    group: GroupId | None = Field(description="The innermost group that it was made in.")
    warnings: list[str] = Field(description="Why its value or gradient is odd, if it is.")


class Edge(Schema):
    """One use of a value as an operand: `a*a` has two."""

    source: NodeId = Field(description="The operand.")
    target: NodeId = Field(description="The result that uses it.")
    operand: Count = Field(description="Which operand of the target it is, from 0.")
    local: Number | None = Field(
        description="∂target/∂source along this edge; null where no gradient flows."
    )
    contribution: Number | None = Field(
        description="What the edge adds to the source's gradient: ∂output/∂target · local."
    )


class Explained(Schema):
    """What `explain` adds to a step."""

    sentence: str | None = Field(None, description="What happens, in words.")
    latex: str | None = Field(None, description="The rule in symbols, as LaTeX.")
    latex_numbers: str | None = Field(None, description="The rule with the numbers filled in.")


class ForwardStep(Explained):
    """A node gets its value."""

    phase: Literal["forward"] = Field("forward", description="Which pass.")
    node: NodeId = Field(description="The node that gets its value.")


class SeedStep(Explained):
    """The backward pass begins: ∂output/∂output = 1."""

    phase: Literal["backward"] = Field("backward", description="Which pass.")
    kind: Literal["seed"] = Field("seed", description="What happens.")
    node: NodeId = Field(description="The output.")
    after: Number = Field(description="The output's gradient after the step.")


class AccumulateStep(Explained):
    """One contribution is added to the gradient of an operand."""

    phase: Literal["backward"] = Field("backward", description="Which pass.")
    kind: Literal["accumulate"] = Field("accumulate", description="What happens.")
    edge: Count = Field(description="Position in `edges`.")
    node: NodeId = Field(description="The operand whose gradient grows.")
    upstream: Number = Field(description="∂output/∂target.")
    local: Number = Field(description="∂target/∂source.")
    contribution: Number = Field(description="upstream · local.")
    before: Number = Field(description="The operand's gradient before the step.")
    after: Number = Field(description="before + contribution.")


class Input(Schema):
    """An input, by name: what one would put a slider on."""

    name: str = Field(description="What the program calls it.", examples=["a"])
    node: NodeId = Field(description="Its newest node that reaches the output.")
    value: Number = Field(description="The number of that node.")
    grad: Number | None = Field(description="The gradient of that node.")
    initial: Number = Field(
        description="The number it began with, which `inputs` replaces. It differs from `value` "
        "where the program writes `.data`."
    )
    defaulted: bool = Field(description="Whether nothing gave it a number, so that it is 1.")


class Group(Schema):
    """The nodes made in one call of a function, neuron or layer, or one turn of a loop."""

    id: GroupId = Field(description="`g0`, `g1`, …")
    name: str = Field(description="The function, the part or the turn.", examples=["neuron"])
    parent: GroupId | None = Field(description="The group around it.")


class Backward(Schema):
    """One `.backward()` of the program."""

    value: Number = Field(description="What its receiver held.")


class TraceResponse(Schema):
    """Graph, values, gradients and steps: all that is needed to draw both passes."""

    schema_: Literal["chainrule.trace/1"] = Field(
        "chainrule.trace/1", alias="schema", description="The version of this format."
    )
    source: str = Field(description="The program, as it was sent.")
    output: NodeId = Field(description="The node that gradients are taken of.")
    value: Number = Field(description="The output's number.")
    nodes: list[Node] = Field(description="Every node, operands before results.")
    edges: list[Edge] = Field(description="Every use of a value, by target and operand.")
    steps: list[ForwardStep | SeedStep | AccumulateStep] = Field(
        description="The forward pass, the seed, then the contributions of the last backward pass "
        "in reverse order; `before` shows what earlier passes left. "
        "Empty if `steps` was false."
    )
    inputs: list[Input] = Field(description="The named inputs, each once.")
    groups: list[Group] = Field(description="Outer groups before inner ones.")
    console: list[str] = Field(description="What the program printed, a line an entry.")
    history: list[Backward] = Field(description="One entry for each `.backward()`.")
    warnings: list[str] = Field(description="What concerns the whole request.")

    model_config = ConfigDict(
        ser_json_inf_nan="strings", extra="forbid", validate_by_name=True, serialize_by_alias=True
    )
