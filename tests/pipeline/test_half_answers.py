"""Google answers with less than was asked for: nothing is taken from it, and it is tried again."""

from __future__ import annotations

from typing import Any

import pytest

from google_workspace.batches import reading_response
from google_workspace.errors import GoogleUnavailable
from include.pipeline.load import publish
from include.sheets.tab import read_tabs
from include.sheets.tab_state import read_tab_content
from sandbox.google import GoogleState
from sandbox.google.seed import SHARED_SPREADSHEET as BOOK
from tests.google_calls import BATCH
from tests.pipeline.reports import report
from tests.pipeline.runs import meeting

TABS: list[Any] = [{}, {"sheets": None}, {"sheets": [{}]}, {"sheets": [{"properties": {}}]}]
TABS += [
    {"sheets": [{"properties": {"title": "x", "sheetId": id_}}]} for id_ in ([], {}, "7", None)
]
CELLS: list[Any] = [{}, {"sheets": []}, {"sheets": [{}, {}]}, {"sheets": [{"data": []}]}]
VALUE = {"userEnteredValue": {"numberValue": "x"}}
CELLS.append({"sheets": [{"data": [{"rowData": [{"values": [VALUE]}]}]}]})


@pytest.mark.parametrize("answer", TABS, ids=repr)
def test_tabs(answer: Any) -> None:
    with pytest.raises(GoogleUnavailable, match="from half an answer"), reading_response():
        read_tabs(answer)


@pytest.mark.parametrize("answer", CELLS, ids=repr)
def test_cells(answer: Any) -> None:
    with pytest.raises(GoogleUnavailable, match="from half an answer"), reading_response():
        read_tab_content(answer)


@pytest.mark.parametrize("answer", [{}, {"spreadsheetId": BOOK}, {"replies": [{}] * 20}], ids=repr)
def test_what_google_does_not_say_it_has_written_is_not_published(
    google: GoogleState, answer: Any
) -> None:
    google.faults.add("answer", BATCH, body=answer)
    with pytest.raises(GoogleUnavailable, match="from half an answer"):
        publish(meeting(), report(meeting()))
    assert [sheet.title for sheet in google.spreadsheets[BOOK].sheets] == ["Notes"]
    assert publish(meeting(), report(meeting())).people == 3


def test_an_empty_tab_is_a_whole_answer() -> None:
    assert read_tab_content({"sheets": [{}]}).grid == []
