"""Habits: what people write who know another language, or mathematics, as a table of patterns."""

from __future__ import annotations

import keyword
from typing import NamedTuple

from engine.operations import OPERATIONS


class Slip(NamedTuple):
    """A pattern, what is wrong with what it finds, and the way out.

    The place is that of the group `at`. `<name>` in a sentence is what a group has found.
    """

    pattern: str
    message: str
    hint: str
    here: bool = False
    """Whether it is one only where Python stopped."""


FUNCTIONS = {row.symbol for row in OPERATIONS.values() if row.symbol.isidentifier()}

NAME = r"[^\W\d]\w*"
KEYWORDS = "|".join(keyword.kwlist)
DECLARED = "|".join("int float double real number var let const auto dim".split(" "))
CALLED = "|".join(sorted(FUNCTIONS))
STATEMENT = rf"^[ \t]*(?!(?:{KEYWORDS}|print)\b)"
"""The beginning of a line that no word of Python begins."""

SIDE = r"(?:\d[\w.]*|[^=(\[:;?<>!]*[\w)\]][ \t]*[-+*/][^=(\[:;?<>!]*?)(?<![-+*/ \t])"
"""A number or a formula, where a name should stand."""

MEANT = {
    **dict.fromkeys(("else if", "elseif", "elsif", "sinon si"), "elif"),
    **dict.fromkeys(("function", "func", "fun", "fn", "define", "fonction"), "def"),
    **dict.fromkeys(("foreach", "for each", "for all", "pour"), "for"),
    **dict.fromkeys(("retourner", "renvoyer"), "return"),
    **{"si": "if", "sinon": "else", "tant que": "while"},
    **{word.title(): word for word in ("if", "elif", "else", "for", "while", "def", "return")},
    **{word.upper(): word for word in ("if", "elif", "else", "for", "while", "def", "return")},
    "Import": "import",
}
"""Words that begin a line in other languages, or in capitals, and those that Python has."""

SIGNS = {
    r"===": "==",
    r"!==": "!=",
    r"&&": "and",
    r"\|\|": "or",
    r"<>": "!=",
    r"=<": "<=",
    r"=>": ">=",
    r"!(?=[ \t]*[\w(])(?!=)": "not",
    r"\*[ \t]+\*": "**",
    r";[ \t]*;": ";",
}
"""Signs of other languages, and those that Python has."""

SLIPS = (
    # Words.
    Slip(
        rf"^[ \t]*(?P<at>for)[ \t]*\([ \t]*(?:\w+[ \t]+)?(?P<i>{NAME})[ \t]*=[ \t]*0[ \t]*;"
        r"[^;<]*<[ \t]*(?P<n>[\w.]+)[ \t]*;",
        "Python's `for` goes over a list.",
        "write for <i> in range(<n>):",
    ),
    Slip(
        r"^[ \t]*(?P<at>for)[ \t]*\([^;]*;[^;]*;",
        "Python's `for` goes over a list.",
        "write for i in range(3):",
    ),
    Slip(
        rf"^[ \t]*for[ \t]+(?P<i>{NAME})[ \t]*(?P<at>=|in[ \t]+\w+(?:\.\.|:)\w)",
        "Python's `for` goes over a list.",
        "write for <i> in range(3):",
    ),
    Slip(
        rf"^[ \t]*(?P<at>function|func|fun|fn|define|fonction)[ \t]+(?P<f>{NAME}[ \t]*\([^()]*\))",
        "Python has no `<at>`.",
        "write def <f>: and below it return …",
    ),
    *(
        Slip(
            rf"^[ \t]*(?:\}}[ \t]*)?(?P<at>{word.replace(' ', '[ ]+')})(?=[\s:({{]|$)"
            r"(?![ \t]*[-+*/]?=)",
            "Python has no `<at>`.",
            f"write {meant}",
        )
        for word, meant in MEANT.items()
    ),
    Slip(
        rf"^[ \t]*(?P<at>(?:{DECLARED})(?:[ \t]+(?:{DECLARED}))*)[ \t]+"
        rf"(?P<rest>{NAME}[ \t]*=(?!=)[ \t]*[^;]+?)[ \t]*;?[ \t]*$",
        "A name is not declared: it gets a value, and is there.",
        "write <rest>",
    ),
    Slip(
        r"^[ \t]*(?:\}[ \t]*)?(?P<head>(?:if|elif|else|for|while|def)\b[^{}:]*?)[ \t]*(?P<at>\{)",
        "What belongs to a line is indented below it, not put into brackets.",
        "write <head>: and indent the lines below",
    ),
    Slip(
        r"^[ \t]*(?P<head>(?:if|elif|while|for)\b[^:]*?)[ \t]*\b(?P<at>then|do)\b",
        "Python has no `<at>`.",
        "write <head>:",
    ),
    Slip(
        r"^[ \t]*(?P<at>else|elif)\b",
        "This `<at>` has no `if` above it.",
        "begin it where the line of its if begins",
        here=True,
    ),
    Slip(
        r"=[ \t]*(?P<at>if)\b",
        "What is chosen stands before its `if`.",
        "write a if condition else b",
    ),
    Slip(
        r"^[ \t]*if\b[^:]*:.*\S[ \t]+(?P<at>else)\b",
        "This `else` begins a line of its own.",
        "begin it on a line of its own, or write a if condition else b",
    ),
    Slip(
        rf"^[ \t]*{NAME}[ \t]*=[ \t]*[^\s=,;()\[\]{{}}]+[ \t]*"
        rf"(?P<at>[, \t])[ \t]*{NAME}[ \t]*=(?!=)",
        "Two names get a value in this line.",
        "write ; between the two",
    ),
    Slip(
        r"\b(?P<at>lambda)[ \t]*(?:=(?!=)|[-+*/)\],]|$)(?![^\n]*:)",
        "`<at>` is a word of Python's, and no name.",
        "choose another name, such as lam",
    ),
    Slip(
        rf"^[ \t]*(?P<at>{KEYWORDS})[ \t]*[-+*/]?=(?!=)",
        "`<at>` is a word of Python's, and no name.",
        "choose another name, such as <at>_",
    ),
    Slip(
        r"(?:^|[:;])[ \t]*(?P<at>print)[ \t]+(?P<x>[^\s=(][^;]*?)[ \t]*;?[ \t]*$",
        "`print` is a function: what it prints stands in brackets.",
        "write print(<x>)",
    ),
    # Names, and what gets a value.
    Slip(
        rf'(?<!")"_*(?P<at>")(?=[^\W\d])(?!(?:{KEYWORDS})\b)',
        "A quotation mark in a text ends it.",
        "put the other kind of quotation mark around the text",
    ),
    Slip(
        rf"""(?<!\w)(?!(?i:[rbuf]{{1,2}})')(?P<at>(?P<name>{NAME})(?:'+|"(?=_*")))""",
        "A quotation mark is no part of a name.",
        "choose another name, such as d<name>",
    ),
    Slip(
        r"^[ \t]*(?P<at>(?P<name>[a-zA-Z])'+)(?:\(\w+\))?[ \t]*=",
        "A quotation mark is no part of a name.",
        "choose another name, such as d<name>",
    ),
    Slip(
        rf"(?:^|;)[ \t]*(?P<at>(?P<digits>[0-9]+)(?P<letters>{NAME}))[ \t]*=(?!=)",
        "A name begins with a letter.",
        "choose another name, such as <letters><digits>",
    ),
    Slip(
        rf"{STATEMENT}(?P<at>(?=\w\w|\w-\w\w)(?P<one>{NAME})-(?P<other>{NAME}))[ \t]*=(?!=)",
        "A name has no hyphen.",
        "write <one>_<other>",
    ),
    Slip(
        rf"{STATEMENT}(?P<at>(?P<one>{NAME})[ \t]+(?P<other>{NAME}))[ \t]*=(?!=)",
        "A name has no spaces.",
        "write <one>_<other>",
    ),
    Slip(
        rf"^[ \t]*(?P<at>(?P<f>{NAME}[ \t]*\([^()=]*\)))[ \t]*:?=(?!=)",
        "A function is not defined by =.",
        "write def <f>: and below it return …",
    ),
    Slip(
        rf"^[ \t]*{NAME}[ \t]*(?P<at>:=)",
        "Python has no `:=` here.",
        "write =",
    ),
    Slip(
        rf"{STATEMENT}(?P<at>{SIDE})[ \t]*=(?!=)"
        rf"[ \t]*(?P<name>{NAME})[ \t]*$",
        "What gets a value is a name, and stands on the left.",
        "write <name> = <at>",
    ),
    Slip(
        rf"{STATEMENT}(?P<at>{SIDE})[ \t]*=(?!=)",
        "What gets a value is a name, and stands on the left.",
        "to name a result, write y = <at>",
    ),
    # Numbers, and signs of mathematics.
    Slip(
        r"(?<![\w.])(?P<at>(?P<whole>\d+),(?P<rest>0\d+))(?![\w.])",
        "The decimal sign is a point, not a comma.",
        "write <whole>.<rest>",
    ),
    *(
        Slip(
            rf"(?P<at>\b(?P<f>{CALLED})(?:{raised}|(?:\^|\*\*){digit}(?!\d)))"
            rf"(?:[ \t]*\((?P<x>[^()]+)\)|[ \t]*(?!(?:{KEYWORDS})\b)(?P<y>{NAME}))",
            "The power of a function's value is written after its operand.",
            f"write <f>(<x><y>)**{digit}",
        )
        for digit, raised in (("2", "²"), ("3", "³"), ("-1", "⁻¹"))
    ),
    Slip(r"(?P<at>\|\|(?P<x>[^|]+)\|\|)", "Python has no `||…||`.", "write norm(<x>)"),
    Slip(r"(?P<at>(?<!\|)\|(?P<x>[^|]+)\|(?!\|))", "Python has no `|…|`.", "write abs(<x>)"),
    Slip(r"[\w)](?P<at>!)(?!=)", "Python has no `!`.", "write the product, such as 1*2*3"),
    # Signs of other languages.
    Slip(
        rf"(?P<x>{NAME})[ \t]*(?P<at>(?P<sign>[-+])(?P=sign))[ \t]*(?=$|[;)}}])",
        "Python has no `<at>`.",
        "write <x> <sign>= 1",
    ),
    Slip(
        rf"(?P<at>(?:\+\+|--)(?P<x>{NAME}))[ \t]*(?=[;)}}])",
        "Python has no `++` and no `--`.",
        "write <x> += 1, or <x> -= 1",
    ),
    Slip(
        # Each part begins and ends with no blank: else the blanks between could be anybody's.
        r"^(?:[^\n=?]*=(?!=)|[ \t]*return\b)?[ \t]*(?P<test>[^\s?](?:[^?\n]*[^\s?])?)[ \t]*"
        r"(?P<at>\?)[ \t]*"
        r"(?P<then>[^\s?:](?:[^?:\n]*[^\s?:])?)[ \t]*:[ \t]*"
        r"(?P<other>[^\s?:;](?:[^?:;\n]*[^\s?:;])?)[ \t]*;?[ \t]*$",
        "Python has no `?`.",
        "write <then> if <test> else <other>",
    ),
    Slip(r"(?P<at>\?)", "Python has no `?`.", "write a if condition else b"),
    Slip(
        r"=[ \t]*\(?(?P<x>[\w, ]+?)\)?[ \t]*(?P<at>=>)",
        "Python has no `=>`.",
        "write lambda <x>: …",
    ),
    Slip(
        r"(?<![\w.])(?P<at>(?P<one>\d{1,3})[ \u00a0\u202f](?P<two>\d{3}))(?!\w)",
        "A number has no spaces.",
        "write <one><two>",
    ),
    Slip(r"(?<!\d)(?P<at>\.(?P<sign>[*/^]))", "Python has no `<at>`.", "write <sign>"),
    Slip(
        r"(?P<at>(?<![=<>!+*/-])=[ \t]+=)",
        "Two signs stand here for one.",
        "write =, or == to compare",
    ),
    Slip(r"(?P<at>(?P<sign>[-+*/])=[ \t]*=)", "Two signs stand here for one.", "write <sign>="),
    Slip(r"(?:^[ \t]*|[;})][ \t]*)(?P<at>//|/\*)", "A comment begins with #.", "write #, not <at>"),
    Slip(
        rf"(?P<at>//|/\*)[ \t]*{NAME}[ \t]+(?!(?:{KEYWORDS})\b){NAME}",
        "A comment begins with #.",
        "write #, not <at>",
    ),
    *(
        Slip(rf"(?P<at>{sign})", "Python has no `<at>`.", f"write {meant}")
        for sign, meant in SIGNS.items()
    ),
)
