"""The cells of the matrix, and what has come of each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from benchmarks.faults import answers, disk, evening, kept, mails, places, wire
from benchmarks.faults.cell import before, stage, to_its_end
from benchmarks.faults.proxy import Act, Plan
from benchmarks.faults.word import NEVER_CALLED, is_good, word

HOURS, LONG_AGO = 4, 8
"""Hours since the evening: Zoom is given six for a report that is late."""


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
        return is_good(self.word)


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
        *((place, "folder") for place in places.OF_A_FILE),
        *((place, "tab") for place in places.SHEETS),
        *((place, "book") for place in places.OF_THE_BOOK),
    ),
    "pages": tuple((place, "tab") for place in PAGES),
    "instances": (("instances", "tab"),),
    "details": (("details", "tab"),),
    "types": tuple(
        (place, "folder" if place.startswith("Drive") else "tab") for place in answers.FIELDS
    ),
}


def specs() -> Iterator[Spec]:
    """All cells."""
    for group, spots in WHERE.items():
        for place, kind in spots:
            for fault, _ in acts(group, place):
                if fault in SINGLE or group not in ("wire", "types"):
                    yield Spec(group, fault, place, kind, lasting=False)
                if not fault.startswith("killed"):
                    yield Spec(group, fault, place, kind, lasting=True)
    for fault, place in disk.cells():
        yield Spec("disk", fault, place, "tab", lasting=False)
    for fault, place in kept.cells():
        yield Spec("records", fault, place, "book", lasting=True)
    for fault, place in mails.cells():
        yield Spec("mails", fault, place, "tab", lasting=True)


def verdict(spec: Spec, now: datetime, hours: int = HOURS) -> Verdict:
    """Run a cell to its end."""
    if spec.group == "disk":
        return Verdict(spec, *disk.verdict(spec.fault, spec.place, now, hours))
    if spec.group == "records":
        return Verdict(spec, *kept.verdict(spec.fault, now, hours))
    if spec.group == "mails":
        return Verdict(spec, *mails.verdict(spec.fault, now, hours))
    act = dict(acts(spec.group, spec.place))[spec.fault]
    google = evening.copy_of(before(spec.kind, now, hours))
    with stage(spec.kind, now, hours, google) as on:
        on.proxy.plan = Plan(spec.place, act, None if spec.lasting else 1)
        ended = to_its_end(on.job(), on.proxy)
        came = word(ended, on) if on.proxy.struck else NEVER_CALLED
    if came.startswith("waits") and spec.lasting and hours == HOURS:
        later = verdict(spec, now, LONG_AGO)
        return Verdict(spec, f"{came}, {later.word}", later.said)
    return Verdict(spec, came, ended.said)
