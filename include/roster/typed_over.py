"""Letters typed over in the Register: what becomes of each."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from include.roster.grid import Grid, Notice
from include.roster.marking.corrections import COLUMNS, Correction
from include.roster.marking.letters import session_day
from include.roster.marking.typed_letters import (
    TypedLetter,
    letters_of_lost,
    typed_in_lost,
    typed_letters,
    with_conflicting,
)
from include.roster.members.dates import day
from include.roster.members.people import Member
from include.roster.published import PublishedBook
from include.roster.record import AttendanceRecord
from include.roster.table import Row, Table
from include.roster.tabs.register import MemberRow
from include.roster.vocabulary import CAME

REGISTER = "Register"

WRITTEN_ANEW = (
    "it was copied or sorted in part, so its letters are written anew. If you had typed one there, "
    "type it again."
)

SORTED = (
    "the letters of {} were sorted without the names, so they are written anew. If you had typed "
    "one there, type it again."
)

CONFLICTING = (
    "another letter in their row in another class. Neither is taken over: type the same in both."
)

OF_LOST = (
    "“{}” was typed over “{}” for a session whose attendance record is gone, so it counts nowhere. "
    "Report on that session again, or put “{}” back."
)

HOLD_FOR_ALL_PARTS = CAME | {"X"}

NO_MEMBERS = (
    "People has no line: a letter can be given to members only. Type them in People first, and the "
    "letter when their rows are there."
)


class TypedOver:
    """The cells of members that differ from what was published.

    :ivar days: the day of each session, by its UUID.
    :ivar taken: those that are corrections.
    :ivar persons: letters in rows of persons, as long as there is no member.
    :ivar lost: the letters last written of sessions whose record is gone.
    """

    def __init__(
        self,
        grid: Grid | None,
        published: PublishedBook | None,
        records: Sequence[AttendanceRecord],
        members: Iterable[Member],
    ) -> None:
        self.days = {record.session: session_day(record) for record in records}
        self.members = {member.id: member for member in members}
        whole = {part: record.session for record in records for part in record.parts}
        cells = [
            *typed_letters(grid, published, self.days),
            *_of_parts(grid, published, whole),
        ]
        self.grid, self.lost = grid, letters_of_lost(grid, published, {*self.days, *whole})
        self.persons = [] if self.members else [cell for cell in cells if cell.letter]
        self.typed = with_conflicting([cell for cell in cells if cell.member in self.members])
        self.taken = [cell for cell in self.typed if cell.is_correction]

    def corrections(self) -> Iterator[Correction]:
        """Yield what they say; of those that conflict only that something is said."""
        for typed in self.typed:
            if typed.is_correction or typed.conflicting:
                letter = None if typed.conflicting else typed.letter
                yield Correction(None, typed.member, None, None, None, letter, typed.session)

    def lines(self, today: date) -> Table:
        """Return their lines for Corrections; ``today``: when they were found."""
        return Table(COLUMNS, tuple(self._line(typed, today) for typed in self.taken))

    def _line(self, typed: TypedLetter, today: date) -> Row:
        member, on, session = self.members[typed.member], self.days[typed.session], typed.session
        values = (member.name, on, on, typed.letter, None, typed.was, today, member.id, session)
        return Row(f"{session}|{typed.key}", values)

    def left_alone(self, shown: Iterable[MemberRow]) -> list[TypedLetter]:
        """Return those that are neither corrections nor right, in rows that are shown."""
        right = {row.key: dict(zip(self.days, row.printed, strict=True)) for row in shown}
        return [
            typed
            for typed in self.typed
            if typed.key in right
            and not (typed.is_correction or typed.unsure or typed.moved)
            and (typed.letter is None or typed.letter != right[typed.key].get(typed.session))
        ]

    def of_persons(self, shown: Table) -> list[TypedLetter]:
        """Return the letters of persons that are not those of the table: only members have them."""
        right = person_letters(shown, self.days)
        return [
            typed
            for typed in self.persons
            if typed.key in right
            and not (typed.unsure or typed.moved)
            and typed.letter != right[typed.key][typed.session]
        ]

    def written_anew(self) -> list[Notice]:
        """Return what to do about rows that showed the name of another row, and about letters."""
        cells = [*self.typed, *self.persons]
        rows = sorted({typed.row for typed in cells if typed.unsure})
        moved = [on for session, on in self.days.items() if self._is_moved(session)]
        notices = [Notice(REGISTER, row, WRITTEN_ANEW) for row in rows]
        for row, letter, was in typed_in_lost(self.grid, self.lost):
            notices.append(Notice(REGISTER, row, OF_LOST.format(letter, was, was)))
        if moved:
            when = day(moved[0], moved[-1]) if len(moved) == 1 else f"{len(moved)} sessions"
            notices.append(Notice(REGISTER, None, SORTED.format(when)))
        return notices

    def _is_moved(self, session: str) -> bool:
        return any(
            typed.moved and typed.session == session for typed in (*self.typed, *self.persons)
        )

    def notice(self, typed: TypedLetter) -> Notice:
        """Return what to do about a cell that is left alone."""
        on = day(self.days[typed.session], list(self.days.values())[-1])
        if typed.letter is None:
            quoted = f"“{typed.text[:30]}” is none of the letters"
            stands = quoted if typed.text else "the cell is empty"
            return Notice(REGISTER, typed.row, f"{stands} ({on}). It is left alone: type a letter.")
        if not self.members:
            text = f"“{typed.letter}” stands there for {on}, and {NO_MEMBERS}"
            return Notice(REGISTER, typed.row, text)
        if typed.conflicting:
            text = f"“{typed.letter}” stands there for {on}, and {CONFLICTING}"
            return Notice(REGISTER, typed.row, text)
        text = (
            f"“{typed.letter}” stands there for {on}, and nobody knows any more who wrote it. If "
            "it is right, add a line to Corrections; if not, clear the cell."
        )
        return Notice(REGISTER, typed.row, text)


def _of_parts(
    grid: Grid | None, published: PublishedBook | None, whole: Mapping[str, str]
) -> Iterator[TypedLetter]:
    """Yield letters typed over in sessions that are parts of others since, as those of the whole.

    Only those that are true of it, too: who is missing from a part may have been in another.
    """
    for typed in typed_letters(grid, published, whole):
        if typed.is_correction and typed.letter in HOLD_FOR_ALL_PARTS:
            yield replace(typed, session=whole[typed.session])


def published_letters(
    shown: Iterable[MemberRow], sessions: Collection[str], left_alone: Iterable[TypedLetter]
) -> Mapping[str, dict[str, str]]:
    """Return the letters of these rows, without those that are still asked about."""
    asked = {(typed.key, typed.session) for typed in left_alone if typed.was is None}
    return {
        row.key: {
            session: letter
            for session, letter in zip(sessions, row.printed, strict=True)
            if (row.key, session) not in asked
        }
        for row in shown
    }


def person_letters(shown: Table, sessions: Collection[str]) -> Mapping[str, dict[str, str]]:
    """Return the letters of the rows of persons; "" where somebody was not seen."""
    places = {column.key: at for at, column in enumerate(shown.columns)}
    return {
        row.key: {session: str(row.values[places[session]] or "") for session in sessions}
        for row in shown.rows
    }
