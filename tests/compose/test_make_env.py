"""`make env`: a file of one's own with fresh secrets, once."""

from __future__ import annotations

import stat
from pathlib import Path

from deploy.check_settings import SECRETS
from tests.compose.project import Project, copied_to


def test_only_its_owner_can_read_it(project: Project) -> None:
    assert stat.S_IMODE((project.folder / ".env").stat().st_mode) == 0o600


def test_it_differs_from_the_example_in_the_secrets_and_the_own_user(project: Project) -> None:
    example, made = project.settings(".env.example"), project.settings()
    assert made.keys() == example.keys()
    changed = {name for name in made if made[name] != example[name]}
    assert set(SECRETS) <= changed <= {*SECRETS, "AIRFLOW_UID"}


def test_no_secret_is_used_twice(project: Project, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    made = [one.settings() for one in (project, copied_to(tmp_path / "other"))]
    assert len({one[name] for one in made for name in SECRETS}) == 2 * len(SECRETS)


def test_the_second_time_it_changes_nothing_and_says_so(project: Project) -> None:
    before = (project.folder / ".env").read_bytes()
    again = project.make_env()
    assert again.returncode == 1
    assert ".env is there already" in again.stderr
    assert (project.folder / ".env").read_bytes() == before
