from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from include.sheets.report import Report
from include.sheets.tab import (
    Tab,
    has_new_headline,
    has_no_room,
    read_tabs,
    sheet_id_of,
    tab_of,
    tab_requests,
    was_written,
)
from tests.pipeline.reports import person, report
from tests.pipeline.runs import meeting

MADE = report(meeting())
OWN_ID = sheet_id_of(MADE)


def tab(sheet_id: int = 0, title: str = "Notes", index: int = 0, **known: Any) -> Tab:
    grid = {"grid_rows": 1000, "grid_columns": 26}
    return Tab(sheet_id, title, index, **grid | {"metadata_id": None, "metadata": None} | known)


def marked(start: str, index: int) -> Tab:
    metadata = {"start": start, "rows": 9}
    return tab(index + 1, f"Report {index}", index, metadata_id=index + 1, metadata=metadata)


def own(**known: Any) -> Tab:
    """The tab of the report as an earlier, longer publication left it."""
    written = {"metadata_id": 5, "metadata": {"start": MADE.start, "rows": 40}}
    return tab(OWN_ID, "Renamed", 0, **written | known)


def kinds(tabs: list[Tab], made: Report = MADE, **options: bool) -> list[str]:
    options = {"blank": False} | options
    return [next(iter(request)) for request in tab_requests(tabs, made, **options)]


def added(tabs: list[Tab], made: Report = MADE) -> dict[str, Any]:
    return tab_requests(tabs, made, blank=False)[0]["addSheet"]["properties"]


def test_id_is_positive_has_31_bits_and_never_changes() -> None:
    ids = [sheet_id_of(replace(MADE, key=f"choir/{number}==")) for number in range(1000)]
    assert len(set(ids)) == 1000
    assert all(0 < sheet_id < 2**31 for sheet_id in ids)
    assert sheet_id_of(report(meeting(), [], uuid="7==")) == ids[7]


def test_nothing_of_a_rerun_adds_or_deletes() -> None:
    assert not {"addSheet", "deleteSheet"} & set(kinds([own()]))


def test_each_writer_gives_the_mark_a_new_id_that_only_one_can_have() -> None:
    bodies = {
        kind: body for one in tab_requests([own()], MADE, blank=False) for kind, body in one.items()
    }
    made = bodies["createDeveloperMetadata"]["developerMetadata"]["metadataId"]
    gone = bodies["deleteDeveloperMetadata"]["dataFilter"]["developerMetadataLookup"]["metadataId"]
    assert (gone, made == 5) == (5, False)
    fewer = report(meeting(), [])
    assert f'"metadataId": {made}' in json.dumps(tab_requests([own()], fewer, blank=False))


def test_first_sheet_goes_only_from_a_blank_spreadsheet() -> None:
    assert "deleteSheet" not in kinds([tab()])
    assert "deleteSheet" in kinds([tab()], blank=True)


@pytest.mark.parametrize(
    ("tabs", "place"),
    [
        ([tab()], 1),
        ([tab(index=0), tab(1, "More", index=1)], 2),
        ([tab(), marked("2026-06-07", 1), marked("2026-05-31", 2)], 1),
        ([tab(), marked("2026-06-21", 1), marked("2026-06-07", 2)], 2),
        ([tab(), marked("2026-06-28", 1), marked("2026-06-21", 2)], 3),
        ([marked("2026-06-21", 0), tab(9, "Between", 1), marked("2026-06-07", 2)], 2),
    ],
)
def test_place_of_a_new_tab(tabs: list[Tab], place: int) -> None:
    assert added(tabs)["index"] == place


@pytest.mark.parametrize(
    ("taken", "title"),
    [
        ([], "2026-06-14 Choir"),
        (["2026-06-14 Choir"], "2026-06-14 Choir (2)"),
        (["2026-06-14 CHOIR", "2026-06-14 Choir (2)"], "2026-06-14 Choir (3)"),
        (["2026-06-14 Choir (2)"], "2026-06-14 Choir"),
    ],
)
def test_title_of_a_new_tab(taken: list[str], title: str) -> None:
    tabs = [tab(number, name, number) for number, name in enumerate(taken)]
    assert added(tabs)["title"] == title


def test_new_tab_has_room_for_people_to_write() -> None:
    made = report(meeting(), [person(f"Person {number}") for number in range(500)])
    grid = added([tab()], made)["gridProperties"]
    assert grid["rowCount"] > 506
    assert grid["columnCount"] > 6


@pytest.mark.parametrize(
    ("grid", "fields"),
    [
        ({}, None),
        ({"grid_rows": 8}, "gridProperties.rowCount"),
        ({"grid_columns": 5}, "gridProperties.columnCount"),
        ({"grid_rows": 8, "grid_columns": 5}, "gridProperties.rowCount,gridProperties.columnCount"),
    ],
)
def test_grid_grows_when_people_have_cut_it(grid: dict[str, int], fields: str | None) -> None:
    requests = tab_requests([own(**grid)], MADE, blank=False)
    updates = [one["updateSheetProperties"] for one in requests if "updateSheetProperties" in one]
    assert [update["fields"] for update in updates] == ([fields] if fields else [])


@pytest.mark.parametrize(("grid_rows", "used"), [(1000, 40), (30, 30), (8, 9)])
def test_former_rows_are_emptied_as_far_as_they_still_exist(grid_rows: int, used: int) -> None:
    requests = tab_requests([own(grid_rows=grid_rows)], MADE, blank=False)
    (content,) = [one["updateCells"] for one in requests if "updateCells" in one]
    assert content["range"]["endRowIndex"] == used


def test_reading_what_google_leaves_out() -> None:
    chart = {"properties": {"title": "Chart", "sheetType": "OBJECT", "index": 1, "sheetId": 7}}
    sheets = [{"properties": {"title": "Notes", "gridProperties": {"rowCount": 5}}}, chart]
    first, second = read_tabs({"sheets": sheets})
    assert first == tab(grid_rows=5, grid_columns=0)
    assert second == tab(7, "Chart", 1, grid_rows=0, grid_columns=0)
    assert not was_written({"sheets": sheets})


def test_metadata_of_other_programs_is_not_our_mark() -> None:
    other = [{"metadataId": 3, "metadataKey": "theirs", "metadataValue": "not JSON"}]
    sheet = {"properties": {"title": "Notes"}, "developerMetadata": other}
    (read,) = read_tabs({"sheets": [sheet]})
    assert (read.metadata_id, read.metadata) == (None, None)
    assert not was_written({"sheets": [sheet], "developerMetadata": [{"metadataKey": "theirs"}]})


@pytest.mark.parametrize(
    ("metadata", "new"),
    [
        ({"headline": MADE.headline}, False),
        ({"headline": MADE.headline | {"people": 99}}, True),
        ({}, True),  # by an earlier version
    ],
)
def test_a_headline_that_is_not_in_the_metadata_is_new(metadata: dict[str, Any], new: bool) -> None:
    known = {"metadata_id": 5, "metadata": {"start": MADE.start, "rows": 9} | metadata}
    assert has_new_headline(own(**known), MADE) is new


def test_the_headline_of_a_report_that_is_not_there_is_new() -> None:
    others = tab(7, metadata_id=7, metadata={"start": "", "rows": 9, "headline": MADE.headline})
    assert has_new_headline(tab_of([tab(), others], MADE), MADE)


def test_a_tab_keeps_room_for_people_beside_the_columns_it_has() -> None:
    few = report(meeting(), columns=("name", "total_duration"))
    assert few.range == "A6:B9"
    content = next(one for one in tab_requests([], few, blank=False) if "updateCells" in one)
    assert content["updateCells"]["range"]["endColumnIndex"] == 2
    narrow = own(metadata={"start": MADE.start, "rows": 9, "columns": 2})
    assert has_no_room(narrow, MADE)
    assert not has_no_room(narrow, few)
    assert not has_no_room(own(), MADE)  # of before metadata said how many


def test_columns_that_are_no_longer_wanted_are_emptied_once() -> None:
    few = report(meeting(), columns=("name", "total_duration"))
    requests = tab_requests([own()], few, blank=False)
    bodies = {kind: body for request in requests for kind, body in request.items()}
    assert bodies["updateCells"]["range"]["endColumnIndex"] == 6
    metadata = bodies["createDeveloperMetadata"]["developerMetadata"]["metadataValue"]
    assert json.loads(metadata)["columns"] == 2
