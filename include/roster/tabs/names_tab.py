"""The tab Names: a line for each name that is nobody's yet, or says somebody more than its member;
and what each answer has changed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from include.roster.identity.answers import COLUMNS, Answer
from include.roster.identity.persons import Sighting
from include.roster.marking.letters import RegisterLetters
from include.roster.members.dates import day
from include.roster.table import Row, Table
from include.roster.tabs.register import MemberRow
from include.roster.vocabulary import NOT_A_PERSON

MOST_SUGGESTED, MOST_CHANGES = 3, 6

Letters = Mapping[tuple[str, str], str]
"""A letter by row key and session."""


def names_table(
    register: RegisterLetters, member_rows: Sequence[MemberRow], before: Letters
) -> Table:
    """Return the tab: open lines, the last seen first, then the answered ones as they stand.

    :param before: the letters as they would be without any answer.
    """
    return Table(COLUMNS, tuple(_NamesTab(register, member_rows, before).rows()))


class _NamesTab:
    def __init__(
        self, register: RegisterLetters, member_rows: Sequence[MemberRow], before: Letters
    ) -> None:
        self.register, self.before = register, before
        self.answers = {answer.key: answer for answer in register.roster.answers}
        self.members = {member.id: member for member in register.roster.members}
        self.of_member: dict[str, list[MemberRow]] = defaultdict(list)
        for row in member_rows:
            self.of_member[row.member.id].append(row)

    def rows(self) -> list[Row]:
        open_: dict[str, list[Sighting]] = defaultdict(list)
        answered: dict[str, list[Sighting]] = defaultdict(list)
        pairs = zip(self.register.matching.sightings, self.register.matching.matches, strict=True)
        for sighting, match in pairs:
            if answer := self.register.matching.answer(sighting):
                answered[answer.key].append(sighting)
            elif match is None or self.register.suggested(sighting):
                open_[self._free_key(sighting)].append(sighting)
        newest_first = sorted(
            open_.items(), key=lambda line: (-self._place(line[1][-1]), line[1][-1].name, line[0])
        )
        rows = [self._row(key, found, self._open(found)) for key, found in newest_first]
        kept = {
            sighting.key: sighting
            for sighting in self.answers.values()
            if sighting.key not in open_
        }
        return rows + [
            self._answered(sighting, answered[sighting.key]) for sighting in kept.values()
        ]

    def _place(self, sighting: Sighting) -> int:
        return self.register.places[sighting.session]

    def _free_key(self, sighting: Sighting) -> str:
        """The key of the open line: another one where an answer for one session has the first."""
        key, number = sighting.lines[0], 0
        while key in self.answers:
            number += 1
            key = f"{sighting.lines[0]}.{number}"
        return key

    def _row(self, key: str, found: Sequence[Sighting], state: str, session: str = "") -> Row:
        newest = found[-1]
        days = [self.register.days[self._place(sighting)] for sighting in found]
        emails = sorted({email for sighting in found for email in sighting.person.emails})
        times = len({sighting.session for sighting in found})
        values = (
            key,
            session or newest.session,
            newest.name,
            None,
            None,
            None,
            self._looks_like(found) or None,
            times,
            min(days),
            max(days),
            ", ".join(emails) or None,
            state or None,
        )
        return Row(key, values, "open")

    def _open(self, found: Sequence[Sighting]) -> str:
        return "one session only" if found[-1].once else ""

    def _looks_like(self, found: Iterable[Sighting]) -> str:
        """Whom the name looks like beside those matched, who was not seen elsewhere at the time."""
        reasons: dict[str, str] = {}
        for sighting in found:
            for suggestion in self.register.suggested(sighting):
                member = self.members[suggestion.member]
                if self.register.roster.is_public(member):
                    reasons.setdefault(member.name, suggestion.reason)
        texts = [f"{name}: {reason}" for name, reason in sorted(reasons.items())]
        more = len(texts) - MOST_SUGGESTED
        return " · ".join(texts[:MOST_SUGGESTED]) + (f" · and {more} more" if more > 0 else "")

    def _answered(self, answer: Answer, found: Sequence[Sighting]) -> Row:
        if not found:
            state = "in none of the sessions that are kept"
            gone = (answer.key, answer.session, answer.name, *[None] * 8, state)
            return Row(answer.key, gone, "answered")
        row = self._row(answer.key, found, self._state(answer), answer.session)
        return replace(row, kind="answered")

    def _state(self, answer: Answer) -> str:
        if not answer.readable:
            return "not understood, see This week" if answer.unread else "no answer yet"
        if answer.word == NOT_A_PERSON:
            return "not counted"
        if not answer.members:
            return "counted as a visitor"
        changes = list(dict.fromkeys(self._changes(answer)))
        more = f" and {len(changes) - MOST_CHANGES} more" if len(changes) > MOST_CHANGES else ""
        changed = ", ".join(changes[-MOST_CHANGES:]) + more
        return f"changed {changed}" if changes else "changes no letter"

    def _changes(self, answer: Answer) -> Iterable[str]:
        """The letters that the answer changed, oldest first: "4 Oct ? → P"."""
        pairs = zip(self.register.matching.sightings, self.register.matching.matches, strict=True)
        for sighting, match in pairs:
            if match is None or match.answer != answer.key:
                continue
            at = self._place(sighting)
            for row in (each for id_ in match.members for each in self.of_member[id_]):
                was = self.before.get((row.key, sighting.session), "")
                now = row.letters[at].letter
                if was != now:
                    yield f"{day(self.register.days[at], self.register.days[-1])} {was} → {now}"
