"""Signed bodies that are not what Zoom documents: refused, and never a fault of the server."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest

from sandbox.zoom.webhook import sign
from tests.webhook.posting import ENDED, SECRET, UUID, post

FORM = b'{"event": "meeting.ended", "payload": {"object": {"id": %b, "uuid": %b}}, "more": %b}'


def ended(id: bytes = b"1", uuid: bytes = b'"a=="', more: bytes = b"0") -> bytes:
    return FORM % (id, uuid, more)


def token(text: bytes) -> bytes:
    return b'{"event": "endpoint.url_validation", "payload": {"plainToken": %b}}' % text


NO_JSON = [
    b"meeting.ended",
    b"{",
    ended() + b"}",
    ended() + ended(),
    ended(more=b"'a'"),
    b"\xef\xbb\xbf" + ended(),
    ended().decode().encode("utf-16"),
    ended(more=b'"\xed\xa0\x80"'),
    ended(more=b'"\xff"'),
    ended(more=b"NaN"),
    ended(more=b"Infinity"),
    ended(more=b"-Infinity"),
    ended(more=b"[[NaN]]"),
    ended(id=b"NaN"),
]
DEEP = [
    b"[" * 60_000,
    b"[" * 30_000 + b"]" * 30_000,
    b'{"a":' * 10_000 + b"1" + b"}" * 10_000,
    ended(more=b"[" * 30_000 + b"]" * 30_000),
]
VALUES = [
    b"null", b"true", b"false", b"[]", b"{}", b'["a"]', b'""', b"-1", b"1.5", b"1e400", b"1" * 5000,
    b'"\\ud800"', b'"a\\udfff"', b'"\\u0000"', b'"a\\nb"', b'"\\u202e"', '"ä"'.encode(),
]  # fmt: skip
TYPES = [
    *(ended(id=value) for value in VALUES),
    *(ended(id=b'"%b"' % text) for text in (b" 1", b"1_0", b"+1", b"0x1", "１２".encode())),
    *(ended(uuid=value) for value in VALUES),
    *(token(value) for value in VALUES),
    *(b'{"event": %b, "payload": {}}' % value for value in VALUES),
    *(b'{"event": "meeting.ended", "payload": %b}' % value for value in VALUES),
    *(b'{"event": "meeting.ended", "payload": {"object": %b}}' % value for value in VALUES),
    *VALUES,
]


@pytest.mark.parametrize("body", [*NO_JSON, *DEEP, *TYPES], ids=lambda body: repr(body[:99]))
def test_it_is_refused(url: str, handed_on: list[Any], body: bytes) -> None:
    assert post(url, sign(body, SECRET, time.time())).status_code == 400
    assert handed_on == []


def test_each_has_its_line_in_the_log_without_a_word_of_it(
    url: str, caplog: pytest.LogCaptureFixture
) -> None:
    for _ in range(2):
        post(url, sign(ended(id=b'"choir"'), SECRET, time.time()))
    assert len([line for line in caplog.messages if "not of the form" in line]) == 2
    assert "choir" not in caplog.text


def test_half_an_emoji_at_the_end_of_a_topic_does_no_harm(url: str, handed_on: list[Any]) -> None:
    payload = {"object": ENDED["object"] | {"topic": "Choir \ud83c"}}
    body = json.dumps({"event": "meeting.ended", "payload": payload}).encode()
    assert post(url, sign(body, SECRET, time.time())).status_code == 204
    assert [one.uuid for one in handed_on] == [UUID]
