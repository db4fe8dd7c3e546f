"""What the webhook refuses, and how little of it it reads; where its secret comes from."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
import requests

from sandbox.both import Sandbox
from sandbox.server import serve
from sandbox.zoom.webhook import deliver, sign
from tests.webhook.posting import ENDED, PATIENCE, SECRET, UUID, head, post, status_of
from zoom_provider.webhook.app import LARGEST_BODY, webhook_app
from zoom_provider.webhook.secret import SecretToken
from zoom_provider.webhook.signature import MAX_AGE


@pytest.mark.parametrize("late", [MAX_AGE + 5, -MAX_AGE - 5])
def test_an_old_delivery_is_refused(url: str, handed_on: list[Any], late: int) -> None:
    answer = post(url, deliver("meeting.ended", ENDED, SECRET, time.time() - late))
    assert answer.status_code == 401
    assert handed_on == []


def test_another_secret_is_refused_without_a_word_of_the_body_in_the_log(
    url: str, handed_on: list[Any], caplog: pytest.LogCaptureFixture
) -> None:
    assert post(url, deliver("meeting.ended", ENDED, "another")).status_code == 401
    assert handed_on == []
    assert "not the Zoom app's Secret Token" in caplog.text
    for hidden in (SECRET, "choir", UUID):
        assert hidden not in caplog.text


@pytest.mark.parametrize("missing", ["x-zm-signature", "x-zm-request-timestamp"])
def test_an_unsigned_request_is_refused_before_its_body_comes(url: str, missing: str) -> None:
    headers = deliver("meeting.ended", ENDED, SECRET).headers
    del headers[missing]
    assert status_of(url, head(headers | {"content-length": "1000000"})) == 401


def test_a_body_of_the_largest_size_is_taken(url: str, handed_on: list[Any]) -> None:
    body = deliver("meeting.ended", ENDED, SECRET).body.ljust(LARGEST_BODY)
    assert post(url, sign(body, SECRET, time.time())).status_code == 204
    assert len(handed_on) == 1


def test_a_body_one_byte_too_large_is_refused(url: str, handed_on: list[Any]) -> None:
    body = deliver("meeting.ended", ENDED, SECRET).body.ljust(LARGEST_BODY + 1)
    assert post(url, sign(body, SECRET, time.time())).status_code == 413
    assert handed_on == []


def test_chunks_without_end_are_read_no_further_than_the_limit(url: str) -> None:
    headers = deliver("meeting.ended", ENDED, SECRET).headers
    chunks = b"10000\r\n" + b" " * 0x10000 + b"\r\n"
    request = head(headers | {"transfer-encoding": "chunked"}) + 16 * chunks + b"1\r\n \r\n"
    assert status_of(url, request) == 413


def test_chunked_delivery_is_taken(url: str, handed_on: list[Any]) -> None:
    body, headers = deliver("meeting.ended", ENDED, SECRET)
    parts = (body[at : at + 50] for at in range(0, len(body), 50))
    assert requests.post(url, data=parts, headers=headers, timeout=PATIENCE).status_code == 204
    assert len(handed_on) == 1


def test_without_a_secret_the_log_says_what_to_set(
    empty_sandbox: Sandbox, handed_on: list[Any], caplog: pytest.LogCaptureFixture
) -> None:
    with serve(webhook_app(SecretToken("zoom_default"), handed_on.append)) as address:
        answers = [
            post(f"{address}/webhook", deliver("meeting.ended", ENDED, SECRET)) for _ in range(3)
        ]
    assert [answer.status_code for answer in answers] == [503] * 3
    said = [line for line in caplog.messages if "set 'Webhook secret token'" in line]
    assert len(said) == 1
    assert "'zoom_default'" in said[0]
    assert handed_on == []


def test_the_secret_comes_from_the_connection(
    empty_sandbox: Sandbox, handed_on: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    connection = empty_sandbox.connections["zoom_default"]
    connection["extra"]["webhook_secret"] = f" {SECRET}\n"  # as it is copied from Zoom's page
    monkeypatch.setenv("AIRFLOW_CONN_ZOOM_DEFAULT", json.dumps(connection))
    with serve(webhook_app(SecretToken("zoom_default"), handed_on.append)) as address:
        answer = post(f"{address}/webhook", deliver("meeting.ended", ENDED, SECRET))
    assert answer.status_code == 204
    assert len(handed_on) == 1


def test_a_missing_connection_is_a_missing_secret() -> None:
    assert SecretToken("zoom_missing")() == ""
