"""The compose file's stack on this machine: the same commands and settings, without containers.

Each service has a folder of its own for /opt/airflow and its own TMPDIR: they share no disk but
what the file mounts into several of them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import requests

from sandbox.airflow_api import AirflowApi
from sandbox.both import Sandbox
from sandbox.server import HOST
from sandbox.stack import free_port
from sandbox.waiting import wait_until
from tests.workers.compose_file import Service, read_services
from tests.workers.container import Container
from tests.workers.place import Place
from tests.workers.servers import Servers

ONCE = ("check-settings", "check-workers", "init")
SERVERS = ("postgres", "redis")


@dataclass(frozen=True)
class Stack:
    """A running Airflow and what it is connected to.

    :param containers: its services; ``worker-1``, ``worker-2`` and so on are copies of one.
    """

    airflow: AirflowApi
    servers: Servers
    sandbox: Sandbox
    containers: dict[str, Container]

    @property
    def workers(self) -> dict[str, Container]:
        return {name: one for name, one in self.containers.items() if name.startswith("worker-")}


@contextmanager
def running_stack(
    servers: Servers,
    folder: Path,
    settings: Mapping[str, str],
    overrides: Mapping[str, str],
    sandbox: Sandbox,
) -> Iterator[Stack]:
    """Run the compose file.

    :param settings: changes to .env.
    :param overrides: environment for every service besides the file's.
    """
    settings = servers.settings | settings
    services = read_services(_written(folder / ".env", settings), settings["COMPOSE_PROFILES"])
    place = Place(folder, servers, f"http://{HOST}:{free_port()}", overrides)
    for name in (name for name in ONCE if name in services):
        container = place.container(name, services[name])
        assert container.run() == 0, container.log.read_text()
    containers = _lasting(place, services)
    with _up(containers.values()):
        airflow = _log_in(place.api_url, settings["ADMIN_USER"], settings["ADMIN_PASSWORD"])
        yield Stack(airflow, servers, sandbox, containers)


def _written(env_file: Path, settings: Mapping[str, str]) -> Path:
    env_file.write_text("".join(f"{name}={value}\n" for name, value in settings.items()))
    return env_file


def _lasting(place: Place, services: Mapping[str, Service]) -> dict[str, Container]:
    lasting = {name: one for name, one in services.items() if one.lasting and name not in SERVERS}
    return {
        copy: place.container(copy, service)
        for name, service in lasting.items()
        for copy in _copies(name, service.scale)
    }


def _copies(name: str, scale: int) -> list[str]:
    return [f"{name}-{number}" for number in range(1, scale + 1)] if scale > 1 else [name]


@contextmanager
def _up(containers: Collection[Container]) -> Iterator[None]:
    for container in containers:
        container.start()
    try:
        yield
    finally:
        for container in containers:
            container.stop()


def _log_in(url: str, username: str, password: str) -> AirflowApi:
    """Wait for Airflow and take a token, as a person's script does."""
    wait_until(AirflowApi(url).healthy, "a healthy Airflow")
    asked = {"username": username, "password": password}
    answer = requests.post(f"{url}/auth/token", json=asked, timeout=60)
    answer.raise_for_status()
    return AirflowApi(url, answer.json()["access_token"])
