"""Replies: a body as it was serialised, in pieces if it is long, with a tag if it can be cached."""

from __future__ import annotations

import gzip
import hashlib
import time
from collections.abc import AsyncIterator, Callable, Iterator
from typing import NamedTuple

from fastapi import Request, Response
from fastapi.responses import StreamingResponse

from app.work import Workers

WHOLE = 8 * 1024 * 1024
"""Bytes up to which an answer is sent as one."""
PIECE = 256 * 1024
"""Bytes of a part of a long answer; longer bodies are compressed in haste."""
LINES = "application/x-ndjson"
MOMENT = 0.03
"""Seconds between two bursts of a stream."""
SMALL = 2_000
"""Bytes below which compressing gains nothing."""


class Packed(NamedTuple):
    """A body as it will travel."""

    body: bytes
    headers: dict[str, str]


def pack(request: Request, body: bytes) -> Packed:
    """Compress a body if that pays and the client can read it: on a worker, if it may be long."""
    headers = {"Vary": "Accept-Encoding"}
    if len(body) < SMALL or "gzip" not in request.headers.get("accept-encoding", ""):
        return Packed(body, headers)
    # Without a time stamp the same answer has the same bytes, and so the same tag.
    level = 4 if len(body) < PIECE else 1
    return Packed(gzip.compress(body, level, mtime=0), headers | {"Content-Encoding": "gzip"})


def reply(packed: Packed, media_type: str = "application/json") -> Response:
    """Return an answer, streamed if it is longer than 8 MiB."""
    body, headers = packed
    if len(body) <= WHOLE:
        return Response(body, headers=headers, media_type=media_type)
    return StreamingResponse(_pieces(body), headers=headers, media_type=media_type)


def cached(request: Request, packed: Packed, max_age: int) -> Response:
    """Return a JSON answer with a strong ETag, or 304 if the client has it already."""
    tag = f'"{hashlib.sha256(packed.body).hexdigest()[:32]}"'
    headers = {"ETag": tag, "Cache-Control": f"public, max-age={max_age}"}
    known = [entry.strip() for entry in request.headers.get("if-none-match", "").split(",")]
    if "*" in known or tag in (entry.removeprefix("W/") for entry in known):
        return Response(status_code=304, headers=headers)
    return reply(Packed(packed.body, packed.headers | headers))


def streamed(workers: Workers, lines: Iterator[bytes], cancel: Callable[[], None]) -> Response:
    """Return lines as they are computed, on the workers; `cancel` is called when nobody reads."""
    # Said to be as it is, so that nothing on the way holds lines back to compress them.
    headers = {"Content-Encoding": "identity", "Cache-Control": "no-store"}
    return StreamingResponse(_bursts(workers, lines, cancel), 200, headers, LINES)


async def _bursts(
    workers: Workers, lines: Iterator[bytes], cancel: Callable[[], None]
) -> AsyncIterator[bytes]:
    try:
        while burst := await workers.go_on(lambda: _burst(lines), abandon=True):
            yield burst
    finally:
        cancel()


def _burst(lines: Iterator[bytes]) -> bytes:
    """Return the lines of the next moment, at least one unless there are none left."""
    moment, burst, size = time.monotonic() + MOMENT, [], 0
    for line in lines:
        burst.append(line)
        size += len(line)
        if time.monotonic() > moment or size > PIECE:
            break
    return b"".join(burst)


def _pieces(body: bytes) -> Iterator[bytes]:
    for start in range(0, len(body), PIECE):
        yield body[start : start + PIECE]
