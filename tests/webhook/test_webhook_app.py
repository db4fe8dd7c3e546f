"""The webhook over HTTP: what it answers and what it hands on."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import requests

from sandbox.server import serve
from sandbox.waiting import TIMEOUT
from sandbox.zoom.webhook import deliver, sign
from tests.webhook.posting import ENDED, PATIENCE, SECRET, UUID, post
from zoom_provider.webhook.app import webhook_app
from zoom_provider.webhook.events import DeliverAgain, MeetingEnded
from zoom_provider.webhook.signature import encrypt_token


@pytest.mark.parametrize("number", ["81200003456", 81200003456])
def test_an_ended_meeting_is_handed_on(
    url: str, handed_on: list[MeetingEnded], number: str | int
) -> None:
    payload = {"object": ENDED["object"] | {"id": number}}
    answer = post(url, deliver("meeting.ended", payload, SECRET))
    assert (answer.status_code, answer.content) == (204, b"")
    assert handed_on == [MeetingEnded(81200003456, UUID)]


def test_raw_and_escaped_letters_side_by_side(url: str, handed_on: list[MeetingEnded]) -> None:
    body = deliver("meeting.ended", ENDED, SECRET).body.replace("Zoë".encode(), b"Zo\\u00eb")
    assert b"\\u" in body
    assert not body.isascii()
    assert post(url, sign(body, SECRET, time.time())).status_code == 204
    assert len(handed_on) == 1


def test_url_validation_is_answered(url: str, handed_on: list[MeetingEnded]) -> None:
    answer = post(url, deliver("endpoint.url_validation", {"plainToken": "abc_-9"}, SECRET))
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json"
    encrypted = encrypt_token(SECRET, "abc_-9")
    assert answer.json() == {"plainToken": "abc_-9", "encryptedToken": encrypted}
    assert handed_on == []


@pytest.mark.parametrize(
    "event",
    ["meeting.started", "webinar.ended", "meeting.participant_left", "app_deauthorized", "new"],
)
def test_other_events_are_acknowledged(url: str, handed_on: list[Any], event: str) -> None:
    assert post(url, deliver(event, ENDED, SECRET)).status_code == 204
    assert handed_on == []


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\xff\xfe\xff",
        b"[]",
        b"7",
        b'{"event": "meeting.ended"}',
        b'{"event": "meeting.ended", "payload": {"object": {"id": "1"}}}',
        b'{"event": "meeting.ended", "payload": {"object": {"id": "one", "uuid": "a=="}}}',
        b'{"event": "meeting.ended", "payload": {"object": {"id": "1", "uuid": ["a"]}}}',
        b'{"event": "meeting.ended", "payload": {"object": {"id": "1", "uuid": "%s"}}}'
        % (b"a" * 101),
        b'{"event": "endpoint.url_validation", "payload": {"plainToken": ""}}',
    ],
)
def test_a_signed_body_of_another_form_is_refused(
    url: str, handed_on: list[Any], body: bytes
) -> None:
    assert post(url, sign(body, SECRET, time.time())).status_code == 400
    assert handed_on == []


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
def test_only_post(url: str, method: str) -> None:
    assert requests.request(method, url, timeout=PATIENCE).status_code == 405


def test_an_event_that_cannot_be_taken_now_is_to_be_delivered_again() -> None:
    def later(ended: MeetingEnded) -> None:
        raise DeliverAgain("There is no such Dag now.")

    with serve(webhook_app(lambda: SECRET, later)) as address:
        answer = post(f"{address}/webhook", deliver("meeting.ended", ENDED, SECRET))
    assert answer.status_code == 503


def test_slow_work_keeps_nobody_else_waiting() -> None:
    begun, may_end = threading.Event(), threading.Event()

    def slowly(ended: MeetingEnded) -> None:
        begun.set()
        assert may_end.wait(TIMEOUT)

    with serve(webhook_app(lambda: SECRET, slowly)) as address, ThreadPoolExecutor() as pool:
        url = f"{address}/webhook"
        slow = pool.submit(post, url, deliver("meeting.ended", ENDED, SECRET))
        assert begun.wait(TIMEOUT)
        assert post(url, deliver("meeting.started", ENDED, SECRET)).status_code == 204
        assert not slow.done()
        may_end.set()
        assert slow.result().status_code == 204
