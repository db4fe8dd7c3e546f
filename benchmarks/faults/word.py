"""The word for what has become of the sheet when a run that met a fault has come to its end."""

from __future__ import annotations

from datetime import timedelta

from benchmarks.faults import evening
from benchmarks.faults.cell import Ended, Stage, before, cleared, leaks, to_its_end, undisturbed
from benchmarks.faults.run import Job
from benchmarks.faults.sheet import seen

GOOD = ("same", "error", "waits", "next run", "written", "empty file")
"""What a word may begin with."""

NEVER_CALLED = "NEVER CALLED"
"""The run came past without the call, or the write, that was to go wrong: nothing was tried."""


def is_good(words: str) -> bool:
    return all(part.startswith(GOOD) for part in words.split(", "))


def word(ended: Ended, on: Stage) -> str:
    """Say what has become of the sheet, and whether it goes on well when the fault is over."""
    if leaked := leaks(ended, on):
        return f"LEAKS {leaked}"
    if ended.outcome == "done":
        return "same" if _is_whole(on) else "DIFFERS"
    if ended.outcome not in ("failed", "waits", "nobody"):
        return ended.outcome.upper()
    first = _of_failure(ended, on)
    on.lift()
    again = to_its_end(_next(ended, on), on.proxy)
    if first.isupper() or (again.outcome == "done" and _is_whole(on)):
        return first
    return f"{first}, STUCK {again.outcome} {again.said}"


def _is_whole(on: Stage) -> bool:
    return seen(on.google) == undisturbed(on.kind, on.now, on.hours)


def _of_failure(ended: Ended, on: Stage) -> str:
    unclear = "unknown here" in ended.said or not ended.said
    if ended.outcome == "failed" and unclear:
        return "UNCLEAR"
    first = before(on.kind, on.now, on.hours)
    if seen(on.google) == seen(first):
        return {"failed": "error", "waits": "waits", "nobody": "next run"}[ended.outcome]
    if _is_whole(on):
        return "written"
    written = seen(on.google, empty_files=False) != seen(first, empty_files=False)
    return "CHANGED" if written else "empty file"


def _next(ended: Ended, on: Stage) -> Job:
    """Clear the task that the message names, or else the failed one.

    Where a run found nothing, let the next scheduled run come.
    """
    if ended.outcome == "nobody":
        return on.job(tick=evening.tick(on.now, on.hours) + timedelta(hours=1))
    return cleared(ended, on)
