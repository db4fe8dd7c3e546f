"""What a figure depends on: the day, the versions, the machine, and what else it is busy with."""

from __future__ import annotations

import platform
import subprocess
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

import psutil

BUSY = 10.0
"""Percent of the processors. With more of them in use by others a figure is marked."""

LOOK = 3.0
"""Seconds during which the use by others is measured."""

PACKAGES = ("apache-airflow", "pandas", "pyarrow", "requests", "google-api-python-client")


def others() -> float:
    """Return how many percent of the processors other work uses, while nothing is measured."""
    return psutil.cpu_percent(interval=LOOK)


def today() -> str:
    """Return the day and the time, as the document has them."""
    return f"{datetime.now().astimezone():%Y-%m-%d %H:%M %Z}"


def versions() -> str:
    """Return the versions that were measured."""
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    return f"commit {_commit()}, Python {platform.python_version()}, {packages}"


def machine() -> str:
    """Return processors, memory and system."""
    memory = psutil.virtual_memory().total / 2**30
    return (
        f"{psutil.cpu_count()} × {_processor()}, {memory:.0f} GiB, "
        f"{platform.system()} {platform.machine()}"
    )


def _commit() -> str:
    command = ["git", "rev-parse", "--short", "HEAD"]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    lines = info.read_text().splitlines() if info.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or "processor"
