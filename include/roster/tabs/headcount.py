"""How many people a session had: screens and people, at the peak and in the middle, visitors."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from include.attendance.people import union
from include.attendance.results import Interval
from include.roster.identity.match import Match
from include.roster.identity.persons import Sighting
from include.roster.marking.letters import RegisterLetters


@dataclass
class Headcount:
    """The numbers of one session.

    :param screens: persons of Zoom's, but for those that are not a person.
    :param people: those on one screen counted each, a member on two screens once.
    :param peak: the most people at the same time; ``peak_at``: since when, in seconds since 1970.
    :param middle: people at the middle of the window.
    :param visitors: people who are no members, by class; under None all.
    :param unexplained: names that may be a member's, also beside the one matched, or say nobody.
    """

    screens: int = 0
    people: int = 0
    peak: int = 0
    peak_at: int = 0
    middle: int = 0
    visitors: dict[str | None, int] = field(default_factory=lambda: defaultdict(int))
    unexplained: int = 0

    def clock(self, timezone: str) -> str:
        """Return the hour of the peak by the clocks of a zone."""
        moment = datetime.fromtimestamp(self.peak_at, UTC)
        return f"{moment.astimezone(ZoneInfo(timezone)):%H:%M}"


def headcounts(register: RegisterLetters) -> list[Headcount]:
    """Return the numbers of each session, oldest first."""
    counts = [Headcount() for _ in register.records]
    intervals: list[dict[str, tuple[int, list[Interval]]]] = [{} for _ in register.records]
    classes = {member.id: member.classes for member in register.roster.members}
    for sighting, match in zip(register.matching.sightings, register.matching.matches, strict=True):
        if match and not match.people:
            continue
        at = register.places[sighting.session]
        counts[at].screens += 1
        for member in match.members if match else ():
            intervals[at].setdefault(member, (1, []))[1].extend(sighting.person.intervals)
        others = match.visitors if match else 1
        if others:
            key = f"visitor:{sighting.person.key}"
            intervals[at][key] = others, list(sighting.person.intervals)
        _count_visitors(counts[at], sighting, match, register, classes)
    for window, count, here in zip(register.windows, counts, intervals, strict=True):
        count.people = sum(people for people, _ in here.values())
        _count_times(count, list(here.values()), window)
    return counts


def _count_visitors(
    count: Headcount,
    sighting: Sighting,
    match: Match | None,
    register: RegisterLetters,
    classes: dict[str, tuple[str, ...]],
) -> None:
    if match is None and not is_visitor(sighting, register):
        count.unexplained += 1
        return
    if match and register.suggested(sighting) and register.matching.answer(sighting) is None:
        count.unexplained += 1
    visitors = match.visitors if match else 1
    count.visitors[None] += visitors
    with_whom = {key for member in match.members for key in classes[member]} if match else set()
    if len(register.roster.classes) == 1:
        with_whom = set(register.roster.classes)
    for key in with_whom:
        count.visitors[key] += visitors


def is_visitor(sighting: Sighting, register: RegisterLetters) -> bool:
    """Tell whether a name that nobody has explained says somebody, and no member."""
    return not (sighting.person.generic or register.suggested(sighting))


def _count_times(
    count: Headcount, here: Sequence[tuple[int, Iterable[Interval]]], window: Interval
) -> None:
    """Count the peak and the middle; ``here``: how many people, and when they were there."""
    middle = (window[0] + window[1]) // 2
    changes: dict[int, int] = defaultdict(int)
    for people, intervals in here:
        for start, end in union(intervals):
            changes[start] += people
            changes[end] -= people
            if start <= middle < end:
                count.middle += people
    now = 0
    for moment in sorted(changes):
        now += changes[moment]
        if now > count.peak:
            count.peak, count.peak_at = now, moment
