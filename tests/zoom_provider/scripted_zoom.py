"""A Zoom that gives prepared answers, in order: what a well-behaved stand-in never says."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from sandbox.server import serve

GRANTED = {"access_token": "scripted-token", "token_type": "bearer", "expires_in": 3600}


@dataclass(frozen=True)
class Heard:
    """A request as it arrived; `arrival` in monotonic seconds."""

    path: str
    query: dict[str, str]
    body: str
    content_type: str
    arrival: float


class ScriptedZoom:
    """Says each prepared answer once; logs in anybody unless told otherwise."""

    def __init__(self) -> None:
        self.url = ""
        self.heard: list[Heard] = []
        self._answers: list[Response] = []
        self._token_answers: list[Response] = []

    def begin(self) -> None:
        """Forget what was prepared and heard: starting a server for each test takes long."""
        for record in (self.heard, self._answers, self._token_answers):
            record.clear()

    def will_say(self, body: Any, status: int = 200, **headers: str) -> None:
        """Prepare the next answer of the API; header names are written with underscores."""
        self._answers.append(_response(body, status, headers))

    def will_answer_login(self, body: Any, status: int = 200) -> None:
        """Prepare the next answer of the token endpoint."""
        self._token_answers.append(_response(body, status, {}))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        arrival, request = time.monotonic(), Request(scope, receive)
        self.heard.append(await _heard(request, arrival))
        response = self._login() if request.url.path == "/oauth/token" else self._answers.pop(0)
        await response(scope, receive, send)

    def calls(self) -> list[Heard]:
        """What the API itself was asked."""
        return [one for one in self.heard if one.path != "/oauth/token"]

    def _login(self) -> Response:
        return self._token_answers.pop(0) if self._token_answers else _response(GRANTED, 200, {})


@contextmanager
def scripted() -> Iterator[ScriptedZoom]:
    zoom = ScriptedZoom()
    with serve(zoom) as zoom.url:
        yield zoom


async def _heard(request: Request, arrival: float) -> Heard:
    return Heard(
        request.url.path,
        dict(request.query_params),
        (await request.body()).decode(),
        request.headers.get("content-type", ""),
        arrival,
    )


def _response(body: Any, status: int, headers: dict[str, str]) -> Response:
    # ASCII only, as JSON usually is: so a lone surrogate can be sent at all.
    text = body if isinstance(body, str) else json.dumps(body)
    dashed = {name.replace("_", "-"): value for name, value in headers.items()}
    return Response(text, status, dashed, "application/json")
