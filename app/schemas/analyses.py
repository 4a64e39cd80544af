"""What is asked about a program, and answered: check, sweep, descent; data for it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from app.schemas.base import INPUTS, SOURCE, Count, Finite, NodeId, Number, ProgramRequest, Schema


class CheckRequest(ProgramRequest):
    """A program whose gradients to measure."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"source": SOURCE, "inputs": INPUTS, "series": True}]},
    )

    h: Finite = Field(1e-5, gt=0, description="How far each input is moved.")
    tolerance: Finite = Field(
        1e-6,
        ge=0,
        description="How far a gradient may be from the central difference: relative for gradients "
        "above 1, absolute below, what rounding and curvature explain aside.",
    )
    nodes: bool = Field(False, strict=True, description="Whether to check every node, too.")
    series: bool = Field(False, strict=True, description="Whether to give the error against h.")


class Difference(Schema):
    """A gradient beside the slopes that a small change measures."""

    name: str = Field(description="The input, or the node's name.", examples=["a"])
    gradient: Number = Field(description="What the backward pass computed.", examples=[6.0])
    forward: Number = Field(description="(f(x+h) - f(x)) / h.", examples=[6.0])
    central: Number = Field(description="(f(x+h) - f(x-h)) / 2h.", examples=[6.0])
    error: Number = Field(description="|gradient - central|.", examples=[8.9e-11])
    agrees: bool = Field(
        description="Whether the gradient is right; at a kink, whether it is between the slopes of "
        "the two sides."
    )
    note: str | None = Field(
        description="What is special here: a kink with its one-sided slopes, a jump, a gradient "
        "that several passes added up."
    )


class NodeDifference(Difference):
    """The same for a node, moved by itself."""

    node: NodeId = Field(description="The node.")


class ErrorSeries(Schema):
    """Errors against h: large where h is large, by curvature, and where it is tiny, by rounding."""

    name: str = Field(description="The input.", examples=["a"])
    h: list[Number] = Field(description="The steps, from large to small.")
    forward: list[Number] = Field(description="|forward difference - gradient| at each h.")
    central: list[Number] = Field(description="|central difference - gradient| at each h.")


class CheckResponse(Schema):
    """Every gradient beside its measured slope."""

    inputs: list[Difference] = Field(description="One entry an input.")
    h: Number = Field(description="How far each was moved.")
    tolerance: Number = Field(description="As it was asked for.")
    nodes: list[NodeDifference] | None = Field(
        None, description="One entry a node that the output was made from, if asked for."
    )
    series: list[ErrorSeries] | None = Field(None, description="One entry an input, if asked for.")


Columns = Annotated[
    dict[str, list[Finite]],
    Field(
        description="Columns of data by input name, all of one length: the program describes one "
        "row, and its output is averaged over the rows.",
        examples=[{"x": [0.0, 1.0, 2.0], "y": [1.0, 3.0, 5.0]}],
    ),
]


class Axis(BaseModel):
    """The numbers that one input takes in a sweep."""

    model_config = ConfigDict(extra="forbid")

    name: str = Field(description="The input.", examples=["a"])
    low: Finite = Field(description="The first number.", examples=[-4.0])
    high: Finite = Field(description="The last number.", examples=[4.0])
    points: int = Field(50, ge=1, strict=True, description="How many, ends included.")


class SweepRequest(ProgramRequest):
    """A program to evaluate along one input, or over two."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "source": SOURCE,
                    "inputs": INPUTS,
                    "over": [{"name": "a", "low": -4.0, "high": 4.0, "points": 5}],
                }
            ]
        },
    )

    over: list[Axis] = Field(min_length=1, max_length=2, description="One or two axes.")
    data: Columns | None = None


class AxisPoints(Schema):
    """An axis, point by point."""

    name: str = Field(description="The input.", examples=["a"])
    points: list[Number] = Field(description="The numbers that it takes.")


Grid = list[Number] | list[list[Number]]


class SweepResponse(Schema):
    """Values and gradients over the grid; the first axis is the outer list."""

    axes: list[AxisPoints] = Field(description="The axes, as asked for.")
    value: Grid = Field(description="The output, nested lists; NaN where the program fails.")
    grad: dict[str, Grid] = Field(description="∂output/∂input over the same grid, for each axis.")


class DescendRequest(ProgramRequest):
    """A program to descend on."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "source": "L = (w*x + b - y)**2",
                    "inputs": {"w": 0.0, "b": 0.0},
                    "data": {"x": [0.0, 1.0, 2.0], "y": [1.0, 3.0, 5.0]},
                    "rate": 0.1,
                    "steps": 3,
                }
            ]
        },
    )

    trainable: list[str] | None = Field(
        None, description="The inputs to change; left out, all that are not data.", examples=[["w"]]
    )
    rate: Finite | None = Field(
        None, description="The learning rate; left out, what `torch.optim` takes."
    )
    steps: int = Field(100, ge=0, strict=True, description="How many updates.")
    optimizer: str = Field(
        "sgd", description="sgd, momentum, adagrad, rmsprop or adam, as in `torch.optim`."
    )
    zero_grad: bool = Field(
        True, strict=True, description="Whether gradients are zeroed between the steps."
    )
    data: Columns | None = None
    batch: int | None = Field(
        None, ge=1, strict=True, description="Rows a step; left out, all of them."
    )
    seed: int = Field(42, strict=True, description="Where the order of the batches is drawn from.")


class DescentEntry(Schema):
    """Where the descent is after so many updates."""

    step: Count = Field(description="How many updates were made.")
    value: Number = Field(description="The output, or its mean over the rows of the step.")
    inputs: dict[str, Number] = Field(description="The numbers that are trained.")
    grads: dict[str, Number] = Field(
        description="∂value/∂input, which the next update uses: added up where nothing zeroes them."
    )
    state: dict[str, dict[str, Number]] = Field(
        description="The optimizer's memory, under the names of `torch.optim`, by input.",
        examples=[{"momentum_buffer": {"w": 0.5}}],
    )


class DescentEnd(Schema):
    """How a descent ended: the last line of a stream."""

    status: Literal["done", "diverged"] = Field(
        description="`diverged` if the last entry holds something that is not finite."
    )


class DescendResponse(Schema):
    """A whole descent."""

    history: list[DescentEntry] = Field(description="Entry k is the state after k updates.")
    status: Literal["done", "diverged"] = Field(
        description="`diverged` if the last entry holds something that is not finite."
    )


class DatasetResponse(Schema):
    """A set of points to train on."""

    name: str = Field(description="What it is called.", examples=["moons"])
    columns: dict[str, list[Number]] = Field(
        description="Columns by name, as `data` of a descent takes them.",
        examples=[{"x1": [1.0], "x2": [0.0], "y": [-1.0]}],
    )
