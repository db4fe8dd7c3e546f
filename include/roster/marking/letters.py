"""The letters: from how long each member was there, and what people say, to one letter a session.

An absence (A) is printed only when every other explanation is excluded.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from include.attendance.results import Interval
from include.roster.identity.matching import Matching
from include.roster.identity.persons import Sighting
from include.roster.identity.similar_names import Suggestion
from include.roster.identity.suggested_members import SuggestedMembers
from include.roster.marking.corrections import Correction
from include.roster.marking.corrections_by_session import SessionCorrections
from include.roster.marking.presence import (
    letter_of_presence,
    open_parts,
    overlapping,
    presences,
    shared_parts,
    span,
)
from include.roster.members.people import Member
from include.roster.record import AttendanceRecord
from include.roster.roster import Roster
from include.roster.vocabulary import LETTERS, NOT_MET

YIELDS_TO_PRESENCE = frozenset({"A", "X", "?"})
"""Letters of a class or of everybody that act on those alone who were not seen."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter; of a ? also why, and which name of Zoom's is to be explained."""

    letter: str
    why: str = ""
    name: str = ""


_PLAIN = {letter: Letter(letter) for letter in LETTERS} | {"?": Letter("?", "somebody typed ?")}


def session_day(record: AttendanceRecord) -> date:
    """Return the local day on which a session's class begins, however late the host opened it.

    By which people call it. Of a session that they call by its hour too: if it lies outside of
    class time, or there is none, the day on which its window begins.
    """
    with suppress(ValueError):  # on a night that skips midnight the hours are of the day before
        return date.fromisoformat(record.label)
    start = datetime.fromtimestamp(open_parts(record)[0][0], UTC)
    if record.class_time and record.class_time[0] <= start < record.class_time[1]:
        start = record.class_time[0]
    return start.astimezone(ZoneInfo(record.timezone)).date()


class RegisterLetters:
    """The letters of all members in all sessions, by class, member and session.

    :ivar windows: when presence counts, by place. ``parts``: of that, what makes letters of it.
    :ivar places: the place of each session, oldest first, by its UUID. ``days``: by place.
    :ivar intervals: when members were there, by the session's place and member's id.
    :ivar seen: their presence in the window, by the same.
    :ivar open_device: by place, a device's name that nobody has explained; "" if there is none.
    :ivar first_device: the place of the session in which a member first came under such a name.
    """

    def __init__(
        self,
        records: Sequence[AttendanceRecord],
        roster: Roster,
        matching: Matching,
        corrections: Sequence[Correction],
    ) -> None:
        self.records, self.roster, self.matching = records, roster, matching
        self._suggested = SuggestedMembers(matching)
        self._in_one_class: dict[str, list[Member]] = defaultdict(list)
        for member in roster.members:
            if len(member.classes) == 1:
                self._in_one_class[member.classes[0]].append(member)
        self.windows = [span(open_parts(record)) for record in records]
        self.parts = [shared_parts(record) for record in records]
        self.days = [session_day(record) for record in records]
        self.places = {record.session: at for at, record in enumerate(records)}
        self.intervals = self._intervals()
        flat = ((at, id_, interval) for (at, id_), of in self.intervals.items() for interval in of)
        self.seen = presences(flat, self.windows)
        self.starts = self._starts()
        self.looks_like = self._looks_like()
        self.open_device, self.first_device = self._generic()
        self._corrections = SessionCorrections(
            corrections,
            [(record.session, day) for record, day in zip(records, self.days, strict=True)],
        )
        self._met = self._classes_seen()

    def row(self, class_key: str, member: Member) -> list[Letter]:
        """The letters of a member in a class, oldest session first."""
        return [self.letter(class_key, member, at) for at in range(len(self.records))]

    def letter(self, class_key: str, member: Member, at: int) -> Letter:
        """The letter of a member in a class, in the session at a place."""
        own, of_all = self._corrections.letters(at, member.id, class_key)
        if own and own != "X":
            return _PLAIN[own]
        if not self.belongs(member, at):
            return _PLAIN[NOT_MET]
        if of_all == NOT_MET or (of_all and not own and of_all not in YIELDS_TO_PRESENCE):
            return _PLAIN[of_all]
        if presence := self.seen.get((at, member.id)):
            return _PLAIN[letter_of_presence(presence, self.parts[at], self.records[at].rule)]
        if (typed := own or of_all) and typed != "A":
            return _PLAIN[typed]
        if self.is_before_class(class_key, member, at):
            return _PLAIN[NOT_MET]
        return self._missing(class_key, member, at)

    def belongs(self, member: Member, at: int) -> bool:
        """Whether somebody was a member on the day of a session."""
        return self.starts[member.id] <= self.days[at] <= (member.until or self.days[at])

    def is_before_class(self, class_key: str, member: Member, at: int) -> bool:
        """Whether a session was before somebody moved to a class."""
        since = self.roster.since.get(member.id, {}).get(class_key, "")
        return str(self.days[at]) < since

    def _missing(self, class_key: str, member: Member, at: int) -> Letter:
        """A if nothing else explains it, else ? and why; of a member who was not seen."""
        if self.records[at].incomplete:
            return Letter("?", "the session is incomplete")
        if name := self.looks_like.get((at, member.id)):
            return Letter("?", "a name in Zoom looks like theirs", name)
        if self.open_device[at] and self.first_device.get(member.id, at) < at:
            return Letter("?", "perhaps under a device's name, as before", self.open_device[at])
        if member.unsure or self._corrections.is_unsure(at, member.id, class_key):
            return Letter("?", "a line that may speak of them cannot be read")
        if class_key not in self._met[at]:
            return Letter("?", "nobody of the class was seen: did it meet?")
        return _PLAIN["A"]

    def _intervals(self) -> dict[tuple[int, str], list[Interval]]:
        found: dict[tuple[int, str], list[Interval]] = defaultdict(list)
        for sighting, match in zip(self.matching.sightings, self.matching.matches, strict=True):
            for id_ in match.members if match else ():
                found[self.places[sighting.session], id_].extend(sighting.person.intervals)
        return found

    def _starts(self) -> dict[str, date]:
        """Since when each is a member: as typed, else first seen or when the line appeared."""
        starts = {member.id: member.appeared for member in self.roster.members}
        for at, id_ in self.seen:
            starts[id_] = min(self.days[at], starts[id_])
        return starts | {member.id: member.start for member in self.roster.members if member.start}

    def _looks_like(self) -> dict[tuple[int, str], str]:
        """Names that nobody has explained, by the session and the member they look like."""
        found: dict[tuple[int, str], str] = {}
        for sighting in self.matching.sightings:
            for suggestion in self.suggested(sighting):
                found.setdefault((self.places[sighting.session], suggestion.member), sighting.name)
        return found

    def suggested(self, sighting: Sighting) -> list[Suggestion]:
        """Whom a person may be, or may have beside them, who was not seen elsewhere at the time."""
        at = self.places[sighting.session]
        return [
            suggestion
            for suggestion in self._suggested.of(sighting)
            if not overlapping(
                self.intervals.get((at, suggestion.member), ()), sighting.person.intervals
            )
        ]

    def _generic(self) -> tuple[list[str], dict[str, int]]:
        """A generic name that nobody has explained, by session; where a member first had one."""
        open_, first = [""] * len(self.records), dict.fromkeys(self.matching.lost.generic, -1)
        matches = zip(self.matching.matches, self.matching.ever, strict=True)
        for sighting, (match, ever) in zip(self.matching.sightings, matches, strict=True):
            at = self.places[sighting.session]
            if sighting.person.generic and match is None:
                open_[at] = open_[at] or sighting.name
            for id_ in ever.members if ever and sighting.person.generic else ():
                first[id_] = min(at, first.get(id_, at))
        return open_, first

    def _classes_seen(self) -> list[set[str | None]]:
        """The classes of which somebody was seen, or of which somebody said that they met."""
        met = [self._corrections.met(at) for at in range(len(self.records))]
        members = {member.id: member for member in self.roster.members}
        for at, of_session in enumerate(met):
            for member in [members[id_] for id_ in of_session if id_ in members]:
                of_session.update(self._met_with(member, at))
            if None in of_session:
                of_session.update(self.roster.classes)
        for at, id_ in self.seen:
            if self.belongs(members[id_], at):
                met[at].update(self._met_with(members[id_], at))
        return met

    def _met_with(self, member: Member, at: int) -> Iterable[str]:
        """The classes that met if a member was there: of several, only where nobody has but one.

        Somebody of two classes may have come for the other.
        """
        if len(member.classes) == 1:
            return member.classes
        return [key for key in member.classes if not self._has_own(key, at)]

    def _has_own(self, class_key: str, at: int) -> bool:
        """Whether a class has members on the day of a session who are in no other."""
        return any(self.belongs(member, at) for member in self._in_one_class[class_key])
