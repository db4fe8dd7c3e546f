"""Questions in the terminal, each asked until its answer is good. A pipe may answer them, too."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable
from getpass import getpass
from typing import TypeVar

T = TypeVar("T")


def end_like_ctrl_c() -> None:
    """Let SIGTERM and SIGHUP raise KeyboardInterrupt: else a terminal goes on hiding its input."""
    # SIGINT as well: a shell's background job is started without it.
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.default_int_handler)


def ask(question: str, check: Callable[[str], T], proposed: str = "", *, hidden: bool = False) -> T:
    """Return what the check makes of an answer without blanks around it.

    :param check: raises ValueError with a sentence about what is wrong; then it is asked again.
    :param proposed: is taken if the answer is empty.
    :param hidden: whether the terminal must not show what is typed.
    :raises EOFError: when nobody answers any more.
    """
    prompt = f"{question} [{proposed}]: " if proposed else f"{question}: "
    read = getpass if hidden and sys.stdin.isatty() else _line
    while True:
        try:
            return check(read(prompt).strip() or proposed)
        except ValueError as error:
            say(f"  {error}")


def _line(prompt: str) -> str:
    """Do what ``input`` does, which overlooks Ctrl-C between prompt and reading."""
    print(prompt, end="", flush=True)
    if not (line := sys.stdin.readline()):
        raise EOFError
    return line


def needed(answer: str) -> str:
    """Return an answer that may not be empty; raises ValueError."""
    if not answer:
        raise ValueError("This is needed.")
    return answer


def agreed(question: str, *, proposed: bool) -> bool:
    """Ask for yes or no; an empty answer is the proposed one. Raises EOFError."""
    return ask(f"{question} (yes/no)", _yes_or_no, "yes" if proposed else "no")


def _yes_or_no(answer: str) -> bool:
    if answer.lower() not in {"yes", "y", "no", "n"}:
        raise ValueError("Please type yes or no.")
    return answer.lower().startswith("y")


def say(text: str = "") -> None:
    """Print it at once: what is printed may go to a pipe."""
    print(text, flush=True)
