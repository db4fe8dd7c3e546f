"""The web app that Zoom posts its events to.

Airflow authenticates nothing below a plugin's prefix, so everything is refused that Zoom has not
signed: what has no signature before its body is read, the rest before it is parsed.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import NoReturn

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from zoom_provider.webhook.events import DeliverAgain, MeetingEnded, UrlValidation, read_event
from zoom_provider.webhook.signature import Signature, encrypt_token

log = logging.getLogger(__name__)

LARGEST_BODY = 1 << 20


def webhook_app(
    secret_token: Callable[[], str], meeting_ended: Callable[[MeetingEnded], None]
) -> Starlette:
    """Make the app: ``POST /webhook``.

    Both callables may block; they are called in threads. Zoom waits 3 seconds for an answer and
    counts any 2xx as delivered.

    :param secret_token: returns the app's Secret Token, empty if none is set: then 503.
    :param meeting_ended: is called for every delivery of the event, also repeated ones; may raise
        DeliverAgain, answered with 503.
    """

    async def receive(request: Request) -> Response:
        secret, body = await _signed(request, secret_token)
        event = _read(body)
        if isinstance(event, UrlValidation):
            encrypted = encrypt_token(secret, event.plain_token)
            return JSONResponse({"plainToken": event.plain_token, "encryptedToken": encrypted})
        if isinstance(event, MeetingEnded):
            await _hand_on(event, meeting_ended)
        return Response(status_code=204)

    return Starlette(routes=[Route("/webhook", receive, methods=["POST"])])


async def _signed(request: Request, secret_token: Callable[[], str]) -> tuple[str, bytes]:
    """Return the secret and the raw body that is signed with it; refuse any other request."""
    signature = Signature.of(request.headers)
    if signature is None or not signature.is_fresh(time.time()):
        _refuse(401, "not signed, or more than five minutes ago (is this machine's clock right?)")
    secret = await run_in_threadpool(secret_token)
    if not secret:
        raise HTTPException(503, "no secret is set")
    body = await _body(request)
    if not signature.fits(secret, body):
        _refuse(
            401,
            "the signature does not fit: if Zoom sent it, the connection's webhook secret "
            "is not the Zoom app's Secret Token",
        )
    return secret, body


async def _body(request: Request) -> bytes:
    """Read the body, with or without a Content-Length, no further than to the limit."""
    body = bytearray()
    try:
        async for chunk in request.stream():
            body += chunk
            if len(body) > LARGEST_BODY:
                _refuse(413, f"a body of more than {LARGEST_BODY} bytes")
    except ClientDisconnect:
        _refuse(400, "the sender hung up")
    return bytes(body)


def _read(body: bytes) -> UrlValidation | MeetingEnded | None:
    try:
        return read_event(body)
    except ValueError:
        # Without the error's words: they may quote the body, which holds names.
        _refuse(400, "signed by Zoom, but not of the form that Zoom documents")


async def _hand_on(event: MeetingEnded, meeting_ended: Callable[[MeetingEnded], None]) -> None:
    try:
        await run_in_threadpool(meeting_ended, event)
    except DeliverAgain as reason:
        log.warning("%s Zoom will deliver the event again.", reason)
        raise HTTPException(503, "try again later") from None


def _refuse(status: int, reason: str) -> NoReturn:
    log.warning("A delivery to Zoom's webhook was refused: %s.", reason)
    raise HTTPException(status)
