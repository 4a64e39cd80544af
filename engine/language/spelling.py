"""Spelling: source text made ready for Python's parser, every character accounted for.

Pasted signs (− × · ÷) and `^` become Python's operators; look-alike letters, `2x` and numerals of
any length are refused here, where the place is known. Nesting is measured here too, because
Python's parser can exhaust the C stack before it complains.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass

from engine.errors import ChainruleError, LimitExceeded, NotAllowed, SyntaxProblem
from engine.limits import Limits

TOKEN = re.compile(
    r"""
    (?P<string>[rRfFbBuU]{0,2}(?:\"{3}(?:[^\\]|\\.)*?\"{3}|'{3}(?:[^\\]|\\.)*?'{3}
                              |"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'))
  | (?P<comment>\#[^\r\n]*)
  | (?P<magic>(?:(?<=\n)|\A)(?:[%!]|Out[ ]?\[[0-9]*\]:)[^\r\n]*)
  | (?P<prompt>(?:(?<=\n)|\A)[ ]*(?:>>>|\.\.\.:?|In[ ]?\[[0-9* ]*\]:)[ ]?)
  | (?P<number>0[xXbBoO][0-9a-fA-F_]+
              |(?:[0-9][0-9_]*\.?[0-9_]*|\.[0-9][0-9_]*)(?:[eE][+-]?[0-9]+)?)
  | (?P<name>[^\W\d]\w*)
  | (?P<newline>\r\n|\r|\n)
  | (?P<open>[\(\[\{])
  | (?P<close>[\)\]\}])
  | (?P<power>\*\*|\^)
  | (?P<separator>[,;:=]|[<>!=]=)
  | (?P<sign>[-+~−–])
  | (?P<infix>[*/%<>&|@×·⋅÷])
  | (?P<space>[ \t\f]+|\\\r?\n)
  | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)

SPELLINGS = {"^": "**", "−": "-", "–": "-", "×": "*", "·": "*", "⋅": "*", "÷": "/", "\u00a0": " "}
SPELLINGS |= {"\r\n": "\n", "\r": "\n"}

PREFIX_WORDS = {"not", "lambda", "else"}
BREAKING_WORDS = {"and", "or", "in", "is", "for", "return"}
KEYWORD_AFTER_NUMBER = {"if", "else", "for", "in", "is", "and", "or", "not"}

TWINS = frozenset("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧοıĸ")
"""Greek and Latin letters that look exactly like others."""

QUOTES = frozenset("“”„‘’«»")
MEANT = {"√": "sqrt(…)", "∑": "sum(…)", "∞": "inf", "←": "=", "≤": "<=", "≥": ">=", "≠": "!="}
"""Signs of mathematics, and what Python has for them."""

UNENCODABLE = re.compile("[\0\ud800-\udfff]")


BRACKET = re.compile(r"[()\[\]{}]")

SUSPECT = re.compile(r"""[^\n "#&'()*+,\-./0-9:;<=>A-Z[\]_a-z{|}]""")
"""Characters that call for a look at every token: all but these. One set is found fastest."""

PROMPT = re.compile(r">>>|In ?\[|Out ?\[")

SIGNS = re.compile(r"[-+](?:[ ]*[-+]){8}")

RIGHTWARD = re.compile(r"\*\*|not |lambda|else|\n")
"""What nests without brackets, and where a line ends with all that nests in it."""


@dataclass(frozen=True, slots=True)
class Spelling:
    """Text that Python can parse, and where each of its characters stood in the source."""

    source: str
    text: str
    shifts: tuple[tuple[int, int], ...]
    """(position in text, what to add from there on to get the position in the source)."""

    def place(self, position: int) -> int:
        """Return where a character of the text stood in the source."""
        if not self.shifts:
            return position
        index = bisect_right(self.shifts, (position, len(self.source))) - 1
        return position + (self.shifts[index][1] if index >= 0 else 0)


def spell(source: str, limits: Limits) -> Spelling:
    """Return the source in Python's spelling.

    Raises `LimitExceeded`, `NotAllowed` or `SyntaxProblem` at the first place that calls for it.
    """
    if len(source) > limits.source:
        raise LimitExceeded(
            f"The program has {len(source)} characters; the limit `source` is {limits.source}.",
            hint="Shorten the program.",
        )
    if broken := UNENCODABLE.search(source):
        raise _unreadable(broken.group(), broken.span())
    pieces: list[str] = []
    shifts: list[tuple[int, int]] = []
    depth = _Depth(limits.nesting)
    length = 0
    for match in TOKEN.finditer(source):
        kind, token = str(match.lastgroup), match.group()
        _check(match, limits)
        depth.see(kind, token, match.span())
        if kind == "magic":
            text = "#" + token[1:]  # a notebook's command line, or what it answered
        elif kind == "prompt":
            text = ""  # Python's own, pasted with what was typed after it
        elif kind == "string":
            text = token.replace("\r\n", "\n").replace("\r", "\n")
        else:
            text = SPELLINGS.get(token, token)
        pieces.append(text)
        length += len(text)
        if len(text) != len(token):
            shifts.append((length, match.end() - length))
    return Spelling(source, "".join(pieces), tuple(shifts))


def is_plain(source: str, limits: Limits) -> bool:
    """Tell quickly that Python's parser can be given the source as it is.

    Long programs are mostly plain, and reading them token by token takes longer than parsing. A
    plain source that does not parse is spelled all the same, to say better what is wrong with it.
    """
    if len(source) > limits.source or "__" in source or PROMPT.search(source):
        return False
    if SUSPECT.search(source) or SIGNS.search(source):
        return False
    deepest = depth = 0
    for bracket in BRACKET.findall(source):
        depth += 1 if bracket in "([{" else -1
        deepest = max(deepest, depth)
    longest = run = 0
    for word in RIGHTWARD.findall(source):
        run = 0 if word == "\n" else run + 1
        longest = max(longest, run)
    return deepest + longest <= limits.nesting


def _check(match: re.Match[str], limits: Limits) -> None:
    kind, token, span = match.lastgroup, match.group(), match.span()
    if kind == "name":
        if token == "class":
            raise NotAllowed(
                "`class` is not in the language.",
                span=span,
                hint="Value, Neuron, Layer and MLP are here already",
            )
        check_name(token, span[0])
    elif kind == "number":
        _check_number(match, limits)
    elif kind == "other":
        _check_other(token, span)


class _Depth:
    """How deep the text nests: open brackets, and prefix operators not yet given an operand."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.total = 0
        self.runs = [0]
        self.after_operand = False

    def see(self, kind: str, token: str, span: tuple[int, int]) -> None:
        """Follow one more token."""
        if kind in ("space", "comment", "magic", "prompt"):
            return
        if kind == "string" and token[0] in "fF":
            for inner in TOKEN.finditer(token[2:-1]):
                self.see(str(inner.lastgroup), inner.group(), span)
        prefix = kind == "sign" and not self.after_operand
        if kind == "open":
            self._deepen(span)
            self.runs.append(0)
        elif kind == "close":
            self._end_run()
            if len(self.runs) > 1:
                self.runs.pop()
                self.total -= 1
        elif prefix or kind == "power" or token in PREFIX_WORDS:
            self._deepen(span)
            self.runs[-1] += 1
        elif kind in ("sign", "infix", "separator", "newline") or token in BREAKING_WORDS:
            self._end_run()
        self.after_operand = kind in ("number", "string", "close") or (
            kind == "name" and token not in PREFIX_WORDS | BREAKING_WORDS
        )

    def _deepen(self, span: tuple[int, int]) -> None:
        self.total += 1
        if self.total > self.limit:
            raise LimitExceeded(
                f"The program nests deeper than the limit `nesting` of {self.limit}.",
                span=span,
                hint="Give inner parts names of their own.",
            )

    def _end_run(self) -> None:
        self.total -= self.runs[-1]
        self.runs[-1] = 0


def check_name(name: str, start: int) -> None:
    """Refuse names that are private to Python, or that another name can be mistaken for."""
    span = (start, start + len(name))
    if name.startswith("__") and name not in ("__name__", "__future__"):
        raise NotAllowed(
            f"`{name}` is not in the language: names do not begin with two underscores.", span=span
        )
    if name.isascii():
        return
    for index, letter in enumerate(name):
        digit = unicodedata.normalize("NFKC", letter)
        if digit.isdigit() and digit != letter:
            raised = "SUPERSCRIPT" in unicodedata.name(letter, "")
            raise SyntaxProblem(
                f"`{letter}` is not part of a name.",
                span=(start + index, start + index + 1),
                hint=f"write {name[:index]}{'**' if raised else ''}{digit}",
            )
        problem = _letter_problem(letter)
        if problem:
            raise NotAllowed(
                f"{problem} in the name `{name}`.",
                span=(start + index, start + index + 1),
                hint="Write names with Latin or Greek letters.",
            )


def _letter_problem(letter: str) -> str | None:
    described = unicodedata.name(letter, "an unnamed character")
    if letter.isascii() or (
        ("À" <= letter <= "ſ" or "Α" <= letter <= "ώ")
        and letter not in TWINS
        and unicodedata.normalize("NFKC", letter) == letter
    ):
        return None
    if letter == "µ":  # the micro sign of many keyboards; Python reads it as the Greek mu
        return None
    return f"The letter {letter!r} ({described}) can be mistaken for another"


def _check_number(match: re.Match[str], limits: Limits) -> None:
    token, (start, end) = match.group(), match.span()
    if len(token) > limits.numeral:
        raise LimitExceeded(
            f"A number of {len(token)} characters; the limit `numeral` is {limits.numeral}.",
            span=(start, end),
        )
    after = TOKEN.match(match.string, end)
    if after and after.lastgroup == "name" and after.group() not in KEYWORD_AFTER_NUMBER:
        raise SyntaxProblem(
            f"`{token}{after.group()}` is not a name and not a number.",
            span=(start, after.end()),
            hint=f"write {token}*{after.group()}",
        )


def _check_other(token: str, span: tuple[int, int]) -> None:
    if token in SPELLINGS or token in ".`\"'!":
        return  # what is wrong with these, Python's parser says better
    if token in QUOTES:
        raise SyntaxProblem(
            f"`{token}` is a typographic quotation mark.", span=span, hint="write ' or \""
        )
    raise _unreadable(token, span)


def _unreadable(token: str, span: tuple[int, int]) -> ChainruleError:
    described = unicodedata.name(token, f"U+{ord(token):04X}")
    shown = f"`{token}` ({described})" if token.isprintable() else described
    return SyntaxProblem(
        f"The character {shown} is not in the language.",
        span=span,
        hint=f"write {MEANT[token]}" if token in MEANT else None,
    )
