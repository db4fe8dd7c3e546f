"""What the set-up costs: bytes and seconds, and what of it is never imported.

    python -m benchmarks.install

`make setup` in a copy of the checkout, with an empty cache once and with a full one five times.
What a real Airflow imports from its start to a book's end is noted by each of its processes.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.imported import Installed, installed
from benchmarks.section import ROUNDS, Section, median, print_section, progress
from local.airflow import ROOT

NEEDED = ("Makefile", "requirements.lock", "plugins")
BEFORE = 1.198e9
"""Bytes of the environment when this was first measured; the bar is two thirds."""

LARGEST = 12
"""How many distributions are named."""

LONGEST = 3600
"""Seconds for one installation."""


def measure(section: Section) -> None:
    _tell_setup(section)
    _tell_image(section)
    progress("install: what a running Airflow imports")
    _tell_imports(section, installed())


def _tell_setup(section: Section) -> None:
    with tempfile.TemporaryDirectory() as folder:
        cache, copy = Path(folder, "cache"), Path(folder, "copy")
        progress("install: with an empty cache")
        cold = _set_up(copy, cache)
        warm = []
        for number in range(ROUNDS):
            progress(f"install: with a full cache, {number + 1} of {ROUNDS}")
            warm.append(_set_up(copy, cache))
        environment, cached = _bytes(copy / ".venv"), _bytes(cache)
    rows = [
        ("with an empty cache (once)", f"{cold:.0f} s"),
        ("with a full cache", f"{median(warm):.0f} s"),
        ("the environment", _megabytes(environment)),
        ("the cache; most files of both are the same on the disk", _megabytes(cached)),
    ]
    section.say("`make setup` in a new copy of the checkout:")
    section.table(("install", ""), rows)
    section.bar("bytes of the environment", environment / 1e6, BEFORE * 2 / 3 / 1e6, " MB", ".0f")


def _set_up(copy: Path, cache: Path) -> float:
    """Return the seconds of `make setup` in a new copy."""
    shutil.rmtree(copy, ignore_errors=True)
    copy.mkdir()
    for name in NEEDED:
        source = ROOT / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, copy / name)
    settings = {**os.environ, "XDG_CACHE_HOME": str(cache)}
    settings.pop("UV_CACHE_DIR", None)
    begun = time.monotonic()
    command = ["make", "setup", f"PYTHON={_interpreter()}"]
    subprocess.run(command, cwd=copy, env=settings, check=True, timeout=LONGEST, stdout=sys.stderr)
    return time.monotonic() - begun


def _interpreter() -> str:
    """Return the Python that this environment was made of."""
    return str(Path(sys.base_prefix, "bin", f"python3.{sys.version_info.minor}"))


def _bytes(folder: Path) -> int:
    """Return the bytes of all files, each once however many names it has."""
    files = (file.lstat() for file in folder.rglob("*") if not file.is_dir())
    return sum({found.st_ino: found.st_size for found in files}.values())


def _megabytes(size: float) -> str:
    return f"{size / 1e6:,.0f} MB"


def _tell_imports(section: Section, found: list[Installed]) -> None:
    section.say(
        "What is imported by any process of a real Airflow from its start, through a report, to a "
        "book and the preflight (bytes without compiled copies):"
    )
    groups = {
        "the product, and Airflow (requirements-image.lock)": [one for one in found if one.product],
        "tests, checks, sandbox, PostgreSQL": [one for one in found if not one.product],
    }
    headings = ("distributions", "number", "bytes", "never imported", "bytes of those")
    section.table(headings, [_group(name, ones) for name, ones in groups.items()])
    for name, ones in groups.items():
        never = [one for one in ones if not one.imported][:LARGEST]
        listed = ", ".join(f"{one.name} {_megabytes(one.size)}" for one in never)
        section.say(f"The largest that are never imported, of {name}: {listed}.")


def _group(name: str, found: list[Installed]) -> tuple[str, ...]:
    never = [one for one in found if not one.imported]
    sizes = [_megabytes(sum(one.size for one in ones)) for ones in (found, never)]
    return (name, str(len(found)), sizes[0], str(len(never)), sizes[1])


def _tell_image(section: Section) -> None:
    if subprocess.run(["docker", "info"], capture_output=True, check=False).returncode:
        section.say("The image's size was not measured: no Docker engine answers on this machine.")
        return
    build = ["docker", "build", "--quiet", str(ROOT)]
    image = subprocess.check_output(build, text=True).strip()
    size = ["docker", "image", "inspect", "--format", "{{.Size}}", image]
    section.say(f"The image: {_megabytes(float(subprocess.check_output(size, text=True)))}.")


if __name__ == "__main__":
    sys.exit(print_section("Set-up", measure))
