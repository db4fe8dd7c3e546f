"""Which lock is installed: make itself decides, beside a pip and a uv that only note it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from sandbox.stack import ROOT

RUN, ALL = "requirements-run.lock", "requirements.lock"
PROVIDER = Path("plugins", "zoom_provider", "pyproject.toml")

NOTE = """#!/bin/sh
echo "$@" >>.venv/said
"""


@dataclass(frozen=True)
class Clone:
    """A checkout whose environment's programs note what they are told."""

    folder: Path

    def make(self, target: str) -> list[str]:
        """Return the locks that a command of make installs."""
        said = self.folder / ".venv" / "said"
        said.write_text("")
        command = ["make", target, f"PYTHON={sys.executable}"]
        subprocess.run(command, cwd=self.folder, check=True, capture_output=True, timeout=60)
        synced = [line for line in said.read_text().splitlines() if line.startswith("pip sync")]
        return [line.split()[-1] for line in synced]

    def change(self, file: str | Path) -> None:
        """Make a file newer than all that was installed."""
        later = time.time_ns() + 10**10
        os.utime(self.folder / file, ns=(later, later))


@pytest.fixture
def clone(tmp_path: Path) -> Clone:
    programs = tmp_path / ".venv" / "bin"
    programs.mkdir(parents=True)
    for name in ("python", "pip", "uv", "ruff", "mypy", "lint-imports", "deptry"):
        (programs / name).write_text(NOTE)
        (programs / name).chmod(0o700)
    (tmp_path / PROVIDER).parent.mkdir(parents=True)
    for file in ("Makefile", RUN, ALL, PROVIDER):
        shutil.copy(ROOT / file, tmp_path / file)
    return Clone(tmp_path)


@pytest.mark.parametrize("target", ["demo", "run", "connect", "meeting", "preflight"])
def test_what_runs_airflow_installs_no_tools(clone: Clone, target: str) -> None:
    assert clone.make(target) == [RUN]
    assert clone.make(target) == []


def test_checks_add_the_tools_and_the_demo_leaves_them(clone: Clone) -> None:
    assert clone.make("demo") == [RUN]
    assert clone.make("check") == [ALL]
    assert clone.make("demo") == clone.make("check") == []


def test_the_demo_after_the_checks_installs_nothing(clone: Clone) -> None:
    assert clone.make("check") == [ALL]
    assert clone.make("demo") == []


@pytest.mark.parametrize("changed", [RUN, PROVIDER])
def test_what_has_changed_is_installed_again(clone: Clone, changed: str | Path) -> None:
    clone.make("demo")
    clone.change(changed)
    assert clone.make("demo") == [RUN]


@pytest.mark.parametrize("changed", [ALL, PROVIDER])
def test_the_demo_brings_the_tools_up_to_date(clone: Clone, changed: str | Path) -> None:
    clone.make("check")
    clone.change(changed)
    assert clone.make("demo") == [ALL]


def test_an_installation_that_broke_off_begins_again(clone: Clone) -> None:
    clone.make("demo")
    uv = clone.folder / ".venv" / "bin" / "uv"
    uv.write_text("#!/bin/sh\nexit 1\n")
    with pytest.raises(subprocess.CalledProcessError):
        clone.make("check")
    uv.write_text(NOTE)
    assert clone.make("demo") == [RUN]
