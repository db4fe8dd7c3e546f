"""What a container would give a service: a folder, an environment, ports and a name."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sandbox.server import HOST
from sandbox.stack import free_port
from tests.workers.compose_file import HOME, Service, moved
from tests.workers.container import Container
from tests.workers.servers import Servers

CLOCK = ("LD_PRELOAD", "CLOCK_SHIFT")
"""Of tests/on_date.sh: all containers have the machine's clock."""


@dataclass(frozen=True)
class Place:
    """Where the services of one stack live."""

    folder: Path
    servers: Servers
    api_url: str
    overrides: Mapping[str, str]

    def container(self, name: str, service: Service) -> Container:
        home = self.folder / name
        (home / "tmp").mkdir(parents=True)
        for target, source in service.volumes.items():
            self._mount(home / Path(target).relative_to(HOME), source)
        # A container's host name is its own; here they would all have this machine's.
        (home / "container.py").write_text(f"def name():\n    return {name!r}\n")
        return Container(_command(name, service), self._environment(service, home), home)

    def _mount(self, target: Path, source: str) -> None:
        folder = Path(source) if source.startswith("/") else self.folder / "volumes" / source
        folder.mkdir(parents=True, exist_ok=True)
        target.symlink_to(folder)

    def _environment(self, service: Service, home: Path) -> dict[str, str]:
        ports = {
            "postgres": self.servers.postgres.port,
            "redis": self.servers.redis_port,
            "api-server": int(self.api_url.rpartition(":")[2]),
        }
        return {
            **{name: os.environ[name] for name in CLOCK if name in os.environ},
            "PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin",
            "HOME": str(home),
            "AIRFLOW_HOME": str(home),
            "TMPDIR": str(home / "tmp"),
            **moved(service, home, ports),
            **_listening(ports["api-server"]),
            "AIRFLOW__CORE__HOSTNAME_CALLABLE": "container.name",
            **self.overrides,
        }


def _command(name: str, service: Service) -> list[str]:
    # Celery knows workers by the machine's name, and here they share one.
    own_name = ["--celery-hostname", f"celery@{name}"] if "worker" in service.command else []
    return [*service.command, *own_name]


def _listening(api_port: int) -> dict[str, str]:
    """Return the ports that a container would have to itself."""
    return {
        "AIRFLOW__API__HOST": HOST,
        "AIRFLOW__API__PORT": str(api_port),
        "AIRFLOW__LOGGING__TRIGGER_LOG_SERVER_PORT": str(free_port()),
        "AIRFLOW__LOGGING__WORKER_LOG_SERVER_PORT": str(free_port()),
        "AIRFLOW__SCHEDULER__SCHEDULER_HEALTH_CHECK_SERVER_HOST": HOST,
        "AIRFLOW__SCHEDULER__SCHEDULER_HEALTH_CHECK_SERVER_PORT": str(free_port()),
    }
