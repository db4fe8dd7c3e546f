"""What is said in the terminal, and how it ends the program."""

from __future__ import annotations

import select
import signal
import sys
from contextlib import suppress

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def say(sentence: str) -> None:
    """Print a sentence; the terminal may have gone."""
    with suppress(OSError):
        print(sentence, flush=True)


def end_on_signals() -> None:
    """Let Ctrl-C, SIGTERM and SIGHUP end this program in order, by SystemExit."""
    for number in SIGNALS:
        signal.signal(number, _end)


def _end(received: int, _: object) -> None:
    for number in SIGNALS:
        signal.signal(number, signal.SIG_IGN)  # a second one would leave processes behind
    sys.exit(0 if received == signal.SIGINT else 128 + received)


def wait_for_the_end() -> None:
    """Wait for a signal, or until the terminal has gone: `make` may not pass that signal on."""
    terminal = select.poll()
    terminal.register(sys.stdout, 0)
    if not any(seen & (select.POLLHUP | select.POLLERR) for _, seen in terminal.poll()):
        signal.pause()
