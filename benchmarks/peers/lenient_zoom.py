"""Zoom as tap-zoom expects it, before the strict stand-in.

The tap lists users and their meetings, which the stand-in does not have, and sends a `page_size`
beyond Zoom's and a `page_number` that this report does not know. Zoom's reference allows neither.
Here the size is cut to 300 and the number ignored, as its authors suppose.
"""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from benchmarks.wire import App, Message, Receive, Send

MOST = 300


def listing_routes(numbers: list[int]) -> list[Route]:
    """One user, who has these meetings."""

    async def users(request: Request) -> JSONResponse:
        return _listing("users", [{"id": "user"}])

    async def meetings(request: Request) -> JSONResponse:
        return _listing("meetings", [{"id": number, "uuid": str(number)} for number in numbers])

    return [Route("/v2/users", users), Route("/v2/users/user/meetings", meetings)]


def _listing(name: str, entries: list[dict[str, object]]) -> JSONResponse:
    return JSONResponse({"page_count": 1, "page_size": MOST, name: entries})


class Lenient:
    """An ASGI app that makes the parameters of reports such as Zoom allows."""

    def __init__(self, app: App) -> None:
        self._app = app

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Hand one request on."""
        if scope.get("path", "").startswith("/v2/report/"):
            query = dict(parse_qsl(scope["query_string"].decode()))
            query.pop("page_number", None)
            query["page_size"] = str(min(int(query.get("page_size", 30)), MOST))
            scope = {**scope, "query_string": urlencode(query).encode()}
        await self._app(scope, receive, send)
