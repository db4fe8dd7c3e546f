"""Which installed distributions a running Airflow imports, and which never."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
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
IMAGE_LOCK = ROOT / "requirements-image.lock"
REGISTER, PREFLIGHT = "zoom_register_measured", "zoom_preflight"


@dataclass(frozen=True)
class Installed:
    """A distribution of this environment: its bytes, and where it belongs."""

    name: str
    size: int
    product: bool
    imported: bool


def installed() -> list[Installed]:
    """Run the product once in a real Airflow; returns all distributions, the largest first."""
    names, product = _imported(), _locked()
    found = [_one(one, names, product) for one in distributions() if one.files]
    return sorted(found, key=lambda one: -one.size)


def _one(one: Distribution, names: set[str], product: set[str]) -> Installed:
    files = [Path(str(file.locate())) for file in one.files or ()]
    size = sum(file.stat().st_size for file in files if file.is_file())
    name = _normal(one.metadata["Name"])
    return Installed(name, size, name in product, bool(names & set(_modules(one))))


def _modules(one: Distribution) -> Iterator[str]:
    """Yield the names of the modules of a distribution."""
    for file in one.files or ():
        path = PurePosixPath(file)
        if path.suffix in {".py", ".so"} and ".." not in path.parts:
            stem = path.name.partition(".")[0]
            yield ".".join(path.parent.parts if stem == "__init__" else (*path.parent.parts, stem))


def _locked() -> set[str]:
    """Return the names of what the image has besides Airflow's own image."""
    return set(re.findall(r"^([a-z0-9-]+)==", IMAGE_LOCK.read_text(), re.MULTILINE))


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
