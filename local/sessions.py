"""The processes of a session, and their end.

Each component is the leader of a session. Its children stay in it when it is killed, and when they
rename themselves or make process groups of their own, as Airflow's do.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path

import psutil

PATIENCE = 5
"""Seconds until what has not stopped is killed."""

NAMES = ("airflow", "postgres")
"""One of them is in the command of every process that is started here."""


def remember(file: Path, leader: int) -> None:
    """Note a session, so that it is found when its leader, or this program, is gone."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"{leader} {psutil.Process(leader).create_time()}")


def remembered(file: Path) -> int | None:
    """Return the session that was noted; None if its number is now another program's."""
    try:
        leader, created = file.read_text().split()
    except (OSError, ValueError):
        return None
    with suppress(psutil.Error):
        return int(leader) if psutil.Process(int(leader)).create_time() == float(created) else None
    return int(leader)  # a number is not given again while its session has a process


def end(sessions: Collection[int], patience: float = PATIENCE) -> None:
    """Stop every process of these sessions; after so many seconds kill what is left."""
    processes = [one for one in psutil.process_iter() if _session(one) in sessions]
    for process in processes if patience else ():
        _signal(process, signal.SIGTERM)
    for process in psutil.wait_procs(processes, timeout=patience)[1]:
        _signal(process, signal.SIGKILL)
    psutil.wait_procs(processes, timeout=PATIENCE)


def _session(process: psutil.Process) -> int | None:
    with suppress(OSError, psutil.Error):
        session = os.getsid(process.pid)
        # Seen only for what is started here: after a reboot the number may be another's.
        return session if any(name in " ".join(process.cmdline()) for name in NAMES) else None
    return None


def _signal(process: psutil.Process, number: int) -> None:
    with suppress(psutil.Error):
        process.send_signal(number)
