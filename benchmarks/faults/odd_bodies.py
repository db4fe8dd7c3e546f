"""Odd bodies of the webhook, all signed: each is taken or refused, none ends the web server.

python -m benchmarks.faults.odd_bodies
"""

from __future__ import annotations

import asyncio
import base64
import json
import logging
import re
import sys
import time
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from benchmarks.faults.odd import ANYTHING, CASES, tries
from sandbox.zoom.webhook import sign
from zoom_provider.webhook.app import webhook_app
from zoom_provider.webhook.dag_runs import run_id_of
from zoom_provider.webhook.events import MeetingEnded

SECRET = "zzsecret-of-the-webhook"
LONGEST_RUN_ID = 250

counted = {"bodies": 0, "handed on": 0}
handed_on: list[MeetingEnded] = []
loop = asyncio.new_event_loop()
app = webhook_app(lambda: SECRET, handed_on.append)

NUMBER = st.integers(0, 10**18 - 1)
UUID = st.binary(min_size=16, max_size=16).map(lambda data: base64.b64encode(data).decode())
EVENT = st.sampled_from(["meeting.ended"] * 4 + ["endpoint.url_validation", "meeting.started"])


def _envelope(event: Any, id_: Any, uuid: Any, more: Any) -> dict[str, Any]:
    held = {"id": id_, "uuid": uuid, "topic": more}
    return {"event": event, "payload": {"object": held, "plainToken": uuid, "account_id": more}}


PROPER = st.builds(_envelope, st.just("meeting.ended"), NUMBER | NUMBER.map(str), UUID, ANYTHING)
ODD_ONE = st.builds(_envelope, EVENT | ANYTHING, NUMBER | ANYTHING, UUID | ANYTHING, ANYTHING)
OBJECTS = PROPER | ODD_ONE | st.builds(lambda e, p: {"event": e, "payload": p}, EVENT, ANYTHING)
BODIES = (
    OBJECTS.map(lambda value: json.dumps(value).encode())
    | ANYTHING.map(lambda value: json.dumps(value).encode())
    | st.binary(max_size=80)
    | st.tuples(OBJECTS, st.integers(0, 200)).map(lambda t: json.dumps(t[0]).encode()[: t[1]])
)


def _status(body: bytes) -> int:
    """Post a signed body to the app itself, without a network."""
    sent: list[dict[str, Any]] = []
    headers = [(k.encode(), v.encode()) for k, v in sign(body, SECRET, time.time()).headers.items()]
    scope = {"type": "http", "method": "POST", "path": "/webhook", "headers": headers}
    scope |= {"query_string": b"", "http_version": "1.1", "scheme": "http", "server": ("a", 1)}

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    loop.run_until_complete(app(scope, receive, send))
    return int(sent[0]["status"])


def _is_proper(body: bytes) -> bool:
    """Whether Zoom's documents allow this body for a meeting that has ended."""
    try:
        read = json.loads(body)
        held = read["payload"]["object"]
        number, uuid = held["id"], held["uuid"]
    except (ValueError, TypeError, KeyError):
        return False
    known = read["event"] == "meeting.ended" and type(number) in (int, str)
    proper = isinstance(uuid, str) and re.fullmatch(r"[A-Za-z0-9+/]{22}==", uuid)
    finite = not re.search(rb"NaN|Infinity", body)
    return bool(known and proper and finite and re.fullmatch(r"[0-9]{1,18}", str(number)))


@tries(CASES)
@given(BODIES)
def every_body_is_answered(body: bytes) -> None:
    counted["bodies"] += 1
    handed_on.clear()
    status = _status(body)
    assert status in (200, 204, 400), (body, status)
    if _is_proper(body):
        assert status == 204, (body, status)
        assert len(handed_on) == 1, body
    for event in handed_on:
        counted["handed on"] += 1
        assert re.fullmatch(r"[\w.~:+-]+", run_id := run_id_of(event.uuid))
        assert len(run_id) <= LONGEST_RUN_ID


def main() -> int:
    """Try so many bodies; an AssertionError shows the smallest that fails."""
    logging.disable(logging.CRITICAL)
    every_body_is_answered()
    bodies, taken = counted["bodies"], counted["handed on"]
    print(f"bodies: {bodies:,} signed bodies, {taken:,} handed on; every other one was answered")
    return 0


if __name__ == "__main__":
    sys.exit(main())
