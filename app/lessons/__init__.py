"""The course: ten lessons, each with a text, a program and a task. One TOML file a lesson.

A lesson begins at a program, inputs and, if it is about a moment, a step. Its task is done when all
of its conditions hold; they are data, which the page checks on what the person has made. A
solution is one state in which they hold. `answers` tell, question by question, which inputs and
step show what the answer speaks of; without them it is the whole program. `words` of a language
are what its program says there in comments and in what it prints.
"""

from __future__ import annotations

import tomllib
from functools import lru_cache
from itertools import chain, repeat
from pathlib import Path

from app.messages import reworded
from app.schemas import Lesson


@lru_cache
def course(language: str = "en") -> list[Lesson]:
    """Return every lesson in a language. Raises KeyError if it is not translated."""
    files = sorted(Path(__file__).parent.glob("*.toml"))
    return [_lesson(path, language) for path in files]


def numbered(number: str) -> str | None:
    """Return the id of a lesson by its number, as people say it: "6" is the sixth."""
    ids = {str(place): lesson.id for place, lesson in enumerate(course(), start=1)}
    return ids.get(number)


def _lesson(path: Path, language: str) -> Lesson:
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    begin = {"source": table["source"], "inputs": {}, "step": table.get("step")}
    texts = table[language]
    words = texts.pop("words", {})
    whole = begin | {"step": None}
    shown = chain(table.get("answers", []), repeat({}))
    for question, moment in zip(texts["questions"], shown, strict=False):
        question["shown"] = _moment(whole | moment, words)
    return Lesson(
        id=path.stem.partition("-")[2],
        begin=_moment(begin, words),
        solution=_moment(begin | table["solution"], words),
        conditions=table["condition"],
        **texts,
    )


def _moment(moment: dict[str, object], words: dict[str, str]) -> dict[str, object]:
    return moment | {"source": reworded(str(moment["source"]).strip("\n"), words)}
