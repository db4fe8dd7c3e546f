"""Books of invented sessions, as they stand in the sandbox's Google."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from include.attendance.results import SessionPerson
from include.meeting import Meeting
from include.pipeline.files.attendance_records import RecordsFolder, file_name, rule_of
from include.pipeline.leaders import News, update_own_sheets
from include.pipeline.register import find_book, update_book
from include.roster.record import AttendanceRecord
from sandbox.google import GoogleState
from sandbox.google.person import Person
from tests.pipeline.evenings import EVENING
from tests.pipeline.runs import meeting

TODAY = date(2026, 8, 1)
ADA, BEN, CLEO, DAN = "Ada Example", "Ben Example", "Cleo Example", "Dan Example"

LONG_AGO = "2026-01-01"
PEOPLE = [
    [ADA, "Youth", "", LONG_AGO],
    [BEN, "Youth", "", LONG_AGO],
    [CLEO, "Choir", "", LONG_AGO],
]
CLASSES = [["Youth"], ["Choir"]]


def seen(name: str, start: datetime, minutes: int = 90) -> SessionPerson:
    first = int(start.timestamp())
    email = f"{name.split()[0].lower()}@example.org"
    interval = (first, first + minutes * 60)
    return SessionPerson(
        f"key-{name}", name, (name,), (email,), (f"id-{name}",), (), (interval,), False
    )


def keep_session(choir: Meeting, names: Iterable[str], week: int = 0, **more: Any) -> None:
    """Keep the record of the evening so many weeks later."""
    start = EVENING + timedelta(weeks=week)
    record = AttendanceRecord(
        choir.name,
        f"evening+{week}==",
        choir.title,
        str(start.date()),
        choir.timezone,
        start.astimezone(UTC),
        start.astimezone(UTC) + timedelta(minutes=90),
        link=f"https://example.org/report/{week}",
        rule=rule_of(choir),
        people=tuple(seen(name, start) for name in names),
        **more,
    )
    RecordsFolder(choir).write(file_name(record.session), record.to_parquet())


@dataclass
class KeptBook:
    """A meeting's book, and a person who types in it."""

    google: GoogleState
    choir: Meeting = field(default_factory=meeting)
    told: list[News] = field(default_factory=list)

    def run(self, **options: Any) -> dict[str, Any]:
        """The tasks of one run of the Dag, one after the other."""
        found = find_book(self.choir)
        written = update_book(self.choir, found, today=TODAY, **options)
        update_own_sheets(
            self.choir, found, self.told.append, any_leaders=written["leaders"], today=TODAY
        )
        return written

    @property
    def id(self) -> str:
        return find_book(self.choir)

    @property
    def person(self) -> Person:
        return Person(self.google, self.id)

    def enrol(
        self, people: list[list[str]] | None = None, classes: list[list[str]] | None = None
    ) -> None:
        """Type into People and Classes of a book that is there."""
        self.person.pastes("People", "A3", people or PEOPLE)
        self.person.pastes("Classes", "A3", classes or CLASSES)

    def corrected(self) -> KeptBook:
        """With a session, members, and a letter typed over: Ben, who was missing, is excused."""
        keep_session(self.choir, [ADA])
        self.run()
        self.enrol()
        self.run()
        assert self.row(BEN)[1] == "A"
        row = next(at for at, row in enumerate(self.shown("Register"), 1) if BEN in row)
        self.person.types("Register", f"C{row}", "X")
        return self

    def shown(self, tab: str) -> list[list[str]]:
        return shown(self.google, self.id, tab)

    def row(self, name: str, tab: str = "Register") -> list[str]:
        """The row that shows this text, without what is empty at its end."""
        row = next(row for row in self.shown(tab) if name in row)
        return row[row.index(name) :]

    def everything(self) -> dict[str, list[list[str]]]:
        book = self.google.spreadsheets[self.id]
        return {sheet.title: self.shown(sheet.title) for sheet in book.sheets}


def shown(google: GoogleState, spreadsheet_id: str, tab: str) -> list[list[str]]:
    """What a person sees of a tab, without empty rows at its end."""
    rows = google.read_cells(spreadsheet_id, f"'{tab}'")
    while rows and not any(rows[-1]):
        rows.pop()
    return rows
