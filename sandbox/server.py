"""Serve an ASGI app on the loopback interface, from inside a test or a script."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import uvicorn

if TYPE_CHECKING:
    from starlette.types import ASGIApp

HOST = "127.0.0.1"


def _listen(port: int) -> socket.socket:
    # Bound and listening before the thread starts: no client can come too early, so nobody polls.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((HOST, port))
    listener.listen(128)
    return listener


@contextmanager
def serve(app: ASGIApp, port: int = 0) -> Iterator[str]:
    """Run `app` until the block ends and yield its base URL, ``http://127.0.0.1:PORT``.

    Port 0 takes a free one. One event loop in a daemon thread; raises OSError if the port is taken.
    """
    listener = _listen(port)
    server = uvicorn.Server(
        uvicorn.Config(app, access_log=False, log_level="warning", timeout_graceful_shutdown=1)
    )
    thread = threading.Thread(target=server.run, args=([listener],), daemon=True)
    thread.start()
    try:
        yield f"http://{HOST}:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()
        listener.close()
