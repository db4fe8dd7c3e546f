"""How many came to the newest session, in numbers: members, and everybody who was there."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from include.roster.vocabulary import CAME, NOT_MET

if TYPE_CHECKING:  # Airflow's scheduler reads the numbers, and need not load pandas for it
    from include.roster.book import Book
    from include.roster.record import AttendanceRecord

_NOT_EXPECTED = {"X", NOT_MET}


@dataclass(frozen=True)
class Newest:
    """The newest session in numbers.

    :param label: its local date, with the time if it is not the day's first.
    :param people: everybody who was there.
    :param members: rows of the Register, each member once; none of a private class.
    :param came: those of them who came, of so many who were ``expected``.
    :param to_check: those of whom the Register says neither.
    """

    label: str
    people: int
    members: int
    came: int
    expected: int
    to_check: int

    def __str__(self) -> str:
        return f"{self._came} ({self.label})"

    @property
    def _came(self) -> str:
        if not self.members:
            return "1 person" if self.people == 1 else f"{self.people} people"
        if not self.expected:
            return "Nobody was expected"
        to_check = f", {self.to_check} to check" if self.to_check else ""
        return f"{self.came} of {self.expected} came{to_check}"


def newest_in(book: Book, record: AttendanceRecord | None) -> Newest | None:
    """Return the numbers of the newest session; None of a book that is left as it is.

    :param record: of that session.
    """
    if record is None or book.register is None or book.totals is None:
        return None
    letters: dict[str, set[object]] = defaultdict(set)
    for row, letter in zip(book.register.rows, book.register.column(record.session), strict=True):
        if row.kind == "member":
            letters[row.key.partition("|")[0]].add(letter)  # once, in however many classes
    expected = [of_member for of_member in letters.values() if of_member - _NOT_EXPECTED]
    missed = [of_member for of_member in expected if not of_member & CAME]
    return Newest(
        label=record.label,
        people=int(str(book.totals.row(f"{record.session}|")["people"])),
        members=len(letters),
        came=len(expected) - len(missed),
        expected=len(expected),
        to_check=sum("?" in of_member for of_member in missed),
    )
