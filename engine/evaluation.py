"""From source text to a trace: run the program, choose the output, record both passes."""

from __future__ import annotations

import ast
from collections.abc import Mapping

from engine.errors import NoOutput, TypeProblem, UnknownName, encodable, quoted
from engine.graph import Graph
from engine.language import run_program
from engine.language.hints.names import nearest
from engine.language.runtime.groups import Group
from engine.language.runtime.recording import Recording
from engine.language.runtime.run import Run
from engine.language.runtime.variable import Number, Variable
from engine.language.values.functions import Builtin, Function
from engine.limits import Limits
from engine.operations import OPERATIONS
from engine.records import GroupRecord
from engine.trace import Annotations, Trace, record
from engine.value import Value

WRITTEN = {name for row in OPERATIONS.values() for name in (row.symbol, *row.aliases)}
"""How programs write operations."""


def trace(
    source: str,
    inputs: Mapping[str, float] | None = None,
    output: str | None = None,
    limits: Limits | None = None,
) -> Trace:
    """Run a program and return its trace.

    `inputs` sets inputs by name; `output` names what to differentiate, which is otherwise the
    receiver of the last `.backward()` or the last statement's value. Raises a `ChainruleError`.
    """
    for name, number in (inputs or {}).items():
        try:
            float(number)
        except (TypeError, ValueError, OverflowError):
            raise TypeProblem(f"The input `{name}` is not set to a number.") from None
    run = run_program(source, inputs or {}, limits or Limits())
    chosen = _output(run, output)
    _warn_of_numbers_alone(run, chosen)
    recording = run.recording
    recording.locate(run.program.spans)
    groups, node_groups = _groups(recording)
    unused = sorted((inputs or {}).keys() - recording.labels.initial.keys())
    annotations = Annotations(
        versions=recording.labels.versions,
        spans=recording.spans,
        node_groups=node_groups,
        groups=groups,
        initial=recording.labels.initial,
        defaulted=recording.labels.defaulted,
        replaced=recording.labels.replaced,
        carried=_carried(recording, chosen),
        names={
            name: value.node
            for name, value in run.globals.names.items()
            if isinstance(value, Variable)
        },
        console=recording.console.lines,
        history=[backward.output.data for backward in recording.backwards],
        warnings=[
            *recording.warnings,
            *(f"the program has no input {quoted(encodable(name))} to set" for name in unused),
        ],
        inner=recording.inner,
        settable=recording.labels.settable,
        guards=tuple(recording.guards.conditions),
        is_opaque=recording.guards.is_opaque,
    )
    run.close()
    graph = Graph(recording.nodes, recording.operands)
    return record(chosen, graph=graph, source=source, annotations=annotations)


def _is_result(value: object) -> bool:
    return isinstance(value, Variable) and value.node.operation is not None


def _output(run: Run, name: str | None) -> Value:
    """Return the node to differentiate. Raises `UnknownName` or `NoOutput`."""
    recording = run.recording
    if name is not None:
        return _named(run, name)
    if recording.backwards:
        return recording.backwards[-1].output
    last = run.innermost(run.last)
    if run.silent is not None and run.silent[1] is run.last:  # the last statement called it
        if not _is_result(last):
            raise run.silent[0]
        recording.warn("the last function returns nothing: the output is the value before it")
    if run.printed is not None and not _is_result(last) and _is_result(run.printed):
        return run.printed.node  # a = 2.0; print(a*a): what is worked out, not what was given
    if last is not None:
        _warn_of_several(run, last)
        if isinstance(last, Variable):
            return last.node
        return recording.constant(float(last), recording.place).node
    if run.printed is not None:
        return run.printed.node
    if recording.nodes:
        return recording.nodes[-1]
    raise NoOutput(
        "The program computes no value to differentiate.",
        hint=_uncalled(run) or "end it with a line such as L = a*b",
    )


def _named(run: Run, name: str) -> Value:
    """Return the node that a program gives a name."""
    value = run.globals.names.get(name)
    if isinstance(value, Variable):
        return value.node
    labelled = [node for node in run.recording.nodes if node.label == name]
    if labelled:
        return labelled[-1]
    known = {node.label for node in run.recording.nodes if node.label}
    raise UnknownName(f"No value is called {quoted(encodable(name))}.", hint=nearest(name, known))


def _warn_of_several(run: Run, last: Variable | Number) -> None:
    """Say that the output is one value of several, and what may have made them several."""
    if isinstance(last, Variable) and last is not run.last and len(run.last) > 1:
        run.recording.warn("the last statement has several values: the output is the last of them")
    if isinstance(run.last, tuple) and run.program.commas:
        number = next(reversed(run.program.commas.values()))
        run.recording.warn(f"{number[:40]} is two numbers: the decimal sign is a point")


def _warn_of_numbers_alone(run: Run, output: Value) -> None:
    """Say why there is no operation to see where a program computes with plain numbers only."""
    if any(node.operation is not None for node in (output, *run.recording.nodes)):
        return
    if any(_computes(node) for node in ast.walk(run.program.tree)):
        run.recording.warn(
            "only numbers meet here, and they make a number: "
            "name one, as in x = 0.0, and compute with x"
        )


def _computes(node: ast.AST) -> bool:
    if isinstance(node, ast.Call):
        called = getattr(node.func, "id", getattr(node.func, "attr", None))
        return called in WRITTEN
    return isinstance(node, ast.BinOp)


def _uncalled(run: Run) -> str | None:
    """Return a hint with the last function that a program makes, which nothing calls."""
    called = {
        node.func.id
        for node in ast.walk(run.program.tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    for name, value in reversed(run.globals.names.items()):
        made = isinstance(value, Function) or (isinstance(value, Builtin) and value.name != name)
        if made and name not in called:
            count = value.positional if isinstance(value, Function) else 1
            return f"call it: {name}({', '.join(['2.0'] * min(count, 4))})"
    return None


def _carried(recording: Recording, output: Value) -> dict[Value, float]:
    """Return the gradients that inputs held before the pass that the trace shows."""
    if recording.backwards and recording.backwards[-1].output is output:
        return recording.backwards[-1].carried
    return {}


def _groups(recording: Recording) -> tuple[list[GroupRecord], list[int | None]]:
    """Number the groups that hold nodes, outer ones before inner ones."""
    numbers: dict[Group, int] = {}
    records: list[GroupRecord] = []

    def number(group: Group) -> int:
        chain = []
        level: Group | None = group
        while level is not None and level not in numbers:
            chain.append(level)
            level = level.parent
        for one in reversed(chain):
            numbers[one] = len(records)
            records.append(GroupRecord(one.name, numbers[one.parent] if one.parent else None))
        return numbers[group]

    return records, [None if group is None else number(group) for group in recording.groups]
