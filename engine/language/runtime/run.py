"""Run: what every part of the interpreter needs at hand, and the scopes that names live in."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Generator as Steps
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from numpy.random import RandomState

from engine.errors import LimitExceeded, TypeProblem, UnknownName, encodable
from engine.language.hints.names import LONGEST, NOT_NAMES, slip_of
from engine.language.program import Place, Program
from engine.language.runtime.recording import Recording
from engine.language.runtime.variable import Number, Variable
from engine.language.spelling import check_name
from engine.nn import MLP, SEED, Maker, Module

MISSING = object()
"""Stands for what nothing was given for."""


class Scope:
    """Names bound by the program, by one call of a function, or by a comprehension."""

    __slots__ = ("names", "own", "parent", "shared")

    def __init__(
        self,
        parent: Scope | None = None,
        names: dict[str, Any] | None = None,
        own: frozenset[str] = frozenset(),
    ) -> None:
        self.names: dict[str, Any] = names if names is not None else {}
        self.parent = parent
        self.own = own
        """Names that a function assigns: until it does, they stand for nothing."""
        self.shared: dict[str, Scope] = {}
        """Names that `global` or `nonlocal` declares, with the scope that keeps them."""


class Inner(Scope):
    """Names of a comprehension; what `:=` names within it is named outside of it."""

    __slots__ = ()


class RecordedMaker(Maker):
    """Makes networks whose parameters are inputs of the program."""

    def __init__(self, recording: Recording, seed: int = SEED) -> None:
        super().__init__(seed)
        self.recording = recording
        self.inside = recording.inside  # type: ignore[method-assign]

    @cached_property
    def numpy_random(self) -> RandomState:
        """NumPy's own generator, for programs that draw through NumPy."""
        return RandomState(SEED)

    def parameter(self, number: float) -> Variable:
        """Return a new unnamed input; it is named when the network is."""
        return self.recording.input("", number, self.recording.place)

    def lift(self, number: Any) -> Any:
        """Return an input of a network, a plain number made a constant of the recording."""
        if isinstance(number, Variable):
            return number
        place = self.recording.place
        return self.recording.constant(plain(number), place)


@dataclass(slots=True)
class Run:
    """One run of a program: its text, its recording, its names."""

    program: Program
    recording: Recording
    library: Mapping[str, Any]
    execute: Callable[[Run, Sequence[ast.stmt], Scope], Any]
    """Runs the body of a function; `functions` calls it, `statements` has it."""
    produce: Callable[[Run, Sequence[ast.stmt], Scope], Steps[Any, None, Any]]
    """Yields what the body of a function yields; `functions` calls it, `yielding` has it."""
    evaluate: Callable[[Run, ast.expr, Scope], Any]
    """Returns the value of an expression; `displays` calls it, `expressions` has it."""
    globals: Scope = field(init=False)
    maker: RecordedMaker = field(init=False)
    last: Any = None
    """The value of the program's last statement that has one."""
    silent: tuple[TypeProblem, Any] | None = None
    """What to say of a name that was given nothing, and the last value at that time."""
    printed: Variable | None = None
    """The last Value that was printed."""
    calls: int = 0

    def __post_init__(self) -> None:
        library = dict(self.library)
        for name in self.recording.labels.overrides.keys() & library.keys():
            del library[name]  # the request says that it is an input
        self.globals = Scope(Scope(None, library))
        self.maker = RecordedMaker(self.recording)

    def innermost(self, value: Any) -> Variable | Number | None:
        """Return a value that could be an output: itself, or the last element of a list."""
        for _ in range(self.recording.limits.nesting):  # a list may hold itself
            if not isinstance(value, (list, tuple, dict)) or not value:
                break
            value = (list(value.values()) if isinstance(value, dict) else value)[-1]
        return value if type(value) is Variable or is_number(value) else None

    def close(self) -> None:
        """Let go of what the program held, so that it is freed now and not by the collector."""
        self.globals.names.clear()
        self.recording.inputs.clear()

    @contextmanager
    def deeper(self) -> Iterator[None]:
        """Count a call that goes on meanwhile. Raises `LimitExceeded` past `nesting` calls."""
        limit = self.recording.limits.nesting
        if self.calls >= limit:
            raise LimitExceeded(
                f"Calls nest deeper than the limit `nesting` of {limit}.",
                hint="Does a function call itself without end?",
            )
        self.calls += 1
        try:
            yield
        finally:
            self.calls -= 1

    def knows(self, name: str, scope: Scope) -> bool:
        """Tell whether a name stands for something already."""
        level: Scope | None = scope
        while level is not None:
            if name in level.names:
                return True
            level = level.parent
        return False

    def lookup(self, name: str, scope: Scope, place: Place) -> Any:
        """Return what a name stands for; a name that nothing assigns is an input of value 1."""
        level: Scope | None = scope
        while level is not None:
            if name in level.names:
                return level.names[name]
            if name in level.own:
                raise UnknownName(
                    f"`{name}` is used before it is given a value.",
                    span=self.program.span(place),
                    hint="a function that assigns a name has one of its own: hand it in, return it",
                )
            level = level.parent
        if name in self.program.assigned:
            raise UnknownName(
                f"`{name}` is used before it is given a value.",
                span=self.program.span(place),
                hint=f"put a line like {name} = 1.0 before",
            )
        if name in NOT_NAMES and name not in self.recording.labels.overrides:
            raise UnknownName(
                f"Python has no `{name}`.",
                span=self.program.span(place),
                hint=f"write {NOT_NAMES[name]}",
            )
        check_name(name, self.program.span(place)[0])  # names within f-strings, too
        variable = self.recording.input(name, 1.0, place)
        self.recording.labels.default(name, lambda: self._meant(name, scope))
        self.globals.names[name] = variable
        return variable

    def _meant(self, name: str, scope: Scope) -> str | None:
        """Return the name that may be meant by one that nothing assigns, if one is nearly it."""
        own = set(self.program.assigned)
        level: Scope | None = scope
        while level is not None and level.parent is not None:  # the outermost is the library
            own |= level.names.keys()
            level = level.parent
        own -= self.recording.labels.defaulted.keys()
        return slip_of(name, own) or slip_of(name, self.library)

    def holder(self, name: str, scope: Scope) -> Scope:
        """Return the scope in which a name is assigned: an outer one if that is declared."""
        return scope.shared.get(name, scope)

    def forget(self, name: str, scope: Scope, place: Place) -> None:
        """Let go of a name. Raises `UnknownName` if it stands for nothing."""
        names = self.holder(name, scope).names
        if name not in names:
            raise UnknownName(
                f"Nothing gives `{name}` a value.",
                span=self.program.span(place),
                hint=f"put a line before that makes {name}",
            )
        del names[name]

    def bind(self, name: str, value: Any, scope: Scope, place: Place) -> Any:
        """Give a name to a value and return it. A plain number becomes an input of that name."""
        if scope.shared:
            scope = self.holder(name, scope)
        kind = type(value)
        if kind is Variable:
            if value.node.label == "":
                self.recording.labels.baptise(value.node, name)
        elif kind is float or kind is int:
            # A local name is another one than the global of that name, which the request sets.
            local = scope is not self.globals and name in self.recording.labels.overrides
            fixed = local and name in self.program.own
            value = self.recording.input(name, value, place, fixed=fixed)
            self.recording.plain.add(value.node)
            if scope is not self.globals:
                self.recording.inner.add(value.node)
        elif kind is list or isinstance(value, (list, tuple, dict, Module)):
            self.baptise(name, value)
        scope.names[name] = value
        return value

    def baptise(self, name: str, value: Any) -> None:
        """Name what a list or a network holds by where it sits: `w[0]`, `model[0][3].b`."""
        if isinstance(value, Variable):
            self.recording.labels.baptise(value.node, name)
        elif isinstance(value, (list, tuple)):
            self.recording.charge(len(value))
            for index, item in enumerate(value):
                self.baptise(f"{name}[{index}]", item)
        elif isinstance(value, dict):
            self.recording.charge(len(value))
            for index, (key, item) in enumerate(value.items()):
                shown = repr(key) if len(repr(key)) <= LONGEST else f"{repr(key)[:LONGEST]}…{index}"
                self.baptise(encodable(f"{name}[{shown}]"), item)
        elif isinstance(value, Module):
            for after, part in value.parts().items():
                self.baptise(f"{name}{after}", part)


def is_number(value: object) -> bool:
    """Tell whether a value is a plain number."""
    return type(value) in (float, int, bool)


def plain(value: Any) -> float:
    """Return a number or a Variable's number. Raises `TypeProblem` for anything else."""
    if type(value) is Variable:
        return value.recording.read(value)
    if is_number(value):
        return float(value)
    raise TypeProblem(f"A number is needed here, not {describe(value)}.")


def whole(value: Any, purpose: str = "a count or an index") -> int:
    """Return a whole number, of a plain number or an input whose value is whole."""
    number = plain(value)
    if number != number // 1:  # inf and nan are not whole either
        raise TypeProblem(f"{number:g} is not whole; {purpose} is.", hint="write a whole number")
    if abs(number) > 2**53:
        raise LimitExceeded(f"{number:g} is too large for {purpose}.")
    return int(number)


def items_of(value: Any) -> list[Any] | tuple[Any, ...]:
    """Return what a loop goes over. Raises `TypeProblem` for what has no elements."""
    if isinstance(value, (list, tuple)):
        return value
    if isinstance(value, (dict, Iterator)):
        return list(value)
    raise TypeProblem(
        f"A list is needed here, not {describe(value)}.",
        hint="write [a, b], or range(n) to count",
    )


def each(run: Run, value: Any) -> Iterable[Any]:
    """Return what a loop goes over; a generator is asked for one value after the other."""
    return value if isinstance(value, Iterator) else items_in(run, value)


def items_in(run: Run, value: Any) -> list[Any] | tuple[Any, ...]:
    """Return what a loop goes over, the characters of a text included."""
    if not isinstance(value, str):
        return items_of(value)
    run.recording.guards.read_text()
    run.recording.charge(len(value))
    return list(value)


def settle(number: float, *operands: Number) -> Number:
    """Return the result of plain numbers: whole if all were, as in Python, else a double."""
    if all(type(operand) is not float for operand in operands) and abs(number) <= 2**53:
        return int(number) if number == number // 1 else number
    return number


def describe(value: object) -> str:
    """Name the kind of a value in words."""
    if value is None:
        return "nothing (None)"
    if isinstance(value, str):
        return "text"
    if isinstance(value, bool):
        return "True or False"
    noun = getattr(type(value), "noun", "")
    if isinstance(value, (list, tuple)):
        noun = noun or ("a list" if isinstance(value, list) else "a tuple")
        return f"{noun} of {len(value)}"
    if isinstance(value, dict):
        return f"a dictionary of {len(value)}"
    if isinstance(value, Module):
        return "an MLP" if isinstance(value, MLP) else f"a {type(value).__name__}"
    if isinstance(value, Variable) or is_number(value):
        return "a number"
    if noun or isinstance(value, Callable):  # type: ignore[arg-type]
        return f"{noun or 'the function'} `{getattr(value, 'name', 'function')}`"
    return "this"


def capitalized(words: str) -> str:
    """Return words as they begin a sentence."""
    return words[:1].upper() + words[1:]
