"""Functions: those that a program defines, and those that it finds ready."""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from inspect import signature
from itertools import pairwise
from typing import Any, ClassVar

from engine.errors import TypeProblem
from engine.language.hints.calls import decimal_comma, no_call, no_fit
from engine.language.program import Place, assigned, outside
from engine.language.runtime.run import MISSING, Run, Scope, capitalized, describe
from engine.language.values.generator import Generator, all_of

LONGEST_CALL = 20
"""Characters of a call that name the group of what it makes."""


@dataclass(frozen=True, slots=True, eq=False)
class Builtin:
    """A function of the library: `action(run, *bound, *arguments, **keywords)`."""

    name: str
    action: Callable[..., Any]
    bound: tuple[Any, ...] = ()

    def __call__(self, run: Run, /, *arguments: Any, **keywords: Any) -> Any:
        """Return the result. Raises `TypeProblem` for arguments that do not fit."""
        return self._called(run, [all_of(one) for one in arguments], keywords)

    def _called(self, run: Run, arguments: Sequence[Any], keywords: dict[str, Any]) -> Any:
        try:
            return self.action(run, *self.bound, *arguments, **keywords)
        except TypeError:
            called = signature(self.action)
            try:
                called.bind(run, *self.bound, *arguments, **keywords)
            except TypeError:
                raise no_fit(self.name, called, len(self.bound), keywords) from None
            raise  # the call fits: the fault is ours


class Taking(Builtin):
    """A function of the library that asks a generator for no more than it needs."""

    def __call__(self, run: Run, /, *arguments: Any, **keywords: Any) -> Any:
        """Return the result. Raises `TypeProblem` for arguments that do not fit."""
        return self._called(run, arguments, keywords)


class Bracketed(Builtin):
    """A function of the library that is called with square brackets: `np.c_[x, y]`."""


class Untracked(Builtin):
    """What `torch.no_grad()` makes: within it, what changes in place is a number, as data is."""


@dataclass(frozen=True, slots=True, eq=False)
class Either(Builtin):
    """A method that means another thing without brackets: `x.size()` and `x.size`."""

    bare: Any = None


@dataclass(frozen=True, slots=True, eq=False)
class Ignored:
    """Something that only draws or configures; any use of it does nothing."""

    name: str


def only_shows(function: Any) -> bool:
    """Tell whether nothing is computed from what a function is given."""
    return isinstance(function, Ignored) or (
        isinstance(function, Builtin) and function.name == "print"
    )


@dataclass(frozen=True, slots=True, eq=False)
class Function:
    """A function that the program defines, with the names it can see."""

    noun: ClassVar[str] = "the function"

    name: str
    parameters: tuple[str, ...]
    defaults: tuple[Any, ...]
    """One for each parameter: `MISSING` where a call must give it."""
    positional: int
    """How many parameters go by position; those after them go by name alone."""
    rest: str | None
    """What takes the operands that are left over; `named` takes those that go by name."""
    named: str | None
    body: Sequence[ast.stmt]
    scope: Scope
    places: tuple[Place, ...]
    own: frozenset[str]
    """The names that it assigns."""
    yields: bool

    @classmethod
    def of(
        cls,
        run: Run,
        name: str,
        arguments: ast.arguments,
        body: Sequence[ast.stmt],
        scope: Scope,
    ) -> Function:
        """Return a function of its syntax."""
        positional = (*arguments.posonlyargs, *arguments.args)
        without = len(positional) - len(arguments.defaults)
        defaults = (*[None] * without, *arguments.defaults, *arguments.kw_defaults)
        parameters = (*positional, *arguments.kwonlyargs)
        return cls(
            name,
            tuple(parameter.arg for parameter in parameters),
            tuple(MISSING if one is None else run.evaluate(run, one, scope) for one in defaults),
            len(positional),
            arguments.vararg.arg if arguments.vararg else None,
            arguments.kwarg.arg if arguments.kwarg else None,
            body,
            scope,
            parameters,
            assigned(body),
            any(isinstance(part, (ast.Yield, ast.YieldFrom)) for part in outside(body)),
        )


def call(
    run: Run, function: Any, arguments: list[Any], keywords: dict[str, Any], place: Place
) -> Any:
    """Return the result of a call. Raises `TypeProblem` for what cannot be called so."""
    recording = run.recording
    recording.charge()
    recording.place = place
    if isinstance(function, Builtin):
        return function(run, *arguments, **keywords)
    if isinstance(function, Function):
        return _call_defined(run, function, arguments, keywords)
    if isinstance(function, Ignored):
        return function
    if callable(function):  # a neuron, a layer or a network
        if len(arguments) != 1 or not isinstance(arguments[0], (list, tuple)):
            raise TypeProblem(
                f"{capitalized(describe(function))} is called with one list.",
                hint="write model([1.0, 2.0])",
            )
        with recording.inside(_called(run, place)):
            return function(arguments[0])
    raise _no_call(run, function, place)


def apply(run: Run, function: Any, /, *operands: Any, **named: Any) -> Any:
    """Return the result of a call that a function of the library makes, at the place of its own."""
    place = run.recording.place
    assert place is not None  # something is being called
    result = call(run, function, [*operands], named, place)
    run.recording.place = place
    return result


def _no_call(run: Run, value: Any, place: Place) -> TypeProblem:
    called = place.func if isinstance(place, ast.Call) else None
    name = called.id if isinstance(called, ast.Name) else None
    line = run.program.line_of(name) if name and name in run.library else None
    return no_call(describe(value), called, run.program.text(called or place), line)


def split_number(run: Run) -> str | None:
    """Return a hint if two operands of the call look like one number with a decimal comma."""
    place = run.recording.place
    if not isinstance(place, ast.Call):
        return None
    spans = [run.program.span(operand) for operand in place.args]
    source = run.program.source
    return decimal_comma(source[one[0] : other[1]] for one, other in pairwise(spans))


def _called(run: Run, place: Place) -> str:
    """Return a call as the program writes it, without what it is given if that is long."""

    def text(part: Place) -> str:
        return " ".join(run.program.text(part).split())

    whole = text(place)
    if len(whole) <= LONGEST_CALL:
        return whole
    function = text(place.func if isinstance(place, ast.Call) else place)
    return f"{function if len(function) <= LONGEST_CALL else function[:LONGEST_CALL] + '…'}(…)"


def _call_defined(
    run: Run, function: Function, arguments: list[Any], keywords: dict[str, Any]
) -> Any:
    recording = run.recording
    recording.guards.effects += 1  # its statements may do anything
    named = {} if function.named is None else _left_over(function, keywords)
    values = _matched(run, function, arguments, keywords)
    with run.deeper(), recording.inside(function.name, yields=function.yields):
        scope = Scope(function.scope, own=function.own)
        for name, value, place in zip(function.parameters, values, function.places, strict=False):
            run.bind(name, value, scope, place)
        if function.rest:
            scope.names[function.rest] = tuple(values[len(function.parameters) :])
        if function.named:
            scope.names[function.named] = named
        if function.yields:
            return Generator(run, function.name, run.produce(run, function.body, scope))
        return run.execute(run, function.body, scope)


def _left_over(function: Function, keywords: dict[str, Any]) -> dict[str, Any]:
    """Take out what is given by names that are no parameters'."""
    return {name: keywords.pop(name) for name in [*keywords] if name not in function.parameters}


def _matched(
    run: Run, function: Function, arguments: list[Any], keywords: dict[str, Any]
) -> list[Any]:
    """Return one value for each parameter, then the rest."""
    parameters, count = function.parameters, function.positional
    if len(arguments) > count and function.rest is None:
        raise TypeProblem(
            f"`{function.name}` takes {count} operand{'s'[: count != 1]}, not {len(arguments)}.",
            hint=split_number(run),
        )
    given = dict(zip(parameters, arguments[:count], strict=False))
    for name, value in keywords.items():
        if name not in parameters or name in given:
            raise TypeProblem(f"`{function.name}` cannot be given `{name}` like this.")
        given[name] = value
    values = [
        given.get(name, default)
        for name, default in zip(parameters, function.defaults, strict=True)
    ]
    if MISSING in values:
        raise TypeProblem(
            f"`{function.name}` is called without its `{parameters[values.index(MISSING)]}`."
        )
    return [*values, *arguments[count:]]
