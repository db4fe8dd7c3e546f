"""The compose file beside an .env that `make env` has written."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.compose.project import Project, copied_to


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return copied_to(tmp_path)


@pytest.fixture(scope="session")
def docker_compose() -> None:
    """The real parser; only a developer's machine may lack it."""
    if not shutil.which("docker-compose"):
        assert "CI" not in os.environ, "docker-compose is not installed"
        pytest.skip("docker-compose is not installed")


@pytest.fixture(scope="session")
def services(
    docker_compose: None, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, dict[str, Any]]:
    """All services, with the settings that `make env` writes."""
    return copied_to(tmp_path_factory.mktemp("project")).services()
