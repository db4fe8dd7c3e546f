"""The body of a request that may be anybody's: read within limits of size and time."""

from __future__ import annotations

import asyncio

from starlette.requests import ClientDisconnect, Request

from zoom_provider.webhook.refusal_log import Refused

LARGEST_READ = 1 << 20
"""How much of a body that is too large is read and thrown away, in bytes: a sender that reads only
after sending gets its response."""

BODY_TIME_LIMIT = 10.0
"""Seconds for the whole body. Zoom itself waits three for its response."""


async def read_body(request: Request, largest: int) -> bytes:
    """Return the body, with or without a Content-Length.

    :param largest: bytes of a body that is taken.

    Raises Refused if it is too large (413), too slow (408) or cut off (400).
    """
    try:
        async with asyncio.timeout(BODY_TIME_LIMIT):
            return await _within_size(request, largest)
    except TimeoutError:
        raise Refused(408, "a body that took too long") from None
    except ClientDisconnect:
        raise Refused(400, "the sender hung up") from None


async def _within_size(request: Request, largest: int) -> bytes:
    body, size = bytearray(), 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > LARGEST_READ:
            break
        if size <= largest:
            body += chunk
    if size > largest:
        raise Refused(413, f"a body of more than {largest} bytes")
    return bytes(body)
