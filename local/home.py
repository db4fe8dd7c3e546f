"""The folder of an Airflow that is kept: one program at a time, and no older database in it."""

from __future__ import annotations

import fcntl
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from local.airflow import ROOT

HOME = Path(os.environ.get("AIRFLOW_HOME", ROOT / ".airflow")).resolve()

OLD = """{file} is the SQLite database of an older version: connections, runs and history.
Airflow now keeps them in PostgreSQL, because on SQLite a backfill can end the scheduler. To go on:

  1. If you have connections in it, write them into a file (it holds their secrets):
     AIRFLOW_HOME={home} {python} -m airflow connections export {export}
  2. Rename or remove the old database:
     mv {file} {file}.old
  3. make run
  4. In a second shell take the connections over, and remove the file:
     {python} -m local airflow connections import {export} && rm {export}

Runs and their logs are not taken over. The reports stay as they are; switch the Dags on again."""


class InUse(Exception):
    """Another program works in the folder."""


@contextmanager
def alone_in(home: Path) -> Iterator[None]:
    """Keep other programs out of the folder until the block ends; raises InUse."""
    home.mkdir(parents=True, exist_ok=True)
    with (home / "lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            raise InUse(lock.read().strip()) from None
        lock.truncate(0)
        lock.write(f"process {os.getpid()}")
        lock.flush()
        yield


def older_database(home: Path) -> str | None:
    """Return what to do with the database of an older version; None if that is done, or none."""
    file = home / "airflow.db"
    if not file.exists() or (home / "postgres").exists():
        return None
    export = home / "connections.json"
    return OLD.format(file=file, home=home, python=sys.executable, export=export)
