"""docker-compose.yaml as its own parser reads it, made ready to run without containers."""

from __future__ import annotations

import re
import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sandbox.stack import ROOT
from tests.compose import parser

HOME = "/opt/airflow"
"""Where the image has the project; each service gets a folder of its own for it here."""


@dataclass(frozen=True)
class Service:
    """What the file says of one service.

    :param command: with its entrypoint; without one the image's own adds ``airflow``.
    :param volumes: what is mounted below HOME: an absolute folder, or a volume's name, by target.
    :param lasting: it is started again whenever it ends.
    """

    command: list[str]
    environment: dict[str, str]
    volumes: dict[str, str]
    scale: int
    lasting: bool


def read_services(env_file: Path, profile: str) -> dict[str, Service]:
    """Return the services of a profile and those of none, by name.

    :param env_file: the settings that are filled in.
    """
    where = ["--project-directory", str(ROOT), "--file", str(ROOT / "docker-compose.yaml")]
    settings = ["--env-file", str(env_file)]
    profiles = (profile,) if profile else ()
    read = parser.read(parser.newest(), *where, *settings, folder=ROOT, profiles=profiles)
    return {name: _service(one) for name, one in read.items()}


def _service(read: Mapping[str, Any]) -> Service:
    entrypoint, command = (_words(read.get(part)) for part in ("entrypoint", "command"))
    environment = read.get("environment") or {}
    return Service(
        command=entrypoint + (command if entrypoint else _with_airflow(command)),
        environment={name: _text(value or "") for name, value in environment.items()},
        volumes=dict(_mount(volume) for volume in read.get("volumes") or []),
        scale=int(read.get("scale") or 1),
        lasting=read.get("restart") == "unless-stopped",
    )


def _words(command: str | list[str] | None) -> list[str]:
    words = shlex.split(command) if isinstance(command, str) else command or []
    return [_text(word) for word in words]


def _with_airflow(command: list[str]) -> list[str]:
    """Return what the image's own entrypoint runs."""
    return command if command[:1] in (["bash"], ["python"], []) else ["airflow", *command]


def _text(value: object) -> str:
    # `config` prints a file that can be read again: it doubles each dollar.
    return str(value).replace("$$", "$")


def _mount(volume: str) -> tuple[str, str]:
    """Return target and source."""
    source, target = volume.split(":")[:2]
    return target, source


def moved(service: Service, home: Path, ports: Mapping[str, int]) -> dict[str, str]:
    """Return a service's environment with its folder and the other services' addresses changed.

    :param ports: where the services listen on this machine, by name.
    """
    names = "|".join(map(re.escape, ports))
    address = re.compile(rf"(?<=[@/])({names}):\d+(?=/)")
    return {
        name: address.sub(lambda found: f"127.0.0.1:{ports[found[1]]}", value).replace(
            HOME, str(home)
        )
        for name, value in service.environment.items()
    }
