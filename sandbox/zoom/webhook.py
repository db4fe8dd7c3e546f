"""Deliveries as Zoom posts them to a webhook: an event, its body and its signed headers."""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from typing import Any, NamedTuple

from sandbox.zoom.instance import Instance
from sandbox.zoom.rows import zoom_time


class Delivery(NamedTuple):
    """What goes over the wire."""

    body: bytes
    headers: dict[str, str]


def deliver(event: str, payload: dict[str, Any], secret: str, at: float | None = None) -> Delivery:
    """Make the signed delivery of an event at that time (epoch seconds), or now."""
    at = time.time() if at is None else at
    envelope = {"payload": payload, "event_ts": int(at * 1000), "event": event}
    # Zoom's bodies hold names as raw UTF-8.
    return sign(json.dumps(envelope, ensure_ascii=False).encode(), secret, at)


def sign(body: bytes, secret: str, at: float) -> Delivery:
    """Sign a body as it is."""
    timestamp = str(int(at))
    message = b"v0:" + timestamp.encode() + b":" + body
    signature = "v0=" + hmac.new(secret.encode(), message, hashlib.sha256).hexdigest()
    headers = {"x-zm-request-timestamp": timestamp, "x-zm-signature": signature}
    return Delivery(body, {"content-type": "application/json", **headers})


def meeting_ended(instance: Instance) -> dict[str, Any]:
    """The payload of ``meeting.ended``; the number is text there, the duration the planned one."""
    held = {
        "id": str(instance.number),
        "uuid": instance.uuid,
        "host_id": instance.host.account_id,
        "topic": instance.topic,
        "type": 8,
        "start_time": zoom_time(instance.start),
        "end_time": zoom_time(instance.end) if instance.end else "",
        "timezone": "",
        "duration": 0,
    }
    return {"account_id": "sandbox-account", "object": held}
