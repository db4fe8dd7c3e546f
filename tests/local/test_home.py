"""What `make run` refuses before it starts anything."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.local.terminal import ask, environment


def test_a_sqlite_database_is_named_with_what_to_do(tmp_path: Path) -> None:
    old = tmp_path / "airflow.db"
    old.touch()
    for command in ([], ["python", "-m", "include.preflight"]):
        refused = ask(environment(tmp_path), *command)
        assert (refused.returncode, refused.stdout) == (1, "")
        assert refused.stderr.startswith(f"{old} is the SQLite database of an older version")
        assert "airflow connections export" in refused.stderr
        assert "airflow connections import" in refused.stderr
    assert [file.name for file in tmp_path.iterdir()] == ["airflow.db"]


@pytest.mark.parametrize("port", ["abc", "0", "70000", "8080.5", "-1"])
def test_a_port_that_is_none(tmp_path: Path, port: str) -> None:
    refused = ask(environment(tmp_path) | {"AIRFLOW__API__PORT": port})
    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr == "AIRFLOW__API__PORT is no port: use a number from 1 to 65535.\n"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.services
def test_a_command_that_is_not_there(tmp_path: Path) -> None:
    refused = ask(environment(tmp_path), "no-such-command")
    assert refused.returncode == 1
    assert "No such file or directory: 'no-such-command'" in refused.stderr
    assert "Traceback" not in refused.stderr
