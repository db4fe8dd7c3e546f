"""Airflow's components and their database, on this machine."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from local import sessions
from local.ports import HOST, free_port
from local.postgres import postgres_in
from local.supervisor import Component, Say, Supervisor

ROOT = Path(__file__).resolve().parent.parent

BASE_URL = "AIRFLOW__API__BASE_URL"
"""The address in mails; a person may have set another one."""

BUNDLES = (
    ("dags-folder", "airflow.dag_processing.bundles.local.LocalDagBundle"),
    ("meetings", "include.pipeline.mistakes_bundle.MistakesBundle"),
)
"""Airflow's own for the Dags, and the one that shows mistakes in the meetings' files."""

COMPONENTS = ("scheduler", "dag-processor", "api-server", "triggerer")


def settings_of(home: Path) -> dict[str, str]:
    """Return Airflow's settings for this checkout's Dags, without the database and the ports."""
    return {
        "AIRFLOW_HOME": str(home),
        "AIRFLOW__CORE__DAGS_FOLDER": str(ROOT / "dags"),
        "AIRFLOW__CORE__PLUGINS_FOLDER": str(ROOT / "plugins"),
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "AIRFLOW__CORE__PARALLELISM": "4",
        "AIRFLOW__CORE__TEST_CONNECTION": "Enabled",
        "AIRFLOW__API__HOST": HOST,
        "AIRFLOW__DAG_PROCESSOR__DAG_BUNDLE_CONFIG_LIST": json.dumps(
            [{"name": name, "classpath": path, "kwargs": {}} for name, path in BUNDLES]
        ),
        # Seconds. The tasks of a scheduler that died begin again; Airflow would wait 300.
        "AIRFLOW__SCHEDULER__ORPHANED_TASKS_CHECK_INTERVAL": "20",
        # With growing pauses, a minute or so: a task outlasts an api-server that is started again.
        "AIRFLOW__WORKERS__EXECUTION_API_RETRIES": "8",
        # Seconds. The api-server's first answer to a task takes long on a busy machine.
        "AIRFLOW__WORKERS__EXECUTION_API_TIMEOUT": "60",
        "PYTHONPATH": str(ROOT),
        # The commands of this environment, also when it has not been activated.
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}",
    }


def _at(url: str) -> dict[str, str]:
    return {
        "AIRFLOW__API__PORT": url.rpartition(":")[2],
        "AIRFLOW__CORE__EXECUTION_API_SERVER_URL": f"{url}/execution/",
        "AIRFLOW__LOGGING__WORKER_LOG_SERVER_PORT": str(free_port()),
        "AIRFLOW__LOGGING__TRIGGER_LOG_SERVER_PORT": str(free_port()),
    }


@contextmanager
def airflow_running(
    settings: Mapping[str, str], port: int, say: Say, *, lasting: bool = False
) -> Iterator[str]:
    """Run Airflow until the block ends; yields its address as soon as its programs are started.

    :param settings: its whole environment, without database; the data are below AIRFLOW_HOME.
    :param port: wanted for its web pages; the next free one if it is taken, 0 for any.
    :param lasting: whether the data must outlive a crash of the machine.
    :raises RuntimeError: naming the log, if there is no database.
    """
    home = Path(settings["AIRFLOW_HOME"])
    patience = sessions.PATIENCE if lasting else 0
    with Supervisor(home, say, patience) as supervisor:
        url = f"http://{HOST}:{free_port(port)}"
        database = postgres_in(home / "postgres", lasting)
        settings = {BASE_URL: url, **settings, **_at(url), **database.settings}
        database.start(supervisor)
        migrate(settings, supervisor.log_of("migrate"))
        for name in COMPONENTS:
            command = [sys.executable, "-m", "airflow", name]
            supervisor.start(Component(f"the {name}", name, command, settings))
        yield url


def migrate(settings: Mapping[str, str], log: Path) -> None:
    """Make or renew the tables of the database; raises RuntimeError, naming the log."""
    command = [sys.executable, "-m", "airflow", "db", "migrate"]
    with log.open("ab") as output:
        done = subprocess.run(command, env=settings, stdout=output, stderr=output, check=False)
    if done.returncode:
        raise RuntimeError(f"Airflow's database was not made ready. The end of {log} says why.")


def healthy(url: str) -> bool:
    """Tell whether all four components run."""
    try:
        with urlopen(f"{url}/api/v2/monitor/health", timeout=30) as answer:
            parts = json.load(answer)
    except (OSError, URLError, ValueError):
        return False
    return all(part.get("status") == "healthy" for part in parts.values())
