from __future__ import annotations

import pytest

from include.sheets.report import HEADER_ROW, HOURS_ROW
from tests.pipeline.reports import NAMES, backwards, nameless, person, report
from tests.pipeline.runs import meeting


def test_key_is_the_meeting_and_the_session() -> None:
    made = report(meeting(), uuid="/aB+c//d==")
    assert (made.key, made.start) == ("choir//aB+c//d==", "2026-06-14T09:30:00+00:00")


def test_titles_are_made_of_the_label() -> None:
    made = report(meeting(), label="2026-06-14 19:30")
    assert made.tab_title == "2026-06-14 19:30 Choir"
    assert made.file_title == "zoom_report_2026-06-14 19:30 Choir"


@pytest.mark.parametrize(("people", "area"), [(0, "A6:F6"), (1, "A6:F7"), (50, "A6:F56")])
def test_range_is_the_table_with_its_header(people: int, area: str) -> None:
    made = report(meeting(), [person(f"Person {number}") for number in range(people)])
    assert (made.range, made.people) == (area, people)


def test_table_follows_the_header() -> None:
    made = report(meeting())
    rows = [[cell.get("userEnteredValue", {}) for cell in row] for row in made.rows[HEADER_ROW:]]
    assert rows[0][0] == {"stringValue": "Name"}
    assert [row[0]["stringValue"] for row in rows[1:]] == list(NAMES)


def test_headings_say_where_the_sections_begin() -> None:
    made = report(meeting(), [person("Ada"), nameless(), backwards("Ben")])
    texts = [made.rows[row][0]["userEnteredValue"]["stringValue"] for row in made.headings]
    assert texts == ["People to review", "Data problems"]
    assert all(made.rows[row - 1] == [] for row in made.headings)


def test_session_across_midnight_bears_the_date_of_its_start() -> None:
    made = report(meeting(timezone="Asia/Vladivostok"))  # 19:30 there as well
    west = report(meeting(timezone="Pacific/Kiritimati"))  # 23:30, the end lies past midnight
    shown = [one.rows[1][1]["userEnteredValue"]["stringValue"] for one in (made, west)]
    assert shown == [
        "Sunday 14 June 2026, 19:30 to 21:00 (Asia/Vladivostok)",
        "Sunday 14 June 2026, 23:30 to 01:00 (Pacific/Kiritimati)",
    ]


@pytest.mark.parametrize(("seconds", "hours"), [(17, 0), (18, 0.01), (54, 0.02), (3_600, 1)])
def test_all_hours_are_rounded_half_up_as_in_the_table(seconds: int, hours: float) -> None:
    made = report(meeting(), [person("Ada", 0, seconds / 60)])
    assert made.rows[HOURS_ROW][1]["userEnteredValue"] == {"numberValue": hours}
