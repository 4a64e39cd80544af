"""A trace as JSON: the graph, its numbers, and the steps of both passes.

Its parts are dictionaries with known keys: a trace has thousands of them, and what the engine made
need not be checked again.
"""

from __future__ import annotations

from typing import Annotated, Literal, NotRequired

from pydantic import ConfigDict, Field
from typing_extensions import TypedDict

from app.schemas.base import INPUTS, SOURCE, Count, GroupId, NodeId, Number, ProgramRequest, strict


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


@strict
class Node(TypedDict):
    """A value in the graph."""

    id: Annotated[NodeId, Field(description="`n0`, `n1`, …: the order in which values are made.")]
    kind: Annotated[Literal["input", "constant", "operation"], Field(description="What made it.")]
    name: Annotated[
        str | None, Field(description="Its name or label, if it has one.", examples=["L"])
    ]
    version: Annotated[
        int | None,
        Field(description="Which value of that name it is: rebinding makes 2, 3, …", examples=[1]),
    ]
    operation: Annotated[
        str | None,
        Field(description="The operation's name in `/api/operations`.", examples=["multiply"]),
    ]
    operands: Annotated[list[NodeId], Field(description="What it was made from, in operand order.")]
    value: Annotated[Number, Field(description="Its number.", examples=[-8.0])]
    grad: Annotated[
        Number | None,
        Field(
            description="∂output/∂node; 0 where the output does not depend on it. An input also "
            "keeps what earlier `.backward()` calls left and nothing zeroed.",
            examples=[6.0],
        ),
    ]
    span: Annotated[
        tuple[Count, Count] | None,
        Field(
            description="`[start, end)` of its text in the source, in code points.",
            examples=[[4, 17]],
        ),
    ]
    group: Annotated[GroupId | None, Field(description="The innermost group that it was made in.")]
    warnings: Annotated[list[str], Field(description="Why its value or gradient is odd, if it is.")]


@strict
class Edge(TypedDict):
    """One use of a value as an operand: `a*a` has two."""

    source: Annotated[NodeId, Field(description="The operand.")]
    target: Annotated[NodeId, Field(description="The result that uses it.")]
    operand: Annotated[Count, Field(description="Which operand of the target it is, from 0.")]
    local: Annotated[
        Number | None,
        Field(description="∂target/∂source along this edge; null where no gradient flows."),
    ]
    contribution: Annotated[
        Number | None,
        Field(description="What the edge adds to the source's gradient: ∂output/∂target · local."),
    ]
    sides: NotRequired[
        Annotated[
            tuple[Number, Number],
            Field(
                description="Only where the target stands on a kink: ∂target/∂source below and "
                "above it, along the target's first operand that leads across; `local` is the "
                "convention."
            ),
        ]
    ]


@strict
class Explained(TypedDict):
    """What `explain` adds to a step."""

    sentence: NotRequired[Annotated[str, Field(description="What happens, in words.")]]
    latex: NotRequired[Annotated[str, Field(description="The rule in symbols, as LaTeX.")]]
    latex_numbers: NotRequired[
        Annotated[str, Field(description="The rule with the numbers filled in.")]
    ]


@strict
class ForwardStep(Explained):
    """A node gets its value."""

    phase: Annotated[Literal["forward"], Field(description="Which pass.")]
    node: Annotated[NodeId, Field(description="The node that gets its value.")]


@strict
class SeedStep(Explained):
    """The backward pass begins: ∂output/∂output = 1."""

    phase: Annotated[Literal["backward"], Field(description="Which pass.")]
    kind: Annotated[Literal["seed"], Field(description="What happens.")]
    node: Annotated[NodeId, Field(description="The output.")]
    after: Annotated[Number, Field(description="The output's gradient after the step.")]


@strict
class AccumulateStep(Explained):
    """One contribution is added to the gradient of an operand."""

    phase: Annotated[Literal["backward"], Field(description="Which pass.")]
    kind: Annotated[Literal["accumulate"], Field(description="What happens.")]
    edge: Annotated[Count, Field(description="Position in `edges`.")]
    node: Annotated[NodeId, Field(description="The operand whose gradient grows.")]
    upstream: Annotated[Number, Field(description="∂output/∂target.")]
    local: Annotated[Number, Field(description="∂target/∂source.")]
    contribution: Annotated[Number, Field(description="upstream · local.")]
    before: Annotated[Number, Field(description="The operand's gradient before the step.")]
    after: Annotated[Number, Field(description="before + contribution.")]


@strict
class Input(TypedDict):
    """An input, by name: what one would put a slider on."""

    name: Annotated[str, Field(description="What the program calls it.", examples=["a"])]
    node: Annotated[NodeId, Field(description="Its newest node that reaches the output.")]
    value: Annotated[Number, Field(description="The number of that node.")]
    grad: Annotated[Number | None, Field(description="The gradient of that node.")]
    initial: Annotated[
        Number,
        Field(
            description="The number it began with, which `inputs` replaces. It differs from "
            "`value` where the program writes `.data`."
        ),
    ]
    defaulted: Annotated[
        bool, Field(description="Whether nothing gave it a number, so that it is 1.")
    ]
    meant: NotRequired[
        Annotated[str, Field(description="The name that a defaulted one may be a slip of.")]
    ]
    replaced: NotRequired[
        Annotated[Number, Field(description="What the program assigns, where `inputs` sets it.")]
    ]


@strict
class Group(TypedDict):
    """The nodes made in one call of a function, neuron or layer, or one turn of a loop."""

    id: Annotated[GroupId, Field(description="`g0`, `g1`, …")]
    name: Annotated[
        str, Field(description="The function, the part or the turn.", examples=["neuron"])
    ]
    parent: Annotated[GroupId | None, Field(description="The group around it.")]


@strict
class Backward(TypedDict):
    """One `.backward()` of the program."""

    value: Annotated[Number, Field(description="What its receiver held.")]


@strict
class TraceResponse(TypedDict):
    """Graph, values, gradients and steps: all that is needed to draw both passes."""

    schema: Annotated[
        Literal["chainrule.trace/1"], Field(description="The version of this format.")
    ]
    source: Annotated[str, Field(description="The program, as it was sent.")]
    output: Annotated[NodeId, Field(description="The node that gradients are taken of.")]
    value: Annotated[Number, Field(description="The output's number.")]
    nodes: Annotated[list[Node], Field(description="Every node, operands before results.")]
    edges: Annotated[list[Edge], Field(description="Every use of a value, by target and operand.")]
    steps: Annotated[
        list[ForwardStep | SeedStep | AccumulateStep],
        Field(
            description="The forward pass, the seed, then the contributions of the last backward "
            "pass in reverse order; `before` shows what earlier passes left. "
            "Empty if `steps` was false."
        ),
    ]
    inputs: Annotated[list[Input], Field(description="The named inputs, each once.")]
    groups: Annotated[list[Group], Field(description="Outer groups before inner ones.")]
    console: Annotated[list[str], Field(description="What the program printed, a line an entry.")]
    history: Annotated[list[Backward], Field(description="One entry for each `.backward()`.")]
    warnings: Annotated[list[str], Field(description="What concerns the whole request.")]
