"""docker-compose.yaml as its parser reads it: safe by default, and of one piece."""

from __future__ import annotations

import re
from typing import Any

import pytest

from deploy.check_settings import SECRETS
from sandbox.stack import ROOT
from tests.compose.project import Project

Services = dict[str, dict[str, Any]]

COMPOSE = (ROOT / "docker-compose.yaml").read_text()
MACHINES = [file.read_text() for file in (ROOT / "deploy").glob("*-machine.yaml")]
EXAMPLE = (ROOT / ".env.example").read_text()
SETTINGS = dict(re.findall(r"^(\w+)=(.*)$", EXAMPLE, re.MULTILINE))

PROFILES = {
    None: "check-settings postgres init api-server scheduler dag-processor triggerer",
    "celery": "check-workers redis worker",
    "sandbox": "sandbox sandbox-connections",
}
CHECKS = {"check-settings", "check-workers"}
ONCE = {*CHECKS, "init", "sandbox-connections"}
SHARED_SECRETS = (
    "AIRFLOW__API__SECRET_KEY",
    "AIRFLOW__API_AUTH__JWT_SECRET",
    "AIRFLOW__CORE__FERNET_KEY",
)


def airflows(services: Services) -> list[dict[str, Any]]:
    """Return the services that run Airflow itself."""
    named = (service for service in services.values() if "environment" in service)
    return [service for service in named if "AIRFLOW__CORE__EXECUTOR" in service["environment"]]


@pytest.mark.parametrize("profile", PROFILES)
def test_a_profile_adds_its_services(services: Services, profile: str | None) -> None:
    wanted = [profile] if profile else []
    started = {name for name in services if services[name].get("profiles", []) == wanted}
    assert started == set(PROFILES[profile].split())


def test_the_example_has_every_setting_of_the_file_and_no_other() -> None:
    read = re.findall(r"(?<!\$)\$\{(\w+)", "".join([COMPOSE, *MACHINES]))
    assert SETTINGS.keys() == set(read)


def test_a_setting_that_is_not_there_is_as_in_the_example() -> None:
    defaults = dict(re.findall(r"\$\{(\w+):-([^}]+)\}", COMPOSE))
    defaults.pop("STAGING_URL")  # empty in the example, which stands for the volume
    defaults.pop("RECORDS_URL")
    assert defaults == {name: SETTINGS[name] for name in defaults}


def test_every_secret_is_demanded() -> None:
    assert set(re.findall(r"\$\{(\w+):\?set \1 in \.env", COMPOSE)) == set(SECRETS)


def test_every_setting_is_explained() -> None:
    assert re.findall(r"^# .*\n(\w+)=", EXAMPLE, re.MULTILINE) == list(SETTINGS)


def test_nothing_is_published_beyond_this_machine(services: Services) -> None:
    ports = [port for service in services.values() for port in service.get("ports", [])]
    assert ports == ["127.0.0.1:8080:8080/tcp", "127.0.0.1:8090:8090/tcp"]


def test_it_is_published_where_the_settings_say(composed: Project) -> None:
    composed.change(PUBLISH="0.0.0.0:9000")
    assert composed.services()["api-server"]["ports"] == ["0.0.0.0:9000:8080/tcp"]


def test_all_of_airflow_has_the_same_secrets(services: Services) -> None:
    held = {
        tuple(service["environment"][name] for name in SHARED_SECRETS)
        for service in airflows(services)
    }
    assert len(held) == 1
    assert len(set(*held)) == len(SHARED_SECRETS)


def test_everything_waits_for_the_check_of_the_settings(services: Services) -> None:
    waiting: set[str] = set()
    while (
        more := {
            name
            for name, service in services.items()
            if (waiting | CHECKS) & set(service.get("depends_on", {}))
        }
        - waiting
    ):
        waiting |= more
    assert waiting == services.keys() - CHECKS


def test_workers_chosen_on_the_command_line_are_checked_the_same(services: Services) -> None:
    check, workers = services["check-settings"], services["check-workers"]
    environment = {**check["environment"], "COMPOSE_PROFILES": "celery"}
    assert workers == {**check, "environment": environment, "profiles": ["celery"]}
    assert "check-workers" in services["redis"]["depends_on"]
    assert "redis" in services["worker"]["depends_on"]


def test_what_stays_up_is_watched_and_restarted(services: Services) -> None:
    lasting = services.keys() - ONCE
    assert {name for name in services if "healthcheck" in services[name]} == lasting
    restarted = {name for name in services if services[name].get("restart") == "unless-stopped"}
    assert restarted == lasting


def test_no_container_can_gain_rights(services: Services) -> None:
    gaining = [
        name
        for name, service in services.items()
        if service.get("security_opt") != ["no-new-privileges:true"]
    ]
    assert gaining == []


def test_what_never_is_root_has_none_of_its_rights(services: Services) -> None:
    never_root = {name for name, service in services.items() if "user" in service}
    assert never_root == services.keys() - {"postgres", "redis"}
    without = {name for name in services if services[name].get("cap_drop") == ["ALL"]}
    assert without == never_root


MEGABYTE = 1 << 20


def test_no_container_takes_all_memory(services: Services) -> None:
    limits = {name: _bytes(service.get("mem_limit")) for name, service in services.items()}
    assert {name for name, limit in limits.items() if limit < 256 * MEGABYTE} == set()
    lasting = [limits[name] for name in PROFILES[None].split() if name not in ONCE]
    assert sum(lasting) <= 10 * 1024 * MEGABYTE
    assert limits["scheduler"] > limits["worker"] > limits["dag-processor"]


def _bytes(limit: str | int | None) -> int:
    """Read a limit as Compose v1 prints it, or v2."""
    text = str(limit or 0).strip()
    unit = {"m": MEGABYTE, "g": 1024 * MEGABYTE}.get(text[-1:], 1)
    return int(text.rstrip("mg")) * unit


def test_workers_share_no_disk_with_the_others(services: Services) -> None:
    mounts = services["worker"]["volumes"]
    assert [mount for mount in mounts if not mount.endswith(":ro")] == []


def test_the_login_is_a_real_one(services: Services) -> None:
    managers = {one["environment"]["AIRFLOW__CORE__AUTH_MANAGER"] for one in airflows(services)}
    assert {manager.rpartition(".")[2] for manager in managers} == {"FabAuthManager"}
