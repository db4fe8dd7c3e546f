"""What is started again, and when: small programs in place of Airflow's."""

from __future__ import annotations

import os
import signal
import socket
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from local.ports import HOST, free_port
from local.supervisor import Component, Supervisor, stop_left_behind
from sandbox.waiting import wait_until
from tests.local.terminal import left_of

WITH_A_CHILD = """
import os, socket, sys, time
port = int(sys.argv[1])
listener = socket.socket()
listener.bind(("127.0.0.1", port))
listener.listen()
if os.fork() == 0:
    os.setpgid(0, 0)  # as Airflow's tasks do
time.sleep(3600)
"""


class Said(list[str]):
    """The sentences of the terminal."""


@pytest.fixture
def said() -> Said:
    return Said()


@pytest.fixture
def supervisor(said: Said, tmp_path: Path) -> Iterator[Supervisor]:
    with Supervisor(tmp_path, said.append) as supervisor:
        yield supervisor


def program(code: str, *arguments: str) -> Component:
    command = [sys.executable, "-c", code, *arguments, "airflow"]
    return Component("the program", "program", command, os.environ)


def listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex((HOST, port)) == 0


def test_its_children_are_ended_before_it_is_started_again(
    supervisor: Supervisor, said: Said
) -> None:
    port = free_port()
    process = supervisor.start(program(WITH_A_CHILD, str(port)))
    wait_until(lambda: len(left_of({process.pid})) == 2, "the program and its child")
    process.kill()
    wait_until(lambda: said, "the end")
    assert left_of({process.pid}) == []
    wait_until(lambda: listens(port), "the next one, on the same port")
    assert said == ["The program ended (killed by signal 9) and is started again."]


def test_one_that_dies_again_and_again_waits_and_its_log_is_named(
    supervisor: Supervisor, said: Said, tmp_path: Path
) -> None:
    supervisor.start(program("print('no port'); raise SystemExit(3)"))
    wait_until(lambda: len(said) >= 4, "the fourth end", pause=0.1)
    assert said[0] == "The program ended (exit code 3) and is started again."
    assert said[2].startswith(
        "The program ended (exit code 3) and is started again in 3 s. That was 3 times soon after "
        f"its start: the end of {tmp_path}/logs/program.log says why"
    )
    assert "is started again in 7 s" in said[3]
    assert (tmp_path / "logs" / "program.log").read_text() == "no port\n" * 4


def test_nothing_is_left_of_a_supervisor_that_was_killed(tmp_path: Path) -> None:
    port = free_port()
    child = os.fork()
    if child == 0:
        with Supervisor(tmp_path, print) as supervisor:
            supervisor.start(program(WITH_A_CHILD, str(port)))
            signal.pause()
    wait_until(lambda: listens(port), "the program")
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    assert listens(port)
    stop_left_behind(tmp_path)
    assert not listens(port)
