"""Console: what a program prints, line by line, within a limit."""

from __future__ import annotations

from engine.errors import LimitExceeded, encodable


class Console:
    """The lines that were printed; the last one goes on until a line ends."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.length = 0
        self._lines: list[str] = []

    def write(self, text: str) -> None:
        """Print a text. Raises `LimitExceeded` past the limit of characters."""
        text = encodable(text)
        self.length += len(text)
        if self.length > self.limit:
            raise LimitExceeded(
                f"The program prints more than {self.limit} characters, the limit `console`."
            )
        open_line = self._lines.pop() if self._lines else ""
        self._lines += (open_line + text).split("\n")

    @property
    def lines(self) -> list[str]:
        """What was printed, a line an entry."""
        closed = bool(self._lines) and self._lines[-1] == ""
        return self._lines[:-1] if closed else list(self._lines)
