"""How long Airflow needs to read the Dags of many meetings.

    python -m benchmarks.parse

Exits with 1 when a bar is missed. Each reading is a process of its own, in which the Dags are read
once before: a dag-processor has imported Airflow when it forks. The larger number is read while
both processors are kept busy.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

import psutil

from local.airflow import ROOT

FEW, MANY = 100, 1_000
CPU_BAR = 1.0  # seconds of CPU for FEW, each file
LIMIT = 30.0  # seconds: DAGBAG_IMPORT_TIMEOUT of Airflow, by the clock, for MANY, each file
FILES = ("zoom_attendance.py", "zoom_register.py")
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


def read_once(file: str, count: int) -> tuple[float, float]:
    """Seconds of CPU, and by the clock, of the second reading in this process."""
    from airflow.dag_processing.dagbag import DagBag

    cpu = clock = 0.0
    for _ in range(2):
        cpu, clock = time.process_time(), time.monotonic()
        bag = DagBag(ROOT / "dags" / file)
        cpu, clock = time.process_time() - cpu, time.monotonic() - clock
        assert not bag.import_errors, bag.import_errors
        assert len(bag.dags) == count, len(bag.dags)
    return cpu, clock


def measure(file: str, count: int, *, busy: bool) -> tuple[float, float]:
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
        called = [sys.executable, "-m", "benchmarks.parse", file, str(count)]
        output = subprocess.check_output(called, text=True, env=os.environ | settings, cwd=ROOT)
    cpu, clock = map(float, output.split()[-2:])
    return cpu, clock


def main() -> int:
    """Print the figures of each file; 1 when a bar is missed."""
    well = [_compare(file) for file in FILES]
    return int(not all(well))


def _compare(file: str) -> bool:
    cpu, _ = measure(file, FEW, busy=False)
    print(f"parse: {file}, {FEW} meetings in {cpu:.2f} s of CPU (bar {CPU_BAR:.1f})")
    busy_cpu, clock = measure(file, MANY, busy=True)
    print(
        f"parse: {file}, {MANY:,} meetings in {busy_cpu:.1f} s of CPU, {clock:.1f} s by the clock "
        f"with all processors busy (Airflow's limit {LIMIT:.0f})"
    )
    return cpu <= CPU_BAR and clock <= LIMIT


if __name__ == "__main__":
    if sys.argv[1:]:
        print(*read_once(sys.argv[1], int(sys.argv[2])))
    else:
        sys.exit(main())
