"""A published report in the hands of a person."""

from __future__ import annotations

from typing import Any

from include.pipeline.load import publish
from sandbox.both import Sandbox
from sandbox.google.clients import sheets_client
from sandbox.google.spreadsheet import Sheet
from tests.pipeline.reports import person, report, seen, tab_of
from tests.pipeline.runs import meeting

ROWS = [person(f"Person {number}") for number in range(30)]


class Edited:
    """A report that has been published, and the hands of a person on it."""

    def __init__(self, sandbox: Sandbox, place: dict[str, str]) -> None:
        self.google, self.meeting = sandbox.google, meeting(publish_to=place)
        self._sheets = sheets_client(sandbox.url).spreadsheets()
        self.report = report(self.meeting, ROWS)
        self.first = publish(self.meeting, self.report)

    @property
    def tab(self) -> Sheet:
        return tab_of(self.google, self.first, self.report)

    @property
    def titles(self) -> list[str]:
        book = self.google.spreadsheets[self.first.spreadsheet_id]
        return [sheet.title for sheet in book.sheets]

    def do(self, **request: Any) -> None:
        body = {"requests": [request]}
        self._sheets.batchUpdate(spreadsheetId=self.first.spreadsheet_id, body=body).execute()

    def change_tab(self, fields: str, **properties: Any) -> None:
        given = {"sheetId": self.tab.id, **properties}
        self.do(updateSheetProperties={"properties": given, "fields": fields})

    def write(self, row: int, column: int, fields: str, **cell: Any) -> None:
        start = {"sheetId": self.tab.id, "rowIndex": row, "columnIndex": column}
        rows = [{"values": [cell]}]
        self.do(updateCells={"start": start, "rows": rows, "fields": fields})

    def publish_fewer(self) -> list[list[str]]:
        """Publish again with ten people; returns what is seen."""
        self.report = report(self.meeting, ROWS[:10])
        again = publish(self.meeting, self.report)
        assert again.link == self.first.link
        return seen(self.google, again, self.report)
