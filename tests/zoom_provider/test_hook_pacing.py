"""The plan's limit holds over processes, outlives a killed one, and is shared by machines.

A busy machine may carry a request late, never early: so calls are asserted by the least time that
they must have taken, and turns by when they were had.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest

from sandbox.both import Sandbox
from sandbox.waiting import TIMEOUT
from zoom_provider.errors import ZoomUnavailable
from zoom_provider.pacing import Pace

CALLERS = Path(__file__).with_name("heavy_callers.py")

Start = Callable[[str, int, int], subprocess.Popen]


@pytest.fixture
def start() -> Iterator[Start]:
    """``start(uuid, times, processes)``: processes that call through the changed connection."""
    with ExitStack() as stack:

        def start(*arguments: object) -> subprocess.Popen:
            command = [sys.executable, str(CALLERS), *map(str, arguments)]
            callers = subprocess.Popen(command, start_new_session=True)
            stack.callback(kill, callers)
            return callers

        yield start


HOLDER = """
import sys, time
from zoom_provider.pacing import Pace
with Pace(sys.argv[1], 1).turn():
    print("held", flush=True)
    time.sleep(600)
"""


@pytest.fixture
def hold() -> Iterator[Callable[[str], subprocess.Popen]]:
    """``hold(name)``: a process that has taken the only turn of this name and keeps it."""
    with ExitStack() as stack:

        def hold(name: str) -> subprocess.Popen:
            command = [sys.executable, "-c", HOLDER, name]
            holder = subprocess.Popen(command, stdout=subprocess.PIPE, start_new_session=True)
            stack.enter_context(holder.stdout)
            stack.callback(kill, holder)
            assert holder.stdout.readline() == b"held\n"
            return holder

        yield hold


def kill(callers: subprocess.Popen) -> None:
    """SIGKILL them all: no process gets to put anything in order."""
    with suppress(ProcessLookupError):
        os.killpg(callers.pid, signal.SIGKILL)
    callers.wait()


TAKER = """
import sys, time
from zoom_provider.pacing import Pace
for _ in range(10):
    with Pace(sys.argv[1], 4).turn() as left:
        print(time.monotonic(), flush=True)
        left()
"""


def heavy(sandbox: Sandbox) -> list[float]:
    """When heavy calls arrived, in order."""
    calls = [one for one in sandbox.zoom.requests if one.label == "HEAVY"]
    return sorted(one.arrival for one in calls)


def test_processes_share_the_second():
    command = [sys.executable, "-c", TAKER, f"shared-{os.getpid()}"]
    takers = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    had = sorted(float(line) for taker in takers for line in taker.communicate()[0].splitlines())
    assert len(had) == 3 * 10
    assert all(later - earlier >= 1 for earlier, later in zip(had, had[4:], strict=False))


def test_calls_of_all_processes_have_turns(empty_sandbox, uuid, hook_to, start):
    empty_sandbox.zoom.limits.per_second["HEAVY"] = 1000
    hook_to(empty_sandbox.url, heavy_per_second=10)
    begin = time.monotonic()
    assert start(uuid, 10, 3).wait(TIMEOUT) == 0
    arrivals = heavy(empty_sandbox)
    assert len(arrivals) == 3 * 10
    assert arrivals[-1] - begin >= 2


def test_a_call_begins_while_another_waits_for_its_answer(empty_sandbox, uuid, hook_to, start):
    empty_sandbox.zoom.faults.add("slow", seconds=100)
    hook = hook_to(empty_sandbox.url, heavy_per_second=1)
    callers = start(uuid, 1, 1)
    while empty_sandbox.zoom.faults.list():  # until the call is under way
        assert callers.poll() is None
        time.sleep(0.01)
    assert [len(page.rows) for page in hook.iter_report_pages(uuid)] == [2]
    assert callers.poll() is None


def test_a_killed_process_gives_its_slot_back(hold):
    """Killed before its request has left: afterwards the slot would be free in any case."""
    name = f"killed-{os.getpid()}"
    holder = hold(name)
    with pytest.raises(ZoomUnavailable, match="No turn"), Pace(name, 1, longest_wait=0.1).turn():
        pass
    kill(holder)
    with Pace(name, 1, longest_wait=60).turn() as left:
        left()


def test_machines_divide_the_limit(empty_sandbox, uuid, hook_to):
    hook = hook_to(empty_sandbox.url, heavy_per_second=4, machines=2)
    begin = time.monotonic()
    for _ in range(6):
        list(hook.iter_report_pages(uuid))
    assert heavy(empty_sandbox)[-1] - begin >= 2


def test_callers_that_believe_in_too_high_a_limit_still_get_their_rows(
    empty_sandbox, uuid, hook_to
):
    """The server has the last word; one call it refuses in any case, also on a slow machine."""
    empty_sandbox.zoom.limits.per_second["HEAVY"] = 2
    empty_sandbox.zoom.faults.add("per_second_limit")
    hook = hook_to(empty_sandbox.url, heavy_per_second=10)
    pages = [page for _ in range(6) for page in hook.iter_report_pages(uuid)]
    assert [len(page.rows) for page in pages] == [2] * 6
    statuses = {one.status for one in empty_sandbox.zoom.requests if one.label == "HEAVY"}
    assert statuses == {200, 429}
