"""Serve an ASGI app on the loopback interface, from inside a test or a script."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

import uvicorn

if TYPE_CHECKING:
    from starlette.types import ASGIApp

HOST = "127.0.0.1"

IDLE = 600
"""Seconds until an unused connection is closed: on a busy machine a client takes its time."""


def _listen(port: int) -> socket.socket:
    # Bound and listening before the thread starts: no client can come too early, so nobody polls.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((HOST, port))
    listener.listen(128)
    return listener


class _Server(uvicorn.Server):
    """Ends at once. Uvicorn takes up to a fifth of a second, and tests end hundreds of servers."""

    _loop: asyncio.AbstractEventLoop | None = None

    async def main_loop(self) -> None:
        self._ending = asyncio.Event()
        self._loop = asyncio.get_running_loop()
        while not await self.on_tick(0):  # once a second, for the header `date`
            with suppress(TimeoutError):
                await asyncio.wait_for(self._ending.wait(), timeout=1)

    def end(self) -> None:
        """From another thread, at any time."""
        self.should_exit = True
        if self._loop:
            self._loop.call_soon_threadsafe(self._ending.set)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        if self.server_state.tasks:  # an answer is under way
            return await super().shutdown(sockets)
        for server in self.servers:
            server.close()
        for connection in list(self.server_state.connections):
            connection.shutdown()
        return await self.lifespan.shutdown()


@contextmanager
def serve(app: ASGIApp, port: int = 0) -> Iterator[str]:
    """Run `app` until the block ends and yield its base URL, ``http://127.0.0.1:PORT``.

    Port 0 takes a free one. One event loop in a daemon thread; raises OSError if the port is taken.
    """
    listener = _listen(port)
    server = _Server(
        uvicorn.Config(
            app,
            access_log=False,
            log_level="warning",
            timeout_graceful_shutdown=1,
            timeout_keep_alive=IDLE,
        )
    )
    thread = threading.Thread(target=server.run, args=([listener],), daemon=True)
    thread.start()
    try:
        yield f"http://{HOST}:{listener.getsockname()[1]}"
    finally:
        server.end()
        thread.join()
        listener.close()
