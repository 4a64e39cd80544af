"""The gallery and the lessons as JSON."""

from __future__ import annotations

from pydantic import Field

from app.schemas.base import Schema


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


class Moment(Schema):
    """A program, its inputs, and where its passes stand."""

    source: str = Field(description="The program.")
    inputs: dict[str, float] = Field(description="Inputs to set.")
    step: int | None = Field(None, description="How many steps are done; null: all of them.")


class Question(Schema):
    """What a learner asks, answered."""

    ask: str = Field(description="The question.")
    answer: str = Field(description="The answer, in a few sentences.")
    shown: Moment = Field(description="The program that the answer speaks of.")


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
