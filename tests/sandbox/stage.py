"""One server that plays a new application for each test: starting and stopping servers is slow."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from starlette.applications import Starlette
from starlette.types import ASGIApp, Receive, Scope, Send

from sandbox.server import serve


class Stage:
    """Serves at `base` what was last put on it."""

    def __init__(self) -> None:
        self.base = ""
        self.app: ASGIApp = Starlette()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.app(scope, receive, send)


@contextmanager
def staged() -> Iterator[Stage]:
    stage = Stage()
    with serve(stage) as stage.base:
        yield stage
