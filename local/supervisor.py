"""Keeps programs running: one that ends is started again, and the terminal says so."""

from __future__ import annotations

import subprocess
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from local import sessions

Say = Callable[[str], None]

LOOKING = 0.3
"""Seconds between two looks at the programs."""

YOUNG = 60
"""Seconds: one that ends sooner may do so every time, and waits longer each time."""

LONGEST_WAIT = 60
"""Seconds."""


@dataclass(frozen=True)
class Component:
    """A program that goes on until it is stopped.

    :param name: in sentences, such as "the scheduler".
    :param file: the name of its files, without an ending.
    :param settings: its whole environment.
    :param before: is called before each start.
    :param stop: ends it; by default its session gets SIGTERM, and SIGKILL some seconds later.
    """

    name: str
    file: str
    command: Sequence[str]
    settings: Mapping[str, str]
    before: Callable[[], None] | None = None
    stop: Callable[[subprocess.Popen[bytes]], None] | None = None


class Supervisor:
    """Runs components until its block ends.

    :param home: gets their logs, in ``logs``, and the numbers of their processes, in ``running``.
    :param say: takes each sentence for the terminal.
    :param patience: seconds until what has not stopped at the end is killed.
    """

    def __init__(self, home: Path, say: Say, patience: float = sessions.PATIENCE) -> None:
        self._home = home
        self._say = say
        self._patience = patience
        self._children: list[_Child] = []
        self._ending = threading.Event()
        self._watcher = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Self:
        stop_left_behind(self._home)
        self._watcher.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ending.set()
        self._watcher.join()
        gentle = (one for one in self._children if not one.component.stop)
        sessions.end([one.process.pid for one in gentle if one.process], self._patience)
        for child in reversed(self._children):
            child.end()

    def start(self, component: Component) -> subprocess.Popen[bytes]:
        """Start a component, and again whenever it ends; returns its first process."""
        pid_file = _noted_in(self._home) / component.file
        child = _Child(component, self.log_of(component.file), pid_file)
        self._children.append(child)  # before its start: a signal may end that
        return child.start()

    def log_of(self, file: str) -> Path:
        """Return where a program writes to, by the name of its files."""
        return self._home / "logs" / f"{file}.log"

    def _watch(self) -> None:
        while not self._ending.wait(LOOKING):
            for child in list(self._children):
                if said := child.look():
                    self._say(said)


def stop_left_behind(home: Path) -> None:
    """Stop the components of a supervisor that was killed itself."""
    files = list(_noted_in(home).glob("*"))
    left = [sessions.remembered(file) for file in files]
    sessions.end([session for session in left if session])
    for file in files:
        file.unlink()


def _noted_in(home: Path) -> Path:
    return home / "running"


@dataclass
class _Child:
    component: Component
    log: Path
    pid_file: Path
    process: subprocess.Popen[bytes] | None = None
    begun: float = 0
    due: float | None = None
    early_ends: int = 0

    def start(self) -> subprocess.Popen[bytes]:
        if self.component.before:
            self.component.before()
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as log:
            process = subprocess.Popen(
                self.component.command,
                env=self.component.settings,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # Ctrl-C reaches this program alone, which stops the rest
            )
        sessions.remember(self.pid_file, process.pid)
        self.process, self.begun, self.due = process, time.monotonic(), None
        return process

    def look(self) -> str | None:
        """Start the program again when it is time; return what is to be said."""
        if self.due is not None:
            return self._start_again() if time.monotonic() >= self.due else None
        if self.process is None or (code := self.process.poll()) is None:
            return None
        sessions.end([self.process.pid], patience=0)  # its children may hold its port
        return self._ended(code)

    def _start_again(self) -> str | None:
        try:
            self.start()
        except OSError as error:  # no memory for it, say
            self.due = time.monotonic() + LONGEST_WAIT
            return f"{self._name} cannot be started ({error}) and is tried again in a minute."
        return None

    @property
    def _name(self) -> str:
        return self.component.name[0].upper() + self.component.name[1:]

    def _ended(self, code: int) -> str:
        lived = time.monotonic() - self.begun
        self.early_ends = self.early_ends + 1 if lived < YOUNG else 0
        wait = min(2 ** max(self.early_ends - 1, 0) - 1, LONGEST_WAIT)
        self.due = time.monotonic() + wait
        said = f"{self._name} ended ({_how(code)}) and is started again"
        if self.early_ends < 3:
            return f"{said}."
        return (
            f"{said} in {wait} s. That was {self.early_ends} times soon after its start: the end "
            f"of {self.log} says why, for instance a port that another program has taken."
        )

    def end(self) -> None:
        if self.process:
            if self.component.stop:
                self.component.stop(self.process)
            self.process.wait()
        self.pid_file.unlink(missing_ok=True)


def _how(code: int) -> str:
    return f"killed by signal {-code}" if code < 0 else f"exit code {code}"
