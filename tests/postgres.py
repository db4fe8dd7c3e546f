"""A throw-away PostgreSQL for the tests."""

from __future__ import annotations

import os
import signal
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from local.ports import free_port
from local.postgres import NAME, Postgres
from local.supervisor import Supervisor
from sandbox.waiting import wait_until


@contextmanager
def postgres(password: str, port: int = 0) -> Iterator[Postgres]:
    """Run a fresh server with an empty database; port 0 takes a free one."""
    with (
        tempfile.TemporaryDirectory(prefix="attendance-postgres-") as folder,
        Supervisor(Path(folder), print) as supervisor,
    ):
        server = Postgres(Path(folder) / "postgres", port or free_port(), password)
        server.start(supervisor)
        yield server


def dump(server: Postgres) -> bytes:
    """Return all that the database holds."""
    return server.run("pg_dump", NAME)


def restart(server: Postgres) -> None:
    """Break off every session, as an operator's restart does."""
    before = server.pid
    os.kill(before, signal.SIGINT)
    wait_until(lambda: server.is_ready and server.pid != before, "the restarted PostgreSQL")
