"""Steps in a process forked from this one, as Airflow forks that of a task or of a Dag file."""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Callable, Sequence
from typing import Any

LONGEST = 600
"""Seconds for all steps."""

Seconds = tuple[float, float]
"""By the clock, and of CPU."""


def forked(steps: Sequence[Callable[[], object]]) -> list[Seconds]:
    """Carry out the steps one after the other; returns the seconds of each."""
    fork = multiprocessing.get_context("fork")
    mine, its = fork.Pipe(duplex=False)
    process = fork.Process(target=_carry_out, args=(steps, its))
    process.start()
    its.close()
    try:
        if not mine.poll(LONGEST):
            raise TimeoutError(f"a forked process has not ended within {LONGEST} s")
        return mine.recv()
    finally:
        process.kill()
        process.join()


def _carry_out(steps: Sequence[Callable[[], object]], end: Any) -> None:
    found = []
    for step in steps:
        clock, cpu = time.perf_counter(), time.process_time()
        step()
        found.append((time.perf_counter() - clock, time.process_time() - cpu))
    end.send(found)
