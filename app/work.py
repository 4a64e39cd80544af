"""Workers: evaluations run on a few threads, so that the event loop stays free."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from anyio import CapacityLimiter, to_thread

from app.errors import RequestProblem

Result = TypeVar("Result")


class Workers:
    """A bounded number of threads, and a bounded queue before them."""

    def __init__(self, threads: int, waiting: int) -> None:
        self.threads = threads
        self.waiting = waiting
        self.present = 0
        self._limiter: CapacityLimiter | None = None

    async def run(self, work: Callable[[], Result]) -> Result:
        """Return what the work returns. Raises `RequestProblem` (503) if too much is waiting."""
        if self.present >= self.threads + self.waiting:
            raise RequestProblem(
                503,
                "busy",
                "The server is busy: try again in a second.",
                {"Retry-After": "1"},
            )
        return await self.go_on(work)

    async def go_on(self, work: Callable[[], Result], *, abandon: bool = False) -> Result:
        """Return what the work returns, however much is waiting: for work that has begun.

        With `abandon` whoever waits may leave before the work ends, and must then cancel it.
        """
        if self._limiter is None:  # a limiter belongs to the event loop that first uses it
            self._limiter = CapacityLimiter(self.threads)
        self.present += 1
        try:
            return await to_thread.run_sync(work, limiter=self._limiter, abandon_on_cancel=abandon)
        finally:
            self.present -= 1
