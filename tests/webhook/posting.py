"""Posting to the webhook as Zoom does, and as others may."""

from __future__ import annotations

import socket
import time
from contextlib import suppress

import requests

from sandbox.waiting import TIMEOUT
from sandbox.zoom.webhook import Delivery

SECRET = "invented-secret-token"
PATIENCE = 60
"""Seconds for an answer: more than the ten that a look-up of the secret may take."""

UUID = "/aB+cD//eF/gHiJkLmNoPq=="
ENDED = {
    "account_id": "a",
    "object": {"id": "81200003456", "uuid": UUID, "topic": "Zoë’s 🎻 choir"},
}


def post(url: str, delivery: Delivery) -> requests.Response:
    return requests.post(url, data=delivery.body, headers=delivery.headers, timeout=PATIENCE)


def status_of(url: str, request: bytes) -> int:
    """Send the beginning of a request, and nothing more; the answer's status."""
    port = int(url.split(":")[2].split("/")[0])
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as sender:
        sender.sendall(request)
        return int(sender.recv(1000).split()[1])


def drip(url: str, request: bytes) -> bytes:
    """Send a request, then a byte now and then, until the server hangs up; what it has answered.

    Raises AssertionError if it does not.
    """
    port, give_up = int(url.split(":")[2].split("/")[0]), time.monotonic() + TIMEOUT
    answer = b""
    with socket.create_connection(("127.0.0.1", port), timeout=0.2) as sender:
        sender.sendall(request)
        while time.monotonic() < give_up:
            try:
                if not (part := sender.recv(1000)):
                    return answer
                answer += part
            except TimeoutError:
                with suppress(OSError):
                    sender.send(b" ")
            except ConnectionError:
                return answer
    raise AssertionError(f"The connection is still open after {TIMEOUT} seconds.")


def head(headers: dict[str, str], path: str = "/webhook") -> bytes:
    lines = [f"POST {path} HTTP/1.1", "Host: 127.0.0.1"]
    return "\r\n".join([*lines, *(f"{k}: {v}" for k, v in headers.items()), "", ""]).encode()
