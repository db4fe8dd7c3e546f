"""A service of the compose file as a process, with what a container would give it."""

from __future__ import annotations

import os
import subprocess
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

import psutil

PAUSE = 1.0
"""Seconds."""


class Container:
    """A process and its children, started again whenever it ends (``restart: unless-stopped``).

    :param home: the folder that it starts in; what it prints goes to a log beside it.
    """

    def __init__(self, command: Sequence[str], environment: Mapping[str, str], home: Path) -> None:
        self.home = home
        self.log = home.with_suffix(".log")
        self._command, self._environment = command, environment
        self._stopping = threading.Event()
        self._process: subprocess.Popen | None = None
        self._keeper = threading.Thread(target=self._keep, daemon=True)

    def start(self) -> None:
        self._keeper.start()

    def run(self) -> int:
        """Run to the end, once; the exit status."""
        return self._spawn().wait()

    def kill(self) -> None:
        """SIGKILL every process at once: nobody gets to put anything in order."""
        for process in self._processes():
            with suppress(psutil.Error):
                process.kill()

    def stop(self) -> None:
        """Stop for good."""
        self._stopping.set()
        while self._keeper.is_alive():
            self.kill()
            self._keeper.join(PAUSE)

    def _keep(self) -> None:
        while not self._stopping.is_set():
            self._spawn().wait()
            # The end of its first process is the end of a container.
            self.kill()
            self._stopping.wait(PAUSE)

    def _spawn(self) -> subprocess.Popen:
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                self._command,
                cwd=self.home,
                env=dict(self._environment),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                # A session is what holds all of a container's processes together here.
                start_new_session=True,
            )
        return self._process

    def _processes(self) -> list[psutil.Process]:
        if self._process is None:
            return []
        return [one for one in psutil.process_iter() if _session(one) == self._process.pid]


def _session(process: psutil.Process) -> int | None:
    with suppress(OSError):
        return os.getsid(process.pid)
    return None
