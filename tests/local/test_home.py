"""A home that an older version has left."""

from __future__ import annotations

from pathlib import Path

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
