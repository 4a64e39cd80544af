"""The language: source text in, a recording of its graph out.

Layers, of which each imports those before it and none after it: `spelling` makes text ready for
Python's parser, `hints` tells what may be meant where something is wrong, `program` parses,
`runtime` is what a run has at hand and records, `values` are the kinds of things that programs
hold, `library` is what they find ready, and `interpreter` runs their syntax over an allow-list.
"""

from __future__ import annotations

from collections.abc import Mapping

from engine.errors import ChainruleError, LimitExceeded, SyntaxProblem, TypeProblem, UnknownName
from engine.language.interpreter.causes import advised
from engine.language.interpreter.expressions import evaluate
from engine.language.interpreter.statements import block, execute
from engine.language.interpreter.yielding import produce
from engine.language.library import LIBRARY
from engine.language.program import parse
from engine.language.runtime.labels import Labels
from engine.language.runtime.recording import Recording
from engine.language.runtime.run import Run
from engine.limits import Limits

__all__ = ["run_program"]


def run_program(source: str, inputs: Mapping[str, float], limits: Limits) -> Run:
    """Run a program with some inputs set. Raises a `ChainruleError` that says where and why."""
    try:
        return _run(source, inputs, limits)
    except ChainruleError as error:
        error.locate(source)
        raise


def _run(source: str, inputs: Mapping[str, float], limits: Limits) -> Run:
    program = parse(source, limits)
    recording = Recording(limits, program.span, Labels(inputs))
    run = Run(program, recording, LIBRARY, execute, produce, evaluate)
    try:
        for statements in program.pieces():
            if block(run, statements, run.globals) is not None:
                raise SyntaxProblem("`return` belongs in a function, `break` in a loop.")
            recording.locate(program.spans)
    except ChainruleError as error:
        known = advised(run, error) if isinstance(error, (TypeProblem, UnknownName)) else error
        known.span = known.span or error.span
        if known.span is None and recording.place is not None:
            known.span = program.span(recording.place)
        raise known from None
    except RecursionError:
        raise LimitExceeded(
            f"The program nests deeper than the limit `nesting` of {limits.nesting}.",
            span=None if recording.place is None else program.span(recording.place),
            hint="Give inner parts names of their own.",
        ) from None
    return run
