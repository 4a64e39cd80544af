"""Generator: values that are computed one after the other, each when it is asked for."""

from __future__ import annotations

from collections.abc import Generator as Steps
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, ClassVar

from engine.errors import TypeProblem
from engine.language.runtime.run import Run

ENDED = object()
"""Stands for the value after the last one."""


class Generator:
    """What a function that yields returns: each of its values can be taken once."""

    noun: ClassVar[str] = "the generator"

    def __init__(self, run: Run, name: str, values: Steps[Any, None, Any]) -> None:
        self.run = run
        self.name = name
        self._values = values
        self._group = run.recording.group
        """What its nodes are made in, whoever asks for them."""
        self.blocks = 0
        """How many blocks it is itself within where nothing is tracked, beside who asks."""
        self._is_running = False

    def __iter__(self) -> Iterator[Any]:
        return self

    def __next__(self) -> Any:
        recording = self.run.recording
        recording.charge()
        if self._is_running:
            raise TypeProblem(f"The generator `{self.name}` asks itself for its next value.")
        recording.guards.effects += 1
        place = recording.place
        with self.run.deeper(), self._resumed():
            value = next(self._values, ENDED)
        recording.place = place
        if value is ENDED:
            raise StopIteration
        return value

    def __del__(self) -> None:
        with self._resumed():  # the blocks that it is within end there, not where it is let go of
            self._values.close()

    @contextmanager
    def _resumed(self) -> Iterator[None]:
        """Go on where it stopped, in its own group and its own blocks."""
        recording = self.run.recording
        outer = recording.group, recording.tracking.blocks
        recording.group = self._group
        recording.tracking.blocks += self.blocks
        self._is_running = True
        try:
            yield
        finally:
            self._is_running = False
            self._group, self.blocks = recording.group, recording.tracking.blocks - outer[1]
            recording.group, recording.tracking.blocks = outer


def all_of(value: Any) -> Any:
    """Return all that is left of a generator as a list; anything else as it is."""
    return list(value) if isinstance(value, Generator) else value
