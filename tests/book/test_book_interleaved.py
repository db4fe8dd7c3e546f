"""Random edits between and in the middle of runs: nothing that people typed is lost.

`INTERLEAVINGS=200 pytest tests/book/test_book_interleaved.py` tries as many as the bar asks for.
"""

from __future__ import annotations

import os
import random

import pytest

from include.roster.record import AttendanceRecord
from include.sheets.book import sheet_id
from sandbox.google.a1 import column_name
from sandbox.google.cells import displayed
from sandbox.google.errors import EditError
from sandbox.google.spreadsheet import Sheet
from tests.book.desk import KEY, Desk
from tests.book.invented import record
from tests.book.near import Near

COUNT = int(os.environ.get("INTERLEAVINGS", "12"))
EDITS, RUN_EVERY = 50, 8
NAMES = ["Ann Lee", "Ben Okoro", "Cleo Marsh", "Dov Adler", "Esi Mensah"]
OTHERS = ["Cloe", "Nobody Known", "Rosa Field", "iPhone"]


class Office:
    """Somebody who edits the book at random, and remembers what must still be there."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.desk = Desk(Near())
        self.number = 0
        self.notes: dict[str, str] = {}
        self.letters: dict[tuple[str, str], str] = {}
        self.answers: dict[str, str] = {}
        self.loose: set[str] = set()
        self.weeks = [self.week(at) for at in range(9)]

    def week(self, at: int) -> AttendanceRecord:
        there = [one for one in [*NAMES, *OTHERS] if self.random.random() < 0.6]
        return record(at, there or NAMES)

    def sheet(self, name: str) -> Sheet:
        found = self.desk.google.state.spreadsheets[self.desk.id].holding(sheet_id(KEY, name))
        assert found is not None
        return found

    def text(self, tab: Sheet, row: int, column: int) -> str:
        return displayed(tab.cell(row, column))

    def heading(self, tab: Sheet, wanted: str) -> tuple[int, int]:
        return next(
            (row, column)
            for row in range(6)
            for column in tab.cells.get(row, {})
            if self.text(tab, row, column) == wanted
        )

    def row_of(self, tab: Sheet, column: int, wanted: str) -> int | None:
        rows = (row for row in sorted(tab.cells) if self.text(tab, row, column) == wanted)
        return next(rows, None)

    def types(self, tab: Sheet, row: int, column: int, text: str) -> None:
        self.desk.person.types(tab.title, f"{column_name(column)}{row + 1}", text)

    def token(self) -> str:
        self.number += 1
        return f"typed {self.number}"

    # What they do.

    def writes_a_note(self) -> None:
        people, name = self.sheet("people"), self.random.choice(NAMES)
        row = self.row_of(people, self.heading(people, "Name")[1], name)
        self.notes[name] = self.token()
        self.types(people, row, self.heading(people, "Note")[1], self.notes[name])

    def adds_a_member(self) -> None:
        people, name = self.sheet("people"), f"New {chr(65 + self.number % 26)}{self.token()[6:]}"
        column = self.heading(people, "Name")[1]
        row = max(row for row in people.cells if self.text(people, row, column)) + 1
        self.types(people, row, column, name)
        self.loose.add(name)

    def excuses(self) -> None:
        tab, token = self.sheet("corrections"), self.token()
        row = max(row for row in tab.cells if any(map(displayed, tab.cells[row].values()))) + 1
        for heading, text in (
            ("Who", self.random.choice(NAMES)),
            ("From", "2026-03-22"),
            ("Letter", "X"),
            ("Reason", token),
        ):
            self.types(tab, row, self.heading(tab, heading)[1], text)
        self.loose.add(token)

    def answers_a_name(self) -> None:
        tab = self.sheet("names")
        name = self.random.choice(OTHERS[:3])
        row = self.row_of(tab, self.heading(tab, "Name in Zoom")[1], name)
        if row is not None:
            self.answers[name] = self.random.choice(["a visitor", *NAMES])
            self.types(tab, row, self.heading(tab, "Who is it?")[1], self.answers[name])

    def corrects(self) -> None:
        tab, name = self.sheet("register"), self.random.choice(NAMES)
        row = self.row_of(tab, self.heading(tab, "Name")[1], name)
        day = self.random.choice(["1 Mar", "8 Mar", "15 Mar"])
        try:
            column = self.heading(tab, day)[1]
        except StopIteration:
            return
        if row is not None:
            letter = self.random.choice("RPA")
            if self.text(tab, row, column) != letter:
                self.letters[name, day] = letter
                self.types(tab, row, column, letter)

    def writes_beside(self) -> None:
        tab = self.sheet(self.random.choice(["register", "names", "people", "corrections"]))
        row, token = self.random.randrange(2, 9), self.token()
        column = tab.grid["columnCount"] - 1
        self.loose.discard(self.text(tab, row, column))
        self.types(tab, row, column, token)
        self.loose.add(token)

    def inserts_a_row(self) -> None:
        tab = self.sheet(self.random.choice(["register", "names", "people", "corrections"]))
        self.desk.person.inserts_rows(tab.title, self.random.randrange(1, 8))

    def inserts_a_column(self) -> None:
        tab = self.sheet(self.random.choice(["register", "names", "people", "corrections"]))
        self.desk.person.inserts_columns(tab.title, column_name(self.random.randrange(6)))

    def renames(self) -> None:
        tab = self.sheet(self.random.choice(["register", "names", "people", "this_week"]))
        self.desk.person.renames(tab.title, f"{self.token()}'s")

    def moves_a_tab(self) -> None:
        tab = self.sheet(self.random.choice(["register", "names", "people", "this_week"]))
        self.desk.person.moves_tab(tab.title, self.random.randrange(7))

    def deletes_a_tab(self) -> None:
        tab = self.sheet(self.random.choice(["totals", "lists", "this_week"]))
        self.desk.person.deletes_tab(tab.title)

    def deletes_a_column(self) -> None:
        tab = self.sheet("names")
        _, column = self.heading(tab, self.random.choice(["Looks like", "First", "State"]))
        self.desk.person.deletes_columns(tab.title, column_name(column))

    def sorts(self) -> None:
        name, by = self.random.choice([("people", "Name"), ("names", "Last"), ("register", "Name")])
        tab = self.sheet(name)
        row, column = self.heading(tab, by)
        last, letter = tab.grid["rowCount"], column_name(tab.grid["columnCount"] - 1)
        below = max(row + 2, tab.grid.get("frozenRowCount", 0))
        self.desk.person.sorts(tab.title, f"A{below + 1}:{letter}{last}", column_name(column))

    def filters(self) -> None:
        tab = self.sheet("people")
        row, column = self.heading(tab, "Name")
        area = f"A{row + 2}:{column_name(column)}{tab.grid['rowCount']}"
        self.desk.person.filters(tab.title, area, column_name(column), {self.random.choice(NAMES)})

    def drags_rows(self) -> None:
        tab = self.sheet("people")
        top = self.heading(tab, "Name")[0] + 3
        self.desk.person.moves_rows(tab.title, top, top + 1, top + 4)

    def edits(self, *, while_writing: bool) -> None:
        typed = [self.writes_a_note, self.excuses, self.answers_a_name, self.corrects]
        typed += [self.adds_a_member, self.writes_beside, self.inserts_a_row, self.inserts_a_column]
        typed += [self.renames, self.moves_a_tab]
        others = [self.sorts, self.filters, self.drags_rows]
        others += [self.deletes_a_tab, self.deletes_a_column]
        try:
            self.random.choice(typed if while_writing else typed + others)()
        except (AssertionError, StopIteration):
            pass  # it was deleted before
        except EditError:
            pass  # Sheets does not let them

    # What must be there.

    def lost(self) -> list[str]:
        tabs = self.desk.google.state.spreadsheets[self.desk.id].sheets
        seen = {displayed(c) for tab in tabs for row in tab.cells.values() for c in row.values()}
        lost = [text for text in self.loose if text not in seen]
        people, names, register = map(self.sheet, ("people", "names", "register"))
        for name, note in self.notes.items():
            lost += self._differs(people, "Name", name, "Note", note)
        for name, answer in self.answers.items():
            lost += self._differs(names, "Name in Zoom", name, "Who is it?", answer)
        for (name, day), letter in self.letters.items():
            lost += self._differs(register, "Name", name, day, letter)
        return lost

    def _differs(self, tab: Sheet, by: str, name: str, column: str, wanted: str) -> list[str]:
        row = self.row_of(tab, self.heading(tab, by)[1], name)
        if row is None:
            return [f"{tab.title}: no {name}"]
        there = self.text(tab, row, self.heading(tab, column)[1])
        return [] if there == wanted else [f"{tab.title}, {name}, {column}: {there}, not {wanted}"]


@pytest.mark.parametrize("seed", range(COUNT))
def test_fifty_edits_in_any_order_with_runs_lose_nothing(seed: int) -> None:
    office = Office(seed)
    desk = office.desk
    desk.run(office.weeks[:1], 0)
    desk.person.pastes("Classes", "A3", [["Youth"], ["Adults"]])
    desk.person.pastes("People", "A3", [[name, "Youth"] for name in NAMES])
    desk.run(office.weeks[:2], 1)
    for number in range(EDITS):
        due = number % RUN_EVERY == RUN_EVERY - 1
        if due:
            week = 2 + number // RUN_EVERY
            desk.run(
                office.weeks[:week],
                week,
                before_write=lambda: office.edits(while_writing=True),
            )
        else:
            office.edits(while_writing=False)
    desk.run(office.weeks, 9)
    desk.run(office.weeks, 9)
    assert desk.run(office.weeks, 9) == []
    assert office.lost() == []
