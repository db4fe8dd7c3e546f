"""Publishing a session again: the same place, the same link, nothing of the former report left."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from include.pipeline.load import publish
from sandbox.google import GoogleState
from sandbox.google.seed import SHARED_SPREADSHEET
from sandbox.zoom.rows import Row
from tests.google_calls import BATCH
from tests.pipeline.reports import (
    NAMES,
    backwards,
    formats,
    nameless,
    person,
    report,
    report_files,
    seen,
    tab_of,
)
from tests.pipeline.runs import FOLDER, WHERE, meeting

CROWD = [person(f"Person {number}") for number in range(60)]
FEW = [person(name) for name in NAMES]
TROUBLE = [*FEW, nameless(), nameless(), backwards("Dan"), backwards("Eve")]


def everything(google: GoogleState) -> dict[str, Any]:
    return {id: deepcopy(vars(book)) for id, book in google.spreadsheets.items()}


def titles(google: GoogleState) -> list[str]:
    return [sheet.title for sheet in google.spreadsheets[SHARED_SPREADSHEET].sheets]


@WHERE
def test_second_time_changes_nothing_and_takes_three_calls(
    google: GoogleState, place: dict[str, str]
) -> None:
    choir = meeting(publish_to=place)
    first, before = publish(choir, report(choir, TROUBLE)), everything(google)
    calls = len(google.requests)
    assert publish(choir, report(choir, TROUBLE)) == first
    assert everything(google) == before
    assert len(google.requests) - calls <= 3
    assert google.counts()[BATCH] == 1


@pytest.mark.parametrize(
    ("former", "later"),
    [(CROWD, FEW), (FEW, CROWD), (TROUBLE, FEW), (FEW, TROUBLE), (CROWD, TROUBLE), (TROUBLE, [])],
    ids=["fewer", "more", "fixed", "troubled", "shorter and troubled", "nobody"],
)
def test_later_report_looks_as_if_it_were_the_first(
    google: GoogleState, former: list[Row], later: list[Row]
) -> None:
    fresh, new = meeting(name="fresh"), report(meeting(name="fresh"), later)
    made = report(meeting(), later)
    first = publish(meeting(), report(meeting(), former))
    again, expected = publish(meeting(), made), publish(fresh, new)
    assert again.link == first.link
    assert seen(google, again, made) == seen(google, expected, new)
    assert formats(google, again, made) == formats(google, expected, new)
    tab = tab_of(google, again, made)
    assert tab.basic_filter["range"]["endRowIndex"] == 6 + made.people
    assert tab.grid["rowCount"] >= len(made.rows)


def test_rows_no_longer_used_go_with_their_bold_headings(google: GoogleState) -> None:
    longer, made = report(meeting(), TROUBLE), report(meeting(), FEW)
    rows = tab_of(google, publish(meeting(), longer), longer).grid["rowCount"]
    tab = tab_of(google, publish(meeting(), made), made)
    assert tab.grid["rowCount"] == rows - (len(longer.rows) - len(made.rows))
    left = [cell for row in range(len(made.rows), 40) for cell in tab.cells.get(row, {}).values()]
    assert not any("userEnteredValue" in cell for cell in left)
    assert not any(cell["userEnteredFormat"]["textFormat"].get("bold") for cell in left)


def test_weeks_stand_newest_first_behind_what_was_there(google: GoogleState) -> None:
    for week in (1, 0, 3, 2, 2, 0):
        publish(meeting(), report(meeting(), week=week))
    dates = ["2026-07-05", "2026-06-28", "2026-06-21", "2026-06-14"]
    assert titles(google) == ["Notes", *(f"{day} Choir" for day in dates)]


def test_two_meetings_share_a_spreadsheet(google: GoogleState) -> None:
    band = meeting(name="band", title="Band")
    for week in (0, 1):
        publish(meeting(), report(meeting(), week=week))
        publish(band, report(band, [person("Dan")], week=week))
    made = report(meeting(), week=0)
    assert seen(google, publish(meeting(), made), made)[6][0] == "Ada Example"
    days = ["2026-06-21", "2026-06-14"]
    assert sorted(titles(google)) == sorted(
        ["Notes", *(f"{day} {title}" for day in days for title in ("Band", "Choir"))]
    )


@pytest.mark.parametrize("taken", ["2026-06-14 Choir", "2026-06-14 CHOIR"])
def test_title_that_a_person_has_taken_is_left_to_them(google: GoogleState, taken: str) -> None:
    google.spreadsheets[SHARED_SPREADSHEET].titled("Notes").properties["title"] = taken
    publish(meeting(), report(meeting()))
    publish(meeting(), report(meeting(), uuid="second+evening=="))
    assert sorted(titles(google)) == sorted([taken, "2026-06-14 Choir (2)", "2026-06-14 Choir (3)"])


def test_longest_titles_may_collide(google: GoogleState) -> None:
    choir = meeting(title="x" * 80)
    for uuid in ("one==", "two=="):
        publish(choir, report(choir, uuid=uuid, label="2026-06-14 19:30"))
    assert len({title[:90] for title in titles(google)}) == 2
    assert max(map(len, titles(google))) <= 100


def test_sessions_of_one_evening_get_files_of_their_own(google: GoogleState) -> None:
    choir = meeting(publish_to=FOLDER)
    links = {publish(choir, report(choir, uuid=uuid)).link for uuid in ("one==", "two==")}
    assert len(links) == len(report_files(google)) == 2
