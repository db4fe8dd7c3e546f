"""Faults of the mail server: the report is there all the same, and the log says that no mail is."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import datetime

from benchmarks.faults import evening
from benchmarks.faults.cell import before, stage, to_its_end
from benchmarks.faults.proxy import HOST
from benchmarks.faults.word import word

SERVER = "mail server"

SAID = "No mail was sent"
"""What the log of `load` says then."""


def _closed(connection: socket.socket) -> None:
    """Hang up."""


def _silent(connection: socket.socket) -> None:
    connection.settimeout(8)
    connection.recv(1)
    connection.recv(1)


def _no_smtp(connection: socket.socket) -> None:
    connection.sendall(b"\x16\x03\x01 zzname\r\n")


def _refusing(connection: socket.socket) -> None:
    connection.sendall(b"220 zzname\r\n")
    while connection.recv(1 << 10):
        connection.sendall(b"550 zzmail@example.org is not wanted\r\n")


def _away(connection: socket.socket) -> None:
    """Never called: nobody listens."""


FAULTS: dict[str, Callable[[socket.socket], None]] = {
    "connection refused": _away,
    "closed": _closed,
    "no answer": _silent,
    "no SMTP": _no_smtp,
    "550": _refusing,
}


def cells() -> Iterator[tuple[str, str]]:
    """Fault and place of each cell."""
    for fault in FAULTS:
        yield fault, SERVER


def verdict(fault: str, now: datetime, hours: int) -> tuple[str, str]:
    """Run a cell to its end; its word, and what was said."""
    google = evening.copy_of(before("tab", now, hours))
    with stage("tab", now, hours, google) as on, _server(FAULTS[fault]) as port:
        job = on.job(notify=("zzmail@example.org",))
        mails = {"AIRFLOW_CONN_SMTP_DEFAULT": json.dumps(_connection(port))}
        ended = to_its_end(replace(job, environment={**job.environment, **mails}), on.proxy)
        came = word(ended, on)
        return (came, ended.said) if SAID in ended.log else (f"UNSAID {came}", "")


def _connection(port: int) -> dict[str, object]:
    extra = {"from_email": "zzmail@example.org", "disable_ssl": True, "disable_tls": True}
    return {"conn_type": "smtp", "host": HOST, "port": port, "extra": extra}


@contextmanager
def _server(act: Callable[[socket.socket], None]) -> Iterator[int]:
    listener = socket.create_server((HOST, 0))
    port = listener.getsockname()[1]
    if act is _away:
        listener.close()
    else:
        threading.Thread(target=_accept, args=(listener, act), daemon=True).start()
    try:
        yield port
    finally:
        with suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
        listener.close()


def _accept(listener: socket.socket, act: Callable[[socket.socket], None]) -> None:
    with suppress(OSError):
        while True:
            with listener.accept()[0] as connection, suppress(OSError):
                act(connection)
