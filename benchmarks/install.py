"""What the set-up costs: bytes and seconds, and what of it is never imported.

    python -m benchmarks.install

What `make demo` installs and what `make test` installs, each in a copy of the checkout, with an
empty cache once and with a full one five times. What a real Airflow imports from its start to a
book's end is noted by each of its processes.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks.imported import LOCKS, Installed, installed
from benchmarks.section import ROUNDS, Section, median, print_section, progress
from local.airflow import ROOT

WAYS = {"make demo": ".venv/.requirements-run", "make test": "setup"}
"""What make is asked for, so that it installs what a command needs, and does no more."""

NEEDED = ("Makefile", *LOCKS, "plugins")
BEFORE = 1.198e9
"""Bytes of the environment when this was first measured; the bar is two thirds."""

IMAGE = "requirements-image.lock"
PARTS = {
    "requirements-run.lock": "for `make demo` and `make run`",
    IMAGE: "for the containers besides",
    "requirements.lock": "for tests and checks besides",
}

LARGEST = 12
"""How many distributions are named."""

LONGEST = 3600
"""Seconds for one installation."""


@dataclass(frozen=True)
class Cost:
    """Of one installation: seconds, then bytes."""

    cold: float
    warm: float
    environment: int
    cache: int


def measure(section: Section) -> None:
    _tell_setup(section, {way: _cost(way) for way in WAYS})
    progress("install: what a running Airflow imports")
    found = installed()
    _tell_image(section, found)
    _tell_imports(section, found)


def _cost(way: str) -> Cost:
    with tempfile.TemporaryDirectory() as folder:
        cache, copy = Path(folder, "cache"), Path(folder, "copy")
        progress(f"install: {way}, with an empty cache")
        cold = _set_up(way, copy, cache)
        warm = []
        for number in range(ROUNDS):
            progress(f"install: {way}, with a full cache, {number + 1} of {ROUNDS}")
            warm.append(_set_up(way, copy, cache))
        return Cost(cold, median(warm), _bytes(copy / ".venv"), _bytes(cache))


def _tell_setup(section: Section, costs: dict[str, Cost]) -> None:
    demo, test = costs.values()
    both = (demo, test)
    rows = [
        ("with an empty cache (once)", *(f"{one.cold:.0f} s" for one in both)),
        ("with a full cache", *(f"{one.warm:.0f} s" for one in both)),
        ("the environment", *(_megabytes(one.environment) for one in both)),
        ("the cache", *(_megabytes(one.cache) for one in both)),
    ]
    section.say(
        "What a command installs in a new copy of the checkout. `make run`, `connect`, `meeting` "
        "and `preflight` need what `make demo` needs. Most files of the environment and the cache "
        "are the same on the disk."
    )
    section.table(("install", *(f"`{way}`" for way in costs)), rows)
    most = BEFORE * 2 / 3 / 1e6
    section.bar("bytes for `make demo`", demo.environment / 1e6, most, " MB", ".0f")
    section.bar("empty cache: `make demo` beside `make test`", demo.cold / test.cold, 1, " ×")
    section.bar("full cache: `make demo` beside `make test`", demo.warm / test.warm, 1, " ×")


def _set_up(way: str, copy: Path, cache: Path) -> float:
    """Return the seconds that an installation takes in a new copy."""
    shutil.rmtree(copy, ignore_errors=True)
    copy.mkdir()
    for name in NEEDED:
        source = ROOT / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, copy / name)
    settings = {**os.environ, "XDG_CACHE_HOME": str(cache)}
    for name in ("UV_CACHE_DIR", "PIP_CACHE_DIR"):
        settings.pop(name, None)
    begun = time.monotonic()
    command = ["make", WAYS[way], f"PYTHON={_interpreter()}"]
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
        "book and the preflight (bytes without compiled copies). Programs are not imported: "
        "PostgreSQL, uv, pip."
    )
    groups = {part: [one for one in found if one.part == part] for part in PARTS}
    headings = ("distributions", "number", "bytes", "never imported", "bytes of those")
    section.table(headings, [_group(PARTS[part], ones) for part, ones in groups.items()])
    for part, ones in groups.items():
        never = [one for one in ones if not one.imported][:LARGEST]
        listed = ", ".join(f"{one.name} {_megabytes(one.size)}" for one in never)
        section.say(f"The largest that are never imported, {PARTS[part]}: {listed}.")


def _group(name: str, found: list[Installed]) -> tuple[str, ...]:
    never = [one for one in found if not one.imported]
    sizes = [_megabytes(sum(one.size for one in ones)) for ones in (found, never)]
    return (name, str(len(found)), sizes[0], str(len(never)), sizes[1])


def _tell_image(section: Section, found: list[Installed]) -> None:
    packages = sum(one.size for one in found if IMAGE in one.locks)
    section.say(f"The packages of the image, without Airflow's own image: {_megabytes(packages)}.")
    if subprocess.run(["docker", "info"], capture_output=True, check=False).returncode:
        section.say("The whole image was not measured: no Docker engine answers on this machine.")
        return
    build = ["docker", "build", "--quiet", str(ROOT)]
    image = subprocess.check_output(build, text=True).strip()
    size = ["docker", "image", "inspect", "--format", "{{.Size}}", image]
    section.say(f"The image: {_megabytes(float(subprocess.check_output(size, text=True)))}.")


if __name__ == "__main__":
    sys.exit(print_section("Set-up", measure))
