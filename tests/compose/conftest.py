"""The compose file beside an .env that `make env` has written."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.compose import parser
from tests.compose.project import Project, copied_to


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return copied_to(tmp_path)


@pytest.fixture(scope="session", params=[1, 2], ids=["v1", "v2"])
def compose(request: pytest.FixtureRequest) -> str:
    """The real parser, old and new."""
    program = parser.program(request.param)
    if not program:
        assert parser.newest() or "CI" not in os.environ, "Compose is not installed"
        pytest.skip(f"Compose v{request.param} is not installed")
    return program


@pytest.fixture
def composed(project: Project, compose: str) -> Project:
    """The project in the hands of the real parser."""
    return replace(project, program=compose)


@pytest.fixture(scope="session")
def services(compose: str, tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """All services, with the settings that `make env` writes."""
    project = copied_to(tmp_path_factory.mktemp("project"))
    return replace(project, program=compose).services()
