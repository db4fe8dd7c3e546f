"""A command in a terminal of its own, and a person who answers it."""

from __future__ import annotations

import os
import select
import subprocess
import sys
import termios
from collections.abc import Callable, Mapping, Sequence

from sandbox.stack import ROOT
from sandbox.waiting import TIMEOUT

IN_ITS_OWN = """
import fcntl, os, sys, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
os.execv(sys.executable, [sys.executable, *sys.argv[1:]])
"""

PAUSE = 5.0

CTRL_C = "\x03"
CTRL_D = "\x04"


class Terminal:
    """A Python program in a terminal.

    :param arguments: of the interpreter.
    """

    def __init__(self, arguments: Sequence[str], settings: Mapping[str, str]) -> None:
        self._ours, its = os.openpty()
        self.process = subprocess.Popen(
            [sys.executable, "-c", IN_ITS_OWN, *arguments],
            cwd=ROOT,
            env=dict(settings),
            stdin=its,
            stdout=its,
            stderr=its,
            start_new_session=True,
        )
        os.close(its)
        self.shown = ""
        self._seen = 0

    def wait_for(self, text: str) -> None:
        """Read until the program has shown this, after what was waited for before."""
        while text not in self.shown[self._seen :]:
            assert self._read(), f"{text!r} does not come. Shown:\n{self.shown}"
        self._seen = self.shown.index(text, self._seen) + len(text)

    def answer(self, question: str, answer: str) -> None:
        """Wait for a question, and type a line."""
        self.wait_for(question)
        self.press(f"{answer}\n")

    def press(self, keys: str) -> None:
        os.write(self._ours, keys.encode())

    def insist(self, act: Callable[[], None], text: str) -> None:
        """Act, again and again, until the program shows this.

        A signal that comes just as it begins to read is noticed with the next key.
        """
        act()
        for _ in range(int(TIMEOUT / PAUSE)):
            if text in self.shown[self._seen :]:
                break
            if not select.select([self._ours], [], [], PAUSE)[0]:
                act()
            elif not self._read():
                break
        self.wait_for(text)

    def shows_what_is_typed(self) -> bool:
        return bool(termios.tcgetattr(self._ours)[3] & termios.ECHO)

    def end(self) -> int:
        """Wait for the program's end; returns its exit code."""
        while self._read():
            pass
        return self.process.wait(TIMEOUT)

    def _read(self) -> bool:
        assert select.select([self._ours], [], [], TIMEOUT)[0], f"silence. Shown:\n{self.shown}"
        try:
            part = os.read(self._ours, 65536)
        except OSError:  # Linux: nobody has the terminal open any more
            return False
        self.shown += part.decode(errors="replace").replace("\r\n", "\n")
        return bool(part)
