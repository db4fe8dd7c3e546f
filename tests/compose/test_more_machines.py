"""Workers on other machines: what is opened to them, and how they find it."""

from __future__ import annotations

import pytest

from tests.compose.project import Project

REACHED = {"api-server": 8080, "postgres": 5432, "redis": 6379}


def test_the_main_machine_opens_what_workers_need_in_the_private_network(composed: Project) -> None:
    composed.change(MAIN_MACHINE="10.0.0.5")
    services = composed.services("deploy/main-machine.yaml")
    for name, port in REACHED.items():
        assert f"10.0.0.5:{port}:{port}/tcp" in services[name]["ports"]


def test_a_worker_finds_each_service_on_the_main_machine(composed: Project) -> None:
    composed.change(MAIN_MACHINE="10.0.0.5")
    worker = composed.services("deploy/worker-machine.yaml")["worker"]
    assert worker["extra_hosts"] == dict.fromkeys(REACHED, "10.0.0.5")
    addresses = " ".join(worker["environment"].values())
    assert all(f"{name}:{port}/" in addresses for name, port in REACHED.items())


@pytest.mark.parametrize("file", ["deploy/main-machine.yaml", "deploy/worker-machine.yaml"])
def test_without_an_address_compose_says_what_is_missing(composed: Project, file: str) -> None:
    refused = composed.compose("-f", "docker-compose.yaml", "-f", file, "config")
    assert refused.returncode != 0
    assert "set MAIN_MACHINE in .env" in refused.stderr
