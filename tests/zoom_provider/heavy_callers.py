"""Processes that read one report again and again, all let go at the same moment."""

from __future__ import annotations

import multiprocessing
import sys
from multiprocessing.synchronize import Event

from zoom_provider.hooks.zoom import ZoomHook


def main(uuid: str, times: str, processes: str) -> bool:
    """Fork the processes, as Airflow forks its tasks; true if one of them failed."""
    fork = multiprocessing.get_context("fork")
    go, call = fork.Event(), (uuid, int(times))
    callers = [fork.Process(target=_call, args=(go, *call)) for _ in range(int(processes))]
    for caller in callers:
        caller.start()
    go.set()
    for caller in callers:
        caller.join()
    return any(caller.exitcode for caller in callers)


def _call(go: Event, uuid: str, times: int) -> None:
    hook = ZoomHook("zoom_changed")
    go.wait()
    for _ in range(times):
        list(hook.iter_report_pages(uuid))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
