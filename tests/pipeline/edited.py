"""A published report in the hands of a person."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from copy import deepcopy
from string import ascii_uppercase
from typing import Any

import pytest

from google_workspace.errors import GoogleRefused
from include.pipeline.load import publish
from include.sheets.report import Report
from sandbox.both import Sandbox
from sandbox.google.clients import sheets_client
from sandbox.google.person import Person
from sandbox.google.spreadsheet import Sheet
from sandbox.zoom.rows import Row
from tests.pipeline.reports import person, report, seen, tab_of
from tests.pipeline.runs import meeting

PINK = {"backgroundColorStyle": {"rgbColor": {"red": 1, "green": 0.5, "blue": 0.5}}}

ROWS = [person(f"Person {number}") for number in range(30)]


class Edited:
    """A report that has been published, and the hands of a person on it."""

    def __init__(
        self, sandbox: Sandbox, place: dict[str, str], rows: Iterable[Row] = tuple(ROWS)
    ) -> None:
        self.google, self.meeting = sandbox.google, meeting(publish_to=place)
        self._sheets = sheets_client(sandbox.url).spreadsheets()
        self.report = report(self.meeting, rows)
        self.first = publish(self.meeting, self.report)
        self._hands = Person(sandbox.google, self.first.spreadsheet_id)

    @property
    def tab(self) -> Sheet:
        return tab_of(self.google, self.first, self.report)

    @property
    def titles(self) -> list[str]:
        book = self.google.spreadsheets[self.first.spreadsheet_id]
        return [sheet.title for sheet in book.sheets]

    def do(self, **request: Any) -> None:
        self.do_all([request])

    def do_all(self, requests: list[dict[str, Any]]) -> None:
        body = {"requests": requests}
        self._sheets.batchUpdate(spreadsheetId=self.first.spreadsheet_id, body=body).execute()

    def read(self, fields: str) -> dict[str, Any]:
        return self._sheets.get(spreadsheetId=self.first.spreadsheet_id, fields=fields).execute()

    def change_tab(self, fields: str, **properties: Any) -> None:
        given = {"sheetId": self.tab.id, **properties}
        self.do(updateSheetProperties={"properties": given, "fields": fields})

    def write(self, row: int, column: int, fields: str, **cell: Any) -> None:
        start = {"sheetId": self.tab.id, "rowIndex": row, "columnIndex": column}
        rows = [{"values": [cell]}]
        self.do(updateCells={"start": start, "rows": rows, "fields": fields})

    def type(self, row: int, column: int, text: str) -> None:
        value = {"userEnteredValue": {"stringValue": text}}
        self.write(row, column, "userEnteredValue", **value)

    def rearrange(self, how: dict[str, tuple[Any, ...]]) -> None:
        """Carry out a request on a dimension: its name, start, end, and where to."""
        ((request, (dimension, start, end, *to)),) = how.items()
        span = {"sheetId": self.tab.id, "dimension": dimension, "startIndex": start}
        if not to:
            self.do(**{request: {"range": span | {"endIndex": end}}})
        elif dimension == "ROWS":
            self._hands.moves_rows(self.tab.title, start + 1, end, to[0] + 1)
        else:
            letters = (ascii_uppercase[index] for index in (start, end - 1, to[0]))
            self._hands.moves_columns(self.tab.title, *letters)

    def publish(self, rows: Iterable[Row]) -> list[list[str]]:
        """Publish again with these people; returns what is seen."""
        self.report = report(self.meeting, rows)
        again = publish(self.meeting, self.report)
        assert again.link == self.first.link
        return seen(self.google, again, self.report)

    def publish_fewer(self) -> list[list[str]]:
        """Publish again with ten people; returns what is seen."""
        return self.publish(ROWS[:10])

    def refuses(self, later: Report, said: str) -> None:
        """Check that publishing this changes nothing, and says why."""
        before = deepcopy(self.google.spreadsheets)
        with pytest.raises(GoogleRefused, match=said) as refused:
            publish(self.meeting, later)
        assert f"#gid={self.tab.id}" in str(refused.value)
        assert self.google.spreadsheets == before

    def leaves(self, later: Report, said: str, log: pytest.LogCaptureFixture) -> None:
        """Check that publishing this writes nothing, and that the log says why."""
        before = deepcopy(self.google.spreadsheets)
        with log.at_level(logging.INFO, "include.pipeline"):
            assert publish(self.meeting, later) == self.first
        assert said in log.text
        assert self.google.spreadsheets == before
