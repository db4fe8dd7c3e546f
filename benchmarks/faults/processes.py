"""Processes that run tasks and may be killed, forked from one that has imported everything."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from typing import Any

from benchmarks.faults.run import Job, work


class Forker:
    """A process without threads, from which the others are forked: one at a time.

    Make it before this process has threads of its own.
    """

    def __init__(self) -> None:
        self._pipe, theirs = Pipe()
        if not os.fork():
            self._pipe.close()
            _fork_for_ever(theirs)
        theirs.close()

    def run(self, job: Job, longest: float) -> Iterator[dict[str, Any]]:
        """Yield the steps of a new process that does the job: first its pid, at last its exit.

        One that says nothing for ``longest`` seconds is given up: the step ``hangs``.
        """
        self._pipe.send(job)
        while True:
            if not self._pipe.poll(longest):
                yield {"kind": "hangs"}
            step = self._pipe.recv()
            yield step
            if step["kind"] == "exit":
                return


def _fork_for_ever(pipe: Connection) -> None:
    # Each collection of a child would copy what it shares with this process.
    gc.collect()
    gc.freeze()
    gc.disable()
    while True:
        try:
            job = pipe.recv()
        except EOFError:
            os._exit(0)
        if not (pid := os.fork()):
            _work(job, pipe)
        _, status = os.waitpid(pid, 0)
        pipe.send({"kind": "exit", "code": os.waitstatus_to_exitcode(status)})


def _work(job: Job, pipe: Connection) -> None:
    try:
        pipe.send({"kind": "pid", "pid": os.getpid()})
        work(job, pipe)
    finally:
        os._exit(0)
