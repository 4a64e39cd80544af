"""The public JSON, field by field. `app.present` fills it; other programs rely on it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, JsonValue, WithJsonSchema

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


class Example(Schema):
    """A named program."""

    id: str = Field(description="A short name.", examples=["chain-rule"])
    title: str = Field(description="A heading.")
    text: str = Field(description="What to look at, in a sentence or two.")
    source: str = Field(description="The program.")
    inputs: dict[str, float] = Field(description="Inputs to set.")


class ExamplesResponse(Schema):
    """The gallery, from the first derivative to a small network."""

    examples: list[Example]


class Question(Schema):
    """What a learner asks, answered."""

    ask: str = Field(description="The question.")
    answer: str = Field(description="The answer, in a few sentences.")


class Moment(Schema):
    """A program, its inputs, and where its passes stand."""

    source: str = Field(description="The program.")
    inputs: dict[str, float] = Field(description="Inputs to set.")
    step: int | None = Field(None, description="How many steps are done; null: all of them.")


class Lesson(Schema):
    """A lesson: a text, a program, and a task. Texts mark `code`, *new words* and $LaTeX$."""

    id: str = Field(description="A short name.", examples=["chain-rule"])
    title: str = Field(description="A heading.")
    text: str = Field(description="A few paragraphs, divided by empty lines.")
    questions: list[Question]
    task: str = Field(description="What is to be done.")
    begin: Moment = Field(description="Where the lesson begins.")
    solution: Moment = Field(description="A state in which the task is done.")
    conditions: list[dict[str, str | float]] = Field(
        description="What must hold, all of it, for the task to be done; `kind` says what is "
        "looked at: value, gradient, local, moment, backwards or source."
    )


class LessonsResponse(Schema):
    """The course, from a slope to tensors."""

    lessons: list[Lesson]


class HealthResponse(Schema):
    """The server answers."""

    status: Literal["ok"] = "ok"
    version: str


class ErrorDetail(Schema):
    """What is wrong, where, and the way out."""

    code: str = Field(
        description="Stable: syntax_error, not_allowed, unknown_name, type_error, limit_exceeded, "
        "no_output, invalid_request, too_large, unsupported_media_type, busy, not_found, "
        "method_not_allowed or internal.",
        examples=["syntax_error"],
    )
    message: Text = Field(
        description="A sentence for people.", examples=["`2x` is not a name and not a number."]
    )
    line: int | None = Field(None, description="From 1.")
    column: int | None = Field(None, description="From 1, in code points.")
    start: int | None = Field(None, description="Where it begins in the source, in code points.")
    end: int | None = Field(None, description="Where it ends, exclusive.")
    hint: Text | None = Field(None, description="The way out.", examples=["write 2*x"])


class ErrorResponse(Schema):
    """The one shape of every error."""

    error: ErrorDetail
