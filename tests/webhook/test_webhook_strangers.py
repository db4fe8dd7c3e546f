"""What a stranger can cost: connections, look-ups of the secret, lines in the log."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from sandbox.server import serve
from sandbox.stack import ROOT
from sandbox.waiting import TIMEOUT, wait_until
from sandbox.zoom.webhook import Delivery, deliver
from tests.webhook.posting import ENDED, SECRET, drip, head, post
from zoom_provider.webhook import refusal_log, secret
from zoom_provider.webhook.app import LARGEST_BODY, webhook_app
from zoom_provider.webhook.secret import SecretToken

LONG = {"content-length": "60000"}
CHUNKED = {"transfer-encoding": "chunked"}


def forged() -> Delivery:
    """A delivery of now, signed with another secret: an old one would be refused as such."""
    return deliver("meeting.ended", ENDED, "another")


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """The seconds that pass between two lines or look-ups."""
    clock = SimpleNamespace(now=1000.0)
    for module in (refusal_log, secret):
        monkeypatch.setattr(module, "monotonic", lambda: clock.now)
    return clock


CONNECTION = "AIRFLOW_CONN_ZOOM_ANYWHERE"


def with_secret(value: Any) -> str:
    """The connection as Airflow reads it out of its environment, anew each time."""
    return json.dumps({"conn_type": "zoom", "extra": {"webhook_secret": value}})


@pytest.mark.parametrize("body", [LONG, CHUNKED])
def test_slow_senders_are_hung_up_on(url: str, body: dict[str, str]) -> None:
    slow = head(forged().headers | body)
    slow += b"ea60\r\n" if body is CHUNKED else b""
    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(lambda _: drip(url, slow), range(20)))
    assert {answer.split()[1] for answer in answers} == {b"408"}


@pytest.mark.parametrize("missing", ["x-zm-signature", "x-zm-request-timestamp"])
def test_who_is_refused_cannot_keep_the_connection_with_a_body(url: str, missing: str) -> None:
    headers = {name: value for name, value in forged().headers.items() if name != missing}
    assert drip(url, head(headers | LONG)).split()[1] == b"401"


def test_without_a_secret_neither() -> None:
    with serve(webhook_app(lambda: "", lambda ended: None)) as address:
        answer = drip(f"{address}/webhook", head(forged().headers | LONG))
    assert answer.split()[1] == b"503"


def test_a_body_has_64_kib_at_most() -> None:
    assert LARGEST_BODY == 64 * 1024


def test_a_slow_look_up_is_the_only_one_and_keeps_nobody_waiting_long() -> None:
    looked, may_end = [], threading.Event()

    def slow_database() -> str:
        looked.append("once")
        may_end.wait(TIMEOUT)  # much longer than who posts waits: the server must end it
        return SECRET

    with serve(webhook_app(slow_database, lambda ended: None)) as address:
        url = f"{address}/webhook"
        try:
            with ThreadPoolExecutor(50) as pool:
                answers = list(pool.map(post, [url] * 50, [forged()] * 50))
            assert {answer.status_code for answer in answers} == {503}
            assert looked == ["once"]
        finally:
            may_end.set()
        genuine = deliver("meeting.ended", ENDED, SECRET)
        wait_until(lambda: post(url, genuine).status_code, "204", accept=lambda got: got == 204)


def test_a_secret_that_cannot_be_looked_up_is_refused_not_a_fault() -> None:
    def broken() -> str:
        raise OSError("the database is down")

    with serve(webhook_app(broken, lambda ended: None)) as address:
        assert post(f"{address}/webhook", forged()).status_code == 503


@pytest.mark.parametrize("found", [None, with_secret(7)], ids=["nothing", "another type"])
def test_a_look_up_that_fails_is_not_repeated_for_each_request(
    found: str | None,
    clock: SimpleNamespace,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    if found:
        monkeypatch.setenv(CONNECTION, found)
    token = SecretToken("zoom_anywhere")
    assert token() == ""
    for _ in range(12):
        clock.now += 10
        token()
    assert len([line for line in caplog.messages if "webhook" in line]) == 3
    monkeypatch.setenv(CONNECTION, with_secret(SECRET))
    clock.now += 9
    assert [token() for _ in range(20)] == [""] * 20
    clock.now += 1
    assert token() == SECRET


DENIED = """
from airflow.sdk.bases.secrets_backend import BaseSecretsBackend
from airflow.sdk.exceptions import AirflowSecretsBackendAccessDenied

class Vault(BaseSecretsBackend):
    def get_connection(self, conn_id):
        print("asked")
        raise AirflowSecretsBackendAccessDenied("the vault is closed")
"""


def test_a_secrets_backend_that_denies_is_asked_once_and_not_quoted(tmp_path: Path) -> None:
    """In a process of its own: Airflow keeps a backend for as long as it runs."""
    (tmp_path / "vault.py").write_text(DENIED)
    call = "from zoom_provider.webhook.secret import SecretToken; token = SecretToken('zoom'); "
    ended = subprocess.run(
        [sys.executable, "-c", f"{call}print([token() for _ in range(3)])"],
        env=os.environ
        | {
            "PYTHONPATH": f"{tmp_path}:{ROOT / 'plugins'}",
            "AIRFLOW__SECRETS__BACKEND": "vault.Vault",
        },
        capture_output=True,
        text=True,
        check=True,
    )
    assert ended.stdout.count("asked") == 1
    assert "['', '', '']" in ended.stdout
    assert "cannot be read from the connection" in ended.stdout + ended.stderr
    assert "the vault is closed" not in ended.stdout + ended.stderr


@pytest.mark.parametrize("extra", [{"webhook_secret": 7}, {"webhook_secret": ["a"]}, ["a"]])
def test_a_secret_of_another_type_is_said_once(
    extra: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    connection = {"conn_type": "zoom", "extra": json.dumps(extra)}
    monkeypatch.setenv("AIRFLOW_CONN_ZOOM_ODD", json.dumps(connection))
    token = SecretToken("zoom_odd")
    assert [token(), token()] == ["", ""]
    said = [line for line in caplog.messages if "cannot be read from the connection" in line]
    assert len(said) == 1


def test_what_was_known_stays_known_while_it_cannot_be_read(
    clock: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(CONNECTION, with_secret(SECRET))
    token = SecretToken("zoom_anywhere")
    assert token() == SECRET
    monkeypatch.setenv(CONNECTION, with_secret(7))
    clock.now += 10
    assert token() == SECRET
    monkeypatch.delenv(CONNECTION)
    assert token() == SECRET
    clock.now += 10
    assert token() == ""


def test_forgeries_of_all_kinds_make_one_line_a_minute_with_their_number(
    url: str, clock: SimpleNamespace, caplog: pytest.LogCaptureFixture
) -> None:
    unsigned = forged()._replace(headers={})
    large = forged()._replace(body=b" " * (LARGEST_BODY + 1))
    for _ in range(5):
        statuses = [post(url, one).status_code for one in (forged(), unsigned, large)]
        assert statuses == [401, 401, 413]
    assert len(refused(caplog)) == 1
    clock.now += 60
    post(url, forged())
    (_, second) = refused(caplog)
    assert "the signature does not fit" in second
    for counted in ("Secret Token (5)", "right?) (5)", "bytes (5)"):
        assert counted in second


def refused(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [line for line in caplog.messages if "refused" in line]
