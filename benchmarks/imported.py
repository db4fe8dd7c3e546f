"""Which installed distributions a running Airflow imports, and which never."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from importlib.metadata import Distribution, distributions
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from benchmarks.dags_side_by_side import ENTRY, NUMBER, OURS
from local.airflow import ROOT
from sandbox.both import running
from sandbox.meeting_files import write_entries
from sandbox.stack import airflow_running, airflow_settings
from sandbox.zoom import World

LOGGING = ROOT / "benchmarks" / "import_log"
LOCKS = ("requirements-run.lock", "requirements-image.lock", "requirements.lock")
REGISTER, PREFLIGHT = "zoom_register_measured", "zoom_preflight"


@dataclass(frozen=True)
class Installed:
    """A distribution of this environment.

    :param size: bytes without compiled copies.
    :param locks: those that hold it; none holds pip, which comes with Python.
    """

    name: str
    size: int
    locks: tuple[str, ...]
    imported: bool

    @property
    def part(self) -> str:
        """The first lock that brings it."""
        return next(iter(self.locks), LOCKS[0])


def installed() -> list[Installed]:
    """Run the product once in a real Airflow; returns all distributions, the largest first."""
    names = _imported()
    found = [_one(one, names) for one in distributions() if one.files]
    return sorted(found, key=lambda one: -one.size)


def _one(one: Distribution, names: set[str]) -> Installed:
    files = [Path(str(file.locate())) for file in one.files or ()]
    read = [file for file in files if file.suffix != ".pyc" and file.is_file()]
    size = sum(file.stat().st_size for file in read)
    name = _normal(one.metadata["Name"])
    locks = tuple(lock for lock in LOCKS if name in _locked(lock))
    return Installed(name, size, locks, bool(names & set(_modules(one))))


@cache
def _locked(lock: str) -> set[str]:
    return set(re.findall(r"^([a-z0-9-]+)==", (ROOT / lock).read_text(), re.MULTILINE))


def _modules(one: Distribution) -> Iterator[str]:
    """Yield the names of the modules of a distribution."""
    for file in one.files or ():
        path = PurePosixPath(file)
        if path.suffix in {".py", ".so"} and ".." not in path.parts:
            stem = path.name.partition(".")[0]
            yield ".".join(path.parent.parts if stem == "__init__" else (*path.parent.parts, stem))


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _imported() -> set[str]:
    """Return the modules that any process of Airflow imports, from its start to a book's end."""
    world = World.empty()
    world.add_bulk(NUMBER, datetime.now(UTC) - timedelta(days=2), 50)
    with TemporaryDirectory() as folder:
        home, log = Path(folder), Path(folder, "imported")
        settings = airflow_settings(home, write_entries(home / "meetings", [ENTRY]))
        settings |= {"PYTHONPATH": f"{LOGGING}:{ROOT}", "IMPORT_LOG": str(log)}
        with running(world) as sandbox, airflow_running(settings) as airflow:
            for conn_id, connection in sandbox.connections.items():
                airflow.add_connection(conn_id, connection)
            for dag_id in (OURS, REGISTER, PREFLIGHT):
                airflow.wait_for_dag(dag_id)
                airflow.unpause(dag_id)
                airflow.trigger(dag_id)
                airflow.wait_for_runs(dag_id)
        return set(log.read_text().split())
