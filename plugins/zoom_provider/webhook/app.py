"""The web app that Zoom posts its events to.

Airflow authenticates nothing below a plugin's prefix, so everything is refused that Zoom has not
signed: what has no signature before its body is read, the rest before it is parsed. Until then a
request costs little: no query, no line in the log, and no memory or connection for long.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from zoom_provider.webhook.body import read_body
from zoom_provider.webhook.events import DeliverAgain, MeetingEnded, UrlValidation, read_event
from zoom_provider.webhook.lookup import SecretLookup
from zoom_provider.webhook.refusal_log import RefusalLog, Refused
from zoom_provider.webhook.signature import Signature, encrypt_token

log = logging.getLogger(__name__)

LARGEST_BODY = 1 << 16
"""Bytes. Zoom's events have about a thousand."""

NOT_SIGNED = "not signed, or more than five minutes ago (is this machine's clock right?)"
DOES_NOT_FIT = (
    "the signature does not fit: if Zoom sent it, the connection's webhook secret "
    "is not the Zoom app's Secret Token"
)

HANG_UP = {"connection": "close"}
"""With every refusal: who still sends a body would keep the connection."""


def webhook_app(
    secret_token: Callable[[], str], meeting_ended: Callable[[MeetingEnded], None]
) -> Starlette:
    """Make the app: ``POST /webhook``.

    Both callables may block; they are called in threads. Zoom waits 3 seconds for a response and
    counts any 2xx as delivered.

    :param secret_token: returns the app's Secret Token, empty if none is set: then 503.
    :param meeting_ended: is called for every delivery of the event, also repeated ones; may raise
        DeliverAgain, answered with 503.
    """
    lookup, refusal_log = SecretLookup(secret_token), RefusalLog()

    async def receive(request: Request) -> Response:
        try:
            secret, body = await _signed(request, lookup)
        except Refused as refused:
            refusal_log.add(str(refused))
            raise HTTPException(refused.status, headers=HANG_UP) from None
        event = _event(body)
        if isinstance(event, UrlValidation):
            encrypted = encrypt_token(secret, event.plain_token)
            return JSONResponse({"plainToken": event.plain_token, "encryptedToken": encrypted})
        if isinstance(event, MeetingEnded):
            await _hand_on(event, meeting_ended)
        return Response(status_code=204)

    return Starlette(routes=[Route("/webhook", receive, methods=["POST"])])


async def _signed(request: Request, lookup: SecretLookup) -> tuple[str, bytes]:
    """Return the secret and the raw body that is signed with it; raises Refused otherwise."""
    signature = Signature.of(request.headers)
    if signature is None or not signature.is_fresh(time.time()):
        raise Refused(401, NOT_SIGNED)
    secret = await _secret(lookup)
    body = await read_body(request, LARGEST_BODY)
    if not signature.fits(secret, body):
        raise Refused(401, DOES_NOT_FIT)
    return secret, body


async def _secret(lookup: SecretLookup) -> str:
    try:
        secret = await lookup()
    except Exception:
        raise Refused(503, "the webhook's secret could not be read") from None
    if not secret:
        # Whoever reads the secret has said so in the log.
        raise HTTPException(503, "no secret is set", headers=HANG_UP)
    return secret


def _event(body: bytes) -> UrlValidation | MeetingEnded | None:
    try:
        return read_event(body)
    except ValueError:
        # Without the error's words: they may quote the body, which holds names. Each has its line:
        # only Zoom can cause it.
        log.warning("Zoom signed a delivery that is not of the form that Zoom documents.")
        raise HTTPException(400) from None


async def _hand_on(event: MeetingEnded, meeting_ended: Callable[[MeetingEnded], None]) -> None:
    try:
        await run_in_threadpool(meeting_ended, event)
    except DeliverAgain as reason:
        log.warning("%s Zoom will deliver the event again.", reason)
        raise HTTPException(503, "try again later") from None
