"""Program: accepted source text, its syntax tree, and where everything stands in the source."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import accumulate

from engine.errors import ChainruleError, LimitExceeded, SyntaxProblem
from engine.language.hints.syntax import complaint, slip
from engine.language.spelling import Spelling, is_plain, spell
from engine.limits import Limits

Place = ast.expr | ast.stmt | ast.arg | ast.alias


PIECE = 500
"""Characters of text to parse at once. A syntax tree is some fifty times as large as its text: in
pieces it stays in the processor's cache, and a long program takes no longer per line than a short
one."""

CONTINUES = (" ", "\t", ")", "]", "}", "else", "elif", "except", "finally", "#", "\f")


COMMA = re.compile(
    r"(?:^|;)[ \t]*(?P<name>[^\W\d]\w*)[ \t]*=[^#'\"(\[{=;:\n]*?"
    r"(?<![\w.,])(?P<number>\d+,\d+)(?![\w.,])",
    re.MULTILINE,
)

INNER = (
    *(ast.FunctionDef, ast.ClassDef, ast.Lambda),
    *(ast.ListComp, ast.GeneratorExp, ast.SetComp, ast.DictComp),
)
"""Syntax with names of its own."""


class Program:
    """The statements of a source text, and where everything in them stands."""

    def __init__(self, spelling: Spelling, limits: Limits) -> None:
        self.spelling = spelling
        self.limits = limits
        self.lines = spelling.text.split("\n")
        self.starts = [0, *accumulate(len(line) + 1 for line in self.lines)]
        self.is_plain = spelling.text.isascii() and not spelling.shifts
        self.before = 0
        """Lines before the piece that is being run: its syntax counts lines from there."""

    @property
    def source(self) -> str:
        """The text as it was typed."""
        return self.spelling.source

    def pieces(self) -> Iterator[list[ast.stmt]]:
        """Yield the statements in order, some at a time. Raises `SyntaxProblem`, `LimitExceeded`.

        Places mean something, to `span` and `spans`, until the next piece is asked for.
        """
        for first, last in _pieces(self.lines):
            self.before = first
            try:
                tree = _tree("\n".join(self.lines[first:last]))
            except (SyntaxError, RecursionError, MemoryError):
                # It may have been cut within a statement: what is left is parsed as a whole.
                yield self._parse(first).body
                return
            yield tree.body

    def _parse(self, first: int = 0) -> ast.Module:
        try:
            return _tree("\n".join(self.lines[first:]))
        except SyntaxError as error:
            raise self._explained(error, first) from None
        except (RecursionError, MemoryError):
            spell(self.source, self.limits)
            raise LimitExceeded(
                f"The program nests deeper than the limit `nesting` of {self.limits.nesting}.",
                hint="Give inner parts names of their own.",
            ) from None

    def _explained(self, error: SyntaxError, before: int) -> ChainruleError:
        """Return Python's complaint as ours: a sentence, the place, the way out."""
        text = self.spelling.text
        # Python counts these columns in code points, from 1; an end of 0 or less is unknown.
        last = len(self.lines)
        line = min((error.lineno or 1) + before, last)
        start = self.starts[line - 1] + max((error.offset or 1) - 1, 0)
        end = start + 1
        if error.end_lineno and error.end_offset and error.end_offset > 0:
            end = self.starts[min(error.end_lineno + before, last) - 1] + error.end_offset - 1
        start = min(start, len(text))
        end = min(max(end, start + 1), max(len(text), start))
        place = self.spelling.place
        indented = isinstance(error, IndentationError)
        if not indented and (meant := slip(self.source, place(start))):
            return meant
        spell(self.source, self.limits)  # may know a better reason
        message, hint = complaint(error.msg, text, start, end)
        return SyntaxProblem(message, span=(place(start), place(end)), hint=hint)

    def span(self, place: Place) -> tuple[int, int]:
        """Return `[start, end)` of a piece of syntax, in code points of the source."""
        line = place.lineno + self.before - 1
        end = (place.end_lineno or place.lineno) + self.before - 1
        column, end_column = place.col_offset, place.end_col_offset or place.col_offset
        if self.is_plain:
            starts = self.starts
            return starts[line] + column, starts[end] + end_column
        return self._position(line, column), self._position(end, end_column)

    def spans(self, places: Iterable[Place | None]) -> list[tuple[int, int] | None]:
        """Return the spans of many places: every node has one, so this is done in one go."""
        if not self.is_plain:
            return [None if place is None else self.span(place) for place in places]
        starts, before = self.starts, self.before - 1
        return [
            None
            if place is None
            else (
                starts[place.lineno + before] + place.col_offset,
                starts[place.end_lineno + before] + place.end_col_offset,  # type: ignore[operator]
            )
            for place in places
        ]

    def text(self, place: Place) -> str:
        """Return what was typed there."""
        return self.source[slice(*self.span(place))]

    def _position(self, line: int, column: int) -> int:
        """Return the code point of the source at a line and a column in bytes of UTF-8."""
        characters = len(self.lines[line].encode()[:column].decode(errors="ignore"))
        return self.spelling.place(self.starts[line] + characters)

    @cached_property
    def tree(self) -> ast.Module:
        """The syntax of the whole program, whose places count from its first line."""
        return self._parse()

    @cached_property
    def assigned(self) -> frozenset[str]:
        """Names that the program assigns outside of functions and comprehensions."""
        return assigned(self.tree.body)

    @cached_property
    def own(self) -> frozenset[str]:
        """Names that the program assigns or reads outside of functions and comprehensions."""
        names = {node.id for node in outside(self.tree.body) if isinstance(node, ast.Name)}
        return self.assigned | names

    @cached_property
    def dialect(self) -> str | None:
        """The library whose arrays the program works with; None if it names several, or none."""
        names = {node.id for node in ast.walk(self.tree) if isinstance(node, ast.Name)}
        found = [library for library, doors in DIALECTS.items() if names & doors]
        return found[0] if len(found) == 1 else None

    @cached_property
    def commas(self) -> dict[str, str]:
        """Names that are assigned what has a decimal comma, as in `a = 2,5`, and that number."""
        return {found["name"]: found["number"] for found in COMMA.finditer(self.source)}

    def line_of(self, name: str) -> int | None:
        """Return the first line that assigns a name, or takes it as a parameter."""
        lines = (
            node.lineno
            for node in ast.walk(self.tree)
            if (isinstance(node, ast.Name) and node.id == name and not _is_read(node))
            or (isinstance(node, ast.arg) and node.arg == name)
        )
        return min(lines, default=None)


DIALECTS = {"numpy": {"np", "numpy", "jnp"}, "torch": {"torch", "nn"}}
"""Libraries that call different things by one name, and the names by which programs call them."""


def assigned(body: Iterable[ast.AST]) -> frozenset[str]:
    """Return the names that statements assign as their own, but not what functions in them do."""
    names: set[str] = set()
    shared: set[str] = set()
    for node in outside(body):
        if isinstance(node, ast.Name) and not _is_read(node):
            names.add(node.id)
        elif isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            names.add(node.name)
        elif isinstance(node, (ast.Global, ast.Nonlocal)):
            shared.update(node.names)
    return frozenset(names - shared)


def outside(body: Iterable[ast.AST]) -> Iterator[ast.AST]:
    """Yield the syntax of statements, but not what stands in functions and comprehensions."""
    waiting = [*body]
    while waiting:
        node = waiting.pop()
        yield node
        if not isinstance(node, INNER):
            waiting.extend(ast.iter_child_nodes(node))


def _is_read(name: ast.Name) -> bool:
    return isinstance(name.ctx, ast.Load)


def _tree(text: str) -> ast.Module:
    """Return the syntax tree of a text; Python's own errors pass."""
    try:
        return ast.parse(text)
    except SystemError:  # Python counts the depth over all threads, and may miscount: once more
        return ast.parse(text)


def parse(source: str, limits: Limits) -> Program:
    """Return the program of a source text. Raises `SyntaxProblem`, `NotAllowed`, `LimitExceeded`.

    What Python's parser would find is found when the statements are read.
    """
    if is_plain(source, limits):
        return Program(Spelling(source, source, ()), limits)
    try:
        return Program(spell(source, limits), limits)
    except SyntaxProblem as error:
        raise (error.span and slip(source, error.span[0])) or error from None


def _pieces(lines: list[str]) -> Iterator[tuple[int, int]]:
    """Yield ranges of lines that can be parsed one after another.

    Each begins where a statement seems to begin. A cut in the wrong place cannot go unnoticed:
    neither an open bracket, nor an open string, nor a dangling `else` parses by itself.
    """
    if any("def " in line or "lambda" in line for line in lines):
        yield 0, len(lines)  # functions run later, when other lines are counted from
        return
    first = length = 0
    for index, line in enumerate(lines):
        if length > PIECE and line and not line.startswith(CONTINUES):
            yield first, index
            first, length = index, 0
        length += len(line)
    yield first, len(lines)
