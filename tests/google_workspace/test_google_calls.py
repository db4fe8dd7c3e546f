"""Sending to Google over connections that break or drip."""

from __future__ import annotations

import json
import socket
import threading
from typing import Any

import pytest
from googleapiclient.http import HttpRequest

from google_workspace.calls import send
from google_workspace.errors import GoogleUnavailable
from google_workspace.hooks import SheetsHook
from tests.raw_server import (
    DRIPPING_BODY,
    DRIPPING_HEAD,
    Behaviour,
    Drip,
    answer_well,
    break_while_answering,
    break_while_receiving,
    raw_server,
    read_request,
)

LARGE = "x" * 20_000_000
"""More than the buffers of a connection hold: the client is still sending when it breaks."""


@pytest.fixture
def hook_to(monkeypatch: pytest.MonkeyPatch, no_pauses: None) -> Any:
    """Make a hook without credentials over a connection that leads to a server."""

    def hook_to(url: str) -> SheetsHook:
        extra = {"is_anonymous": True, "sheets_api_endpoint": f"{url}/"}
        connection = {"conn_type": "google_cloud_platform", "extra": extra}
        monkeypatch.setenv("AIRFLOW_CONN_GOOGLE_CLOUD_DEFAULT", json.dumps(connection))
        return SheetsHook()

    return hook_to


def write(hook: SheetsHook, text: str = LARGE) -> HttpRequest:
    body = {"requests": [{"addSheet": {"properties": {"title": text}}}]}
    return hook.get_conn().spreadsheets().batchUpdate(spreadsheetId="1", body=body)


def read(hook: SheetsHook) -> HttpRequest:
    return hook.get_conn().spreadsheets().get(spreadsheetId="1")


@pytest.mark.parametrize("broken", [break_while_receiving, break_while_answering])
def test_a_connection_that_breaks_is_replaced(hook_to: Any, broken: Behaviour) -> None:
    with raw_server(broken, broken, answer_well) as url:
        hook = hook_to(url)
        assert send(write(hook), hook.num_retries) == {"well": "yes"}


@pytest.mark.parametrize("broken", [break_while_receiving, break_while_answering])
def test_what_must_not_be_carried_out_twice_is_sent_once(hook_to: Any, broken: Behaviour) -> None:
    with raw_server(broken, answer_well) as url, pytest.raises(GoogleUnavailable, match="properly"):
        send(write(hook_to(url)), num_retries=0)


def test_tries_come_to_an_end(hook_to: Any) -> None:
    tries = []

    def count_and_break(connection: socket.socket) -> None:
        tries.append(connection)
        break_while_receiving(connection)

    with raw_server(count_and_break) as url, pytest.raises(GoogleUnavailable):
        send(write(hook_to(url)), num_retries=2)
    assert len(tries) == 3


def test_a_connection_that_was_closed_while_idle_is_replaced(hook_to: Any) -> None:
    closed = threading.Event()

    def answer_once(connection: socket.socket) -> None:
        read_request(connection)
        connection.sendall(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}")
        connection.shutdown(socket.SHUT_RDWR)
        closed.set()

    with raw_server(answer_once, answer_well) as url:
        hook = hook_to(url)
        assert send(read(hook), num_retries=0) == {}
        assert closed.wait(60)
        assert send(write(hook), hook.num_retries) == {"well": "yes"}


DRIPPING = pytest.mark.parametrize("at_once", [DRIPPING_HEAD, DRIPPING_BODY])


@DRIPPING
def test_what_must_not_be_carried_out_twice_ends_at_the_time_limit(
    hook_to: Any, at_once: bytes
) -> None:
    drip = Drip(at_once)
    with raw_server(drip, answer_well) as url:
        hook = hook_to(url)
        with pytest.raises(GoogleUnavailable, match="did not answer within 0.5 seconds"):
            send(read(hook), num_retries=0, time_limit=0.5)
        assert not drip.ended.is_set()


@DRIPPING
def test_an_answer_that_drips_is_asked_for_again(hook_to: Any, at_once: bytes) -> None:
    drip = Drip(at_once)
    with raw_server(drip, answer_well) as url:
        hook = hook_to(url)
        assert send(read(hook), hook.num_retries, time_limit=5) == {"well": "yes"}
        assert not drip.ended.is_set()


def test_a_server_that_only_drips_is_left_in_the_end(hook_to: Any) -> None:
    drip = Drip(DRIPPING_BODY)
    with raw_server(drip) as url:
        with pytest.raises(GoogleUnavailable, match="did not answer within 0.5 seconds"):
            send(read(hook_to(url)), num_retries=100, time_limit=0.5)
        assert not drip.ended.is_set()


def test_the_connection_after_one_that_drips_is_a_new_one(hook_to: Any) -> None:
    with raw_server(Drip(DRIPPING_BODY), answer_well) as url:
        service = hook_to(url).get_conn().spreadsheets()
        with pytest.raises(GoogleUnavailable):
            send(service.get(spreadsheetId="1"), num_retries=0, time_limit=0.5)
        assert send(service.get(spreadsheetId="1"), num_retries=0) == {"well": "yes"}


@pytest.mark.parametrize(
    "body", [b"\xff\xfe{", b'{"a": ' + b"[" * 100_000, b'{"a": ' + b"9" * 5_000 + b"}"]
)
def test_an_answer_that_cannot_be_read_is_asked_for_again(hook_to: Any, body: bytes) -> None:
    def answer_oddly(connection: socket.socket) -> None:
        read_request(connection)
        head = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nconnection: close\r\n"
        connection.sendall(head + b"content-length: %d\r\n\r\n" % len(body) + body)

    with raw_server(answer_oddly, answer_well) as url:
        hook = hook_to(url)
        assert send(read(hook), num_retries=1) == {"well": "yes"}
