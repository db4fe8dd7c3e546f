"""What people see after the first publication, in either kind of place."""

from __future__ import annotations

from typing import Any

import pytest

from include.pipeline.load import publish
from include.sheets.incomplete import ReportedInstance
from sandbox.google import GoogleState
from sandbox.google.seed import REPORTS_FOLDER, SHARED_SPREADSHEET
from tests.pipeline.reports import (
    backwards,
    nameless,
    person,
    report,
    report_files,
    seen,
    tab_of,
)
from tests.pipeline.runs import FOLDER, WHERE, meeting

ALONE = ReportedInstance(0, has_report=False)


@WHERE
def test_what_a_person_sees(google: GoogleState, place: dict[str, str]) -> None:
    made = report(meeting(publish_to=place), [person("Ada", 0, 90), person("Ben", 30, 57)])
    published = publish(meeting(publish_to=place), made)
    assert seen(google, published, made) == [
        ["Choir"],
        ["Date", "Sunday 14 June 2026, 19:30 to 21:00 (Australia/Sydney)"],
        ["People", "2"],
        ["Total hours", "1.95"],
        [],
        ["Name", "Hours", "Joined", "Left", "E-mail", "Zoom id"],
        ["Ada", "1.50", "2026-06-14 19:30:00", "2026-06-14 21:00:00"]
        + ["Ada@example.org", "id-Ada"],
        ["Ben", "0.45", "2026-06-14 20:00:00", "2026-06-14 20:27:00"]
        + ["Ben@example.org", "id-Ben"],
    ]


@WHERE
def test_how_it_looks(google: GoogleState, place: dict[str, str]) -> None:
    made = report(meeting(publish_to=place))
    tab = tab_of(google, publish(meeting(publish_to=place), made), made)
    assert (tab.grid["frozenRowCount"], tab.grid["frozenColumnCount"]) == (6, 1)
    assert [tab.columns[number]["pixelSize"] for number in range(6)] == [
        180,
        80,
        150,
        150,
        230,
        190,
    ]
    assert tab.basic_filter["range"] | {"sheetId": 0} == {
        "sheetId": 0,
        "startRowIndex": 5,
        "endRowIndex": 9,
        "startColumnIndex": 0,
        "endColumnIndex": 6,
    }
    formats = [tab.cells[6][column]["userEnteredFormat"]["numberFormat"] for column in (0, 1, 2)]
    assert [one["type"] for one in formats] == ["TEXT", "NUMBER", "DATE_TIME"]
    header = tab.cells[5][0]["userEnteredFormat"]
    assert header["textFormat"]["bold"]
    assert header["backgroundColorStyle"]


def test_result_names_the_place(google: GoogleState) -> None:
    made = report(meeting())
    published = publish(meeting(), made)
    place = {"spreadsheet_id": SHARED_SPREADSHEET, "range": "A6:F9"}
    counts = {"people": 3, "hours": 4.5, "incomplete": False}
    assert published.model_dump(exclude={"link"}) == place | counts
    tab_id = tab_of(google, published, made).id
    assert published.link.endswith(f"/spreadsheets/d/{SHARED_SPREADSHEET}/edit#gid={tab_id}")


def test_folder_gets_a_spreadsheet_in_the_meetings_zone(google: GoogleState) -> None:
    choir = meeting(publish_to=FOLDER)
    published = publish(choir, report(choir))
    (file,) = report_files(google)
    assert (file.name, file.parents) == ("zoom_report_2026-06-14 Choir", [REPORTS_FOLDER])
    book = google.spreadsheets[published.spreadsheet_id]
    assert [sheet.title for sheet in book.sheets] == ["2026-06-14 Choir"]
    assert book.properties["timeZone"] == "Australia/Sydney"


@WHERE
@pytest.mark.parametrize("first_sheet_id", [0, 987_654])
def test_first_sheet_of_a_new_file_goes_whatever_its_id(
    google: GoogleState, place: dict[str, str], first_sheet_id: int
) -> None:
    google.first_sheet_id = first_sheet_id
    published = publish(meeting(publish_to=place), report(meeting(publish_to=place)))
    titles = [sheet.title for sheet in google.spreadsheets[published.spreadsheet_id].sheets]
    assert titles == (["2026-06-14 Choir"] if place == FOLDER else ["Notes", "2026-06-14 Choir"])


def test_class_time_is_shown(google: GoogleState) -> None:
    choir = meeting(class_time="20:00-20:45")
    made = report(choir, [person("Ada", 0, 90)])
    rows = seen(google, publish(choir, made), made)
    assert rows[1][1].endswith("(Australia/Sydney); counted: 20:00 to 20:45")
    assert rows[6][1:4] == ["0.75", "2026-06-14 19:30:00", "2026-06-14 21:00:00"]


@pytest.mark.parametrize(
    ("rows", "changes", "below"),
    [
        ([], {}, []),
        ([nameless()], {}, ["People to review", "No name"]),
        ([backwards("Ben")], {}, ["Data problems", "Row not counted"]),
        ([], {"instances": (ALONE, ReportedInstance(2))}, ["Data problems", "One alone"]),
        (
            [nameless(), backwards("Ben")],
            {"instances": (ALONE,)},
            ["People to review", "No name", "Data problems", "One alone", "Row not counted"],
        ),
    ],
)
def test_sections_below_the_table(
    google: GoogleState, rows: list[Any], changes: dict[str, Any], below: list[str]
) -> None:
    made = report(meeting(), [person("Ada"), *rows], **changes)
    shown = seen(google, publish(meeting(), made), made)
    assert [row[-1].split(":")[0] for row in shown[6 + made.people :] if row] == below
    assert shown[4][:1] == ["Please check"] * bool(below)


def test_nobody_counted_is_still_a_report(google: GoogleState) -> None:
    made = report(meeting(), [backwards("Ben")])
    shown = seen(google, publish(meeting(), made), made)
    assert (shown[2], shown[3], len(shown[5])) == (["People", "0"], ["Total hours", "0.00"], 6)
    assert shown[-1] == [
        "Ben",
        "Row not counted: leave before join (Zoom says: joined 2026-06-14T10:30:00Z, "
        "left 2026-06-14T10:00:00Z).",
    ]


def test_what_is_to_be_checked_is_linked_from_the_top(google: GoogleState) -> None:
    made = report(meeting(), [person("Ada"), nameless(), backwards("Ben")])
    tab = tab_of(google, publish(meeting(), made), made)
    note = tab.cells[4][1]
    says = "People to review: 1, Data problems: 1 (below row 9)"
    assert note["userEnteredValue"]["stringValue"] == says
    link = note["userEnteredFormat"]["textFormat"]["link"]["uri"]
    assert link == f"#gid={tab.id}&range=A10"
    assert tab.cells[9][0]["userEnteredValue"]["stringValue"] == "People to review"
