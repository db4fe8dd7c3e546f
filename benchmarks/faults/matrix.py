"""The cells of the matrix, and the word for what has come of each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from benchmarks.faults import answers, disk, evening, places, wire
from benchmarks.faults.cell import (
    Ended,
    Stage,
    before,
    cleared,
    leaks,
    stage,
    to_its_end,
    undisturbed,
)
from benchmarks.faults.proxy import Act, Plan
from benchmarks.faults.run import Job
from benchmarks.faults.sheet import seen

HOURS, LONG_AGO = 4, 8
"""Hours since the evening: Zoom is given six for a report that is late."""

GOOD = ("same", "error", "waits", "next run", "written", "empty file", "-")
"""What a cell's words may begin with."""


@dataclass(frozen=True)
class Spec:
    """Which cell: a fault of a group, at a place, with reports of that kind.

    :param lasting: the fault stays until the run has ended.
    """

    group: str
    fault: str
    place: str
    kind: str
    lasting: bool


@dataclass(frozen=True)
class Verdict:
    """What came of a cell: a word, and the message, or what is wrong."""

    spec: Spec
    word: str
    said: str

    @property
    def good(self) -> bool:
        return all(part.startswith(GOOD) for part in self.word.split(", "))


def acts(group: str, place: str) -> Iterator[tuple[str, Act]]:
    """The faults of a group that may strike a place."""
    match group:
        case "wire":
            yield from wire.breaks()
            yield from wire.deaths()
            yield from wire.bodies()
            yield from wire.statuses()
        case "pages":
            yield from answers.of_pages()
        case "instances":
            yield from answers.of_instances()
        case "details":
            yield from answers.of_details()
        case "types":
            yield from answers.odd_types(place)


SINGLE = {fault for fault, _ in (*wire.breaks(), *wire.deaths())}
"""Faults of the wire that are also tried once; what a server says is tried for good."""

PAGES = ("page 1", "page 2", "last page", "part 2")
WHERE: dict[str, tuple[tuple[str, str], ...]] = {
    "wire": (
        *((place, "tab") for place in places.ZOOM),
        *((place, "folder") for place in (places.GOOGLE_TOKEN, *places.DRIVE, *places.SHEETS)),
        *((place, "tab") for place in places.SHEETS),
    ),
    "pages": tuple((place, "tab") for place in PAGES),
    "instances": (("instances", "tab"),),
    "details": (("details", "tab"),),
    "types": tuple(
        (place, "folder" if place.startswith("Drive") else "tab") for place in answers.FIELDS
    ),
}


def specs() -> Iterator[Spec]:
    """All cells, but for those of the disk."""
    for group, spots in WHERE.items():
        for place, kind in spots:
            for fault, _ in acts(group, place):
                if fault in SINGLE or group not in ("wire", "types"):
                    yield Spec(group, fault, place, kind, lasting=False)
                if not fault.startswith("killed"):
                    yield Spec(group, fault, place, kind, lasting=True)
    for fault, place in disk.cells():
        yield Spec("disk", fault, place, "tab", lasting=False)


def verdict(spec: Spec, now: datetime, hours: int = HOURS) -> Verdict:
    """Run a cell to its end."""
    if spec.group == "disk":
        return Verdict(spec, *disk.verdict(spec.fault, spec.place, now, hours))
    if spec.place not in undisturbed(spec.kind, now, hours)[1]:
        return Verdict(spec, "-", "")
    act = dict(acts(spec.group, spec.place))[spec.fault]
    google = evening.copy_of(before(spec.kind, now, hours))
    with stage(spec.kind, now, hours, google) as on:
        on.proxy.plan = Plan(spec.place, act, None if spec.lasting else 1)
        ended = to_its_end(on.job(), on.proxy)
        word, said = _word(ended, on), ended.said
        if not on.proxy.struck:
            word = "-"
    if word.startswith("waits") and spec.lasting and hours == HOURS:
        later = verdict(spec, now, LONG_AGO)
        return Verdict(spec, f"{word}, {later.word}", later.said)
    return Verdict(spec, word, said)


def _word(ended: Ended, on: Stage) -> str:
    """Say what has become of the sheet, and whether it goes on well when the fault is over."""
    after = seen(on.google)
    if leaked := leaks(ended, on):
        return f"LEAKS {leaked}"
    if ended.outcome == "done":
        return "same" if after == undisturbed(on.kind, on.now, on.hours)[0] else "DIFFERS"
    if ended.outcome not in ("failed", "waits", "nobody"):
        return ended.outcome.upper()
    word = _of_failure(ended, on, after)
    on.proxy.lift()
    again = to_its_end(_next(ended, on), on.proxy)
    whole = seen(on.google) == undisturbed(on.kind, on.now, on.hours)[0]
    if word.isupper() or (again.outcome == "done" and whole):
        return word
    return f"{word}, STUCK {again.outcome} {again.said}"


def _of_failure(ended: Ended, on: Stage, after: str) -> str:
    unclear = "unknown here" in ended.said or not ended.said
    if ended.outcome == "failed" and unclear:
        return "UNCLEAR"
    word = {"failed": "error", "waits": "waits", "nobody": "next run"}[ended.outcome]
    first = before(on.kind, on.now, on.hours)
    if after == seen(first):
        return word
    if after == undisturbed(on.kind, on.now, on.hours)[0]:
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
