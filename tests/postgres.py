"""Postgres from the system's packages, on a free port."""

from __future__ import annotations

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


def program(name: str) -> str | None:
    """Find one of the server's programs."""
    # Debian keeps the server's programs off the PATH, a folder for each version.
    debian = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    return str(debian[-1]) if debian else shutil.which(name)


@dataclass(frozen=True)
class Postgres:
    """A running Postgres."""

    port: int
    folder: Path
    account: dict[str, Any]
    password: str

    @property
    def settings(self) -> dict[str, str]:
        """Airflow's, for its database here."""
        address = f"{NAME}:{self.password}@{HOST}:{self.port}/{NAME}"
        return {"AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": f"postgresql+psycopg2://{address}"}

    def control(self, *arguments: str) -> None:
        command = [program("pg_ctl"), "-D", str(self.folder), "-w", *arguments]
        log = self.folder / "pg_ctl.log"
        with log.open("ab") as output:  # the server keeps it open, so no pipe
            subprocess.run(command, check=True, stdout=output, stderr=output, **self.account)

    def run(self, name: str, *arguments: str) -> bytes:
        """Run one of the client programs as the user; what it prints."""
        where = ["-h", HOST, "-p", str(self.port), "-U", NAME]
        environment = {**os.environ, "PGPASSWORD": self.password}
        command = [program(name), *where, *arguments]
        return subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE).stdout

    def dump(self) -> bytes:
        """Return all that the database holds."""
        return self.run("pg_dump", NAME)

    def restart(self) -> None:
        """Break off every session, as an operator's restart does."""
        self.control("restart", "-m", "fast")


@contextmanager
def postgres(password: str) -> Iterator[Postgres]:
    """Run a fresh Postgres with an empty database."""
    account = _account()
    with tempfile.TemporaryDirectory(prefix="attendance-postgres-") as parent:
        if account:
            shutil.chown(parent, *account.values())
        server = Postgres(free_port(), Path(parent) / "data", account, password)
        _initdb(server, Path(parent))
        options = f"-p {server.port} -h {HOST} -k {parent} -F"
        server.control("start", "-o", options)
        try:
            server.run("createdb", NAME)
            yield server
        finally:
            server.control("stop", "-m", "immediate")


def _account() -> dict[str, Any]:
    """Postgres refuses to run as root; Debian's package brings an account for it."""
    if os.getuid():
        return {}
    entry = pwd.getpwnam("postgres")
    return {"user": entry.pw_uid, "group": entry.pw_gid}


def _initdb(server: Postgres, parent: Path) -> None:
    secret = parent / "password"
    secret.write_text(server.password)
    command = [program("initdb"), "-D", str(server.folder), "-U", NAME, "-A", "md5"]
    options = ["--pwfile", str(secret), "-E", "UTF8", "--no-locale", "--no-sync"]
    secret.chmod(0o644)  # in a folder that only that account and root can enter
    done = subprocess.run([*command, *options], capture_output=True, text=True, **server.account)
    assert done.returncode == 0, done.stderr
