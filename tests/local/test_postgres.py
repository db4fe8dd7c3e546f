"""The database of a folder: kept, and started again after whatever happened to the last server."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from local.postgres import NAME, Postgres, postgres_in, running_in
from local.supervisor import Supervisor


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


@pytest.mark.parametrize("number", [os.getpid(), 4_000_000], ids=["another program's", "nobody's"])
def test_it_starts_after_a_power_failure(folder: Path, number: int) -> None:
    data = folder / "postgres" / "data"
    left = [str(number), str(data), "1796034636", "5432", "", "127.0.0.1", "  1  1", "ready   "]
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
