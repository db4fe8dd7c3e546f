"""The database of a folder: kept, and started again after whatever happened to the last server."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from local.postgres import NAME, Postgres, as_account_of, postgres_in, running_in
from local.supervisor import Supervisor

pytestmark = pytest.mark.services


def tell(server: Postgres, statement: str) -> str:
    return server.run("psql", "-tAc", statement, NAME).decode().strip()


def started_again(folder: Path) -> str:
    with Supervisor(folder, print) as supervisor:
        server = postgres_in(folder / "postgres", lasting=True)
        server.start(supervisor)
        assert running_in(folder / "postgres")
        return tell(server, "SELECT kept FROM things")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """One whose server has been stopped."""
    with Supervisor(tmp_path, print) as supervisor:
        server = postgres_in(tmp_path / "postgres", lasting=True)
        server.start(supervisor)
        tell(server, "CREATE TABLE things AS SELECT 'all' AS kept")
    assert not running_in(tmp_path / "postgres")
    return tmp_path


@pytest.fixture
def another(folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Another program of the server's account."""
    command = [*as_account_of(folder / "postgres" / "data"), "sleep", "3600"]
    with subprocess.Popen(command) as process:
        yield process
        process.kill()


def test_it_is_made_after_a_full_disk_left_no_password(tmp_path: Path) -> None:
    (tmp_path / "postgres").mkdir()
    (tmp_path / "postgres" / "password").touch(mode=0o600)
    with Supervisor(tmp_path, print) as supervisor:
        server = postgres_in(tmp_path / "postgres")
        server.start(supervisor)
        assert tell(server, "SELECT 1") == "1"


def test_it_starts_though_another_program_has_got_its_number(
    folder: Path, another: subprocess.Popen[bytes]
) -> None:
    """As after a power failure."""
    data = folder / "postgres" / "data"
    left = [
        str(another.pid),
        str(data),
        "1796034636",
        "5432",
        "",
        "127.0.0.1",
        "  1  1",
        "ready   ",
    ]
    (data / "postmaster.pid").write_text("\n".join(left))
    assert started_again(folder) == "all"


def test_it_starts_after_its_supervisor_was_killed(folder: Path) -> None:
    child = os.fork()
    if child == 0:
        with Supervisor(folder, print) as supervisor:
            postgres_in(folder / "postgres", lasting=True).start(supervisor)
            os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(child, 0)
    assert running_in(folder / "postgres")
    assert started_again(folder) == "all"


def test_its_password_is_for_its_owner(folder: Path) -> None:
    assert (folder / "postgres" / "password").stat().st_mode & 0o077 == 0
