"""How long Airflow needs to read the Dags: of one meeting beside an empty file, and of many.

    python -m benchmarks.parse

A Dag file is read in a process forked from one that has imported what the dag-processor imports for
it. Many meetings are read in a process of their own in which they were read once before; the larger
number while both processors are kept busy.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import psutil

from benchmarks.forked import Seconds, forked
from benchmarks.section import ROUNDS, Section, median, print_section, progress
from local.airflow import ROOT

MORE_BAR = 0.1
"""Seconds by the clock that a Dag file of one meeting takes beyond an empty one."""

EMPTY = "empty.py"
DAG_FILES = ("zoom_attendance.py", "zoom_register.py")
EMPTY_TEXT = "from airflow.sdk import DAG\n\nempty = DAG('empty')\n"
FEW, MANY = 100, 1_000
CPU_BAR = 1.0  # seconds of CPU for FEW
LIMIT = 30.0  # seconds: DAGBAG_IMPORT_TIMEOUT of Airflow, by the clock, for MANY
BUSY = "import os; parent = os.getppid()\nwhile os.getppid() == parent: pass"
FILE = """title: Class {0}
meeting_id: {1}
timezone: {2}
schedule: "{3} {4} * * SUN"
class_time: "19:30-21:00"
publish_to:
  folder: Attendance reports
notify: [office@example.org]
report_within: 3 hours
"""
ZONES = ("Australia/Sydney", "Europe/Berlin", "America/New_York")


def write_meetings(folder: Path, count: int) -> None:
    for number in range(count):
        zone, minute, hour = ZONES[number % 3], number % 60, number % 24
        text = FILE.format(number, 81_200_000_000 + number, zone, minute, hour)
        (folder / f"class_{number}.yaml").write_text(text)


def read(file: Path) -> None:
    from airflow.dag_processing.dagbag import DagBag

    bag = DagBag(file)
    assert not bag.import_errors, bag.import_errors
    assert bag.dags


def read_once() -> None:
    """Print, by Dag file, seconds of CPU and by the clock of the second reading in this process."""
    found = {}
    for name in DAG_FILES:
        file = ROOT / "dags" / name
        read(file)
        cpu, clock = time.process_time(), time.monotonic()
        read(file)
        found[name] = [time.process_time() - cpu, time.monotonic() - clock]
    print(json.dumps(found))


def read_beside() -> None:
    """Print the seconds of each Dag file, by the clock and of CPU, read in turn."""
    from airflow.dag_processing.processor import _pre_import_airflow_modules
    from structlog import get_logger

    empty = Path(os.environ["AIRFLOW_HOME"], EMPTY)
    empty.write_text(EMPTY_TEXT)
    files = [empty, *(ROOT / "dags" / name for name in DAG_FILES)]
    for file in files:
        _pre_import_airflow_modules(str(file), get_logger())
    found: dict[str, list[Seconds]] = {file.name: [] for file in files}
    for _ in range(ROUNDS):
        for file in files:
            found[file.name].append(forked([lambda file=file: read(file)])[0])
    print(json.dumps(found))


def measure(how: str, count: int, *, busy: bool = False) -> Any:
    """Return what a process of its own prints that has so many meetings."""
    with tempfile.TemporaryDirectory() as home, ExitStack() as stack:
        folder = Path(home, "meetings")
        folder.mkdir()
        write_meetings(folder, count)
        for _ in range(psutil.cpu_count() or 1) if busy else ():
            burner = subprocess.Popen([sys.executable, "-c", BUSY])
            stack.callback(burner.wait)
            stack.callback(burner.kill)
        settings = {
            "AIRFLOW_HOME": home,
            "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
            "AIRFLOW__CORE__DAGBAG_IMPORT_TIMEOUT": "600",
            "AIRFLOW__ZOOM_ATTENDANCE__MEETINGS": str(folder),
            "AIRFLOW__ZOOM_ATTENDANCE__STAGING_URL": f"file://{home}/staging",
            "PYTHONPATH": f"{ROOT}:{ROOT}/plugins:{ROOT}/dags",
        }
        called = [sys.executable, "-m", "benchmarks.parse", how]
        output = subprocess.check_output(called, text=True, env=os.environ | settings, cwd=ROOT)
    return json.loads(output.splitlines()[-1])


def tell(section: Section) -> None:
    progress("parse: one meeting beside an empty file")
    _tell_beside(section, measure("beside", 1))
    progress(f"parse: {FEW} and {MANY:,} meetings")
    rounds = [measure("once", FEW) for _ in range(ROUNDS)]
    busy = measure("once", MANY, busy=True)
    for name in DAG_FILES:
        cpu = median(one[name][0] for one in rounds)
        section.bar(f"{name}, {FEW} meetings, CPU", cpu, CPU_BAR, " s")
        busy_cpu, clock = busy[name]
        what = f"{name}, {MANY:,} meetings by the clock, all processors busy (once)"
        section.bar(what, clock, LIMIT, " s")
        section.say(
            f"{name}: {MANY:,} meetings take {busy_cpu:.1f} s of CPU. The bar is Airflow's limit."
        )


def _tell_beside(section: Section, found: dict[str, list[Seconds]]) -> None:
    clock = {name: [one for one, _ in times] for name, times in found.items()}
    cpu = {name: [one for _, one in times] for name, times in found.items()}
    rows = [
        (name, *(f"{median(one[name]) * 1000:.0f} ms" for one in (clock, cpu))) for name in found
    ]
    section.say("A Dag file of one meeting beside one with an empty Dag, each in a new process:")
    section.table(("file", "by the clock", "CPU"), rows)
    for name in DAG_FILES:
        more = median(ours - none for ours, none in zip(clock[name], clock[EMPTY], strict=True))
        section.bar(f"{name} beyond the empty file", more * 1000, MORE_BAR * 1000, " ms", ".0f")


HOW = {"once": read_once, "beside": read_beside}

if __name__ == "__main__":
    if sys.argv[1:]:
        HOW[sys.argv[1]]()
    else:
        sys.exit(print_section("Airflow's share: reading the Dags", tell))
