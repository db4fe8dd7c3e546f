"""Compose, old and new: which of them this machine has, and what they print."""

from __future__ import annotations

import os
import shutil
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import yaml

PLUGINS = (
    "~/.docker/cli-plugins",
    "/usr/local/lib/docker/cli-plugins",
    "/usr/libexec/docker/cli-plugins",
    "/usr/lib/docker/cli-plugins",
)
"""Folders of Compose v2, which Docker calls as ``docker compose``."""

PROFILES = ("celery", "sandbox")


def program(version: int) -> str | None:
    """Return where Compose v1 or v2 is, if it is installed."""
    folders = ":".join(str(Path(folder).expanduser()) for folder in PLUGINS)
    places = [shutil.which("docker-compose", path=path) for path in (None, folders)]
    return next((place for place in places if place and _version(place) == version), None)


def newest() -> str | None:
    """Return the newest Compose of this machine."""
    return program(2) or program(1)


@cache
def _version(place: str) -> int:
    done = subprocess.run([place, "version", "--short"], capture_output=True, text=True, check=True)
    return int(done.stdout.lstrip("v").partition(".")[0])


def run(*command: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command in a folder with a .env."""
    # Variables of the shell would win over .env.
    bare = {name: os.environ[name] for name in ("HOME", "PATH") if name in os.environ}
    return subprocess.run(
        command, cwd=folder, env={**bare, **environment}, capture_output=True, text=True
    )


def read(
    program: str, *options: str, folder: Path, profiles: tuple[str, ...] = PROFILES
) -> dict[str, dict[str, Any]]:
    """Return the services of these profiles and of none, each part in the short form of v1."""
    chosen = [word for profile in profiles for word in ("--profile", profile)]
    done = run(program, *options, *chosen, "config", folder=folder)
    assert done.returncode == 0, done.stderr
    services = yaml.safe_load(done.stdout)["services"].items()
    # Compose v1 prints every profile's.
    return {name: _short(one) for name, one in services if _in(one.get("profiles"), profiles)}


def _in(needed: list[str] | None, profiles: tuple[str, ...]) -> bool:
    return needed is None or bool(set(needed) & set(profiles))


def _short(service: dict[str, Any]) -> dict[str, Any]:
    forms = {"ports": _ports, "volumes": _mounts, "extra_hosts": _hosts}
    return service | {part: form(service[part]) for part, form in forms.items() if part in service}


def _ports(ports: list[str | dict[str, Any]]) -> list[str]:
    long = "{host_ip}:{published}:{target}/{protocol}"
    return [port if isinstance(port, str) else long.format(**port) for port in ports]


def _mounts(mounts: list[str | dict[str, Any]]) -> list[str]:
    return [mount if isinstance(mount, str) else _mount(**mount) for mount in mounts]


def _mount(source: str, target: str, read_only: bool = False, **_: object) -> str:
    return f"{source}:{target}:{'ro' if read_only else 'rw'}"


def _hosts(hosts: dict[str, str] | list[str]) -> dict[str, str]:
    return hosts if isinstance(hosts, dict) else dict(host.split("=", 1) for host in hosts)
