"""Asking for the secret without holding up the web server, which has few threads."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from starlette.concurrency import run_in_threadpool

LOOKUP_TIME_LIMIT = 10.0
"""Seconds. Zoom has given up after three, but a busy machine's first look-up takes its time, and
the next delivery finds what it has brought."""


class SecretLookup:
    """Asks in a thread, one for all who ask meanwhile: a slow database takes no second one.

    :param secret_token: returns the secret; may block.
    """

    def __init__(self, secret_token: Callable[[], str]) -> None:
        self._secret_token = secret_token
        self._under_way: asyncio.Task[str] | None = None

    async def __call__(self) -> str:
        """Return the secret. Raises TimeoutError if it does not come in time."""
        if self._under_way is None or self._under_way.done():
            self._under_way = asyncio.create_task(run_in_threadpool(self._secret_token))
        # A request that is given up does not end what others wait for.
        async with asyncio.timeout(LOOKUP_TIME_LIMIT):
            return await asyncio.shield(self._under_way)
