"""What is installed: fixed to the byte, and without what nobody imports."""

from __future__ import annotations

import re

import pytest

from sandbox.stack import ROOT

PARTS = ("requirements-run.lock", "requirements-image.lock")
LOCKS = ("requirements.lock", *PARTS)


def locked(name: str) -> dict[str, str]:
    """Return the lines of each package; a universal lock may have several versions of one."""
    text = (ROOT / name).read_text().replace("\\\n", "")
    return {line.partition(" ")[0]: line for line in text.splitlines()}


def hashes(name: str) -> dict[str, list[str]]:
    """Return those of each package, whatever systems it is for."""
    return {one: re.findall(r"--hash=(\S+)", line) for one, line in locked(name).items()}


@pytest.mark.parametrize("name", LOCKS)
def test_every_package_has_hashes(name: str) -> None:
    assert {one for one, found in hashes(name).items() if not found} == set()


@pytest.mark.parametrize("part", PARTS)
def test_what_runs_is_what_the_tests_had(part: str) -> None:
    assert hashes(part).items() <= hashes("requirements.lock").items()


@pytest.mark.parametrize("part", PARTS)
def test_what_runs_has_no_tools(part: str) -> None:
    tools = {"mypy", "playwright", "pytest", "ruff", "moto", "hypothesis"}
    names = {one.partition("==")[0] for one in locked(part)}
    assert names & tools == set()
    assert tools <= {one.partition("==")[0] for one in locked("requirements.lock")}


@pytest.mark.parametrize("name", LOCKS)
def test_what_is_excluded_is_not_there(name: str) -> None:
    text = (ROOT / "requirements-excluded.txt").read_text()
    excluded = set(re.findall(r"^[a-z][\w.-]*", text, re.MULTILINE))
    assert len(excluded) > 40
    assert excluded & {one.partition("==")[0] for one in locked(name)} == set()


def test_nothing_is_installed_unchecked() -> None:
    installs = {
        line
        for file in ("Makefile", "Dockerfile")
        for line in (ROOT / file).read_text().splitlines()
        if re.search(r"pip (install|sync)", line) and "--editable" not in line
    }
    assert len(installs) == 3
    assert [line for line in installs if "--require-hashes" not in line] == []
