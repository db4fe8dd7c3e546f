"""A session of several parts that Zoom lists one after the other has one report, in one place."""

from __future__ import annotations

import pytest

from include.pipeline.load import publish
from include.sheets.report import Report
from sandbox.google import GoogleState
from sandbox.google.seed import SHARED_SPREADSHEET
from tests.google_calls import BATCH
from tests.pipeline.reports import person, report, report_files, seen
from tests.pipeline.runs import FOLDER, WHERE, meeting

FIRST, SECOND = person("Ada Example", 0, 40), person("Ben Example", 50, 90)


def titles(google: GoogleState) -> list[str]:
    return [sheet.title for sheet in google.spreadsheets[SHARED_SPREADSHEET].sheets]


def of(uuid: str, *rows: dict[str, object], later: tuple[str, ...] = ()) -> Report:
    return report(meeting(), rows, uuid=uuid, later=later)


@WHERE
@pytest.mark.parametrize("listed_first", ["first==", "second=="])
def test_the_whole_report_takes_the_place_of_the_parts(
    google: GoogleState, place: dict[str, str], listed_first: str
) -> None:
    choir, row = meeting(publish_to=place), FIRST if listed_first == "first==" else SECOND
    part = publish(choir, of(listed_first, row))
    whole = of("first==", FIRST, SECOND, later=("second==",))
    published = publish(choir, whole)
    assert published.link == part.link
    assert publish(choir, whole) == published
    assert google.counts()[BATCH] == 2
    if place == FOLDER:
        assert len(report_files(google)) == 1
    else:
        assert titles(google) == ["Notes", "2026-06-14 Choir"]
    known = of(listed_first)
    names = [row[0] for row in seen(google, published, known)[6:]]
    assert names == ["Ada Example", "Ben Example"]


def test_a_part_that_had_a_report_of_its_own_is_named(
    google: GoogleState, caplog: pytest.LogCaptureFixture
) -> None:
    """Zoom did not tell the end of the first, so they were two sessions."""
    first, _ = (publish(meeting(), of(uuid, FIRST)) for uuid in ("first==", "second=="))
    with caplog.at_level("WARNING"):
        whole = publish(meeting(), of("first==", FIRST, SECOND, later=("second==",)))
    assert whole.link == first.link
    assert "is the report of a part of this session" in caplog.text
    assert sorted(titles(google)) == ["2026-06-14 Choir", "Notes", "Part: 2026-06-14 Choir (2)"]
    more = [FIRST, SECOND, person("Cleo Example")]
    publish(meeting(), of("first==", *more, later=("second==",)))
    assert sorted(titles(google)) == ["2026-06-14 Choir", "Notes", "Part: 2026-06-14 Choir (2)"]


def test_a_part_that_had_a_file_of_its_own_is_named(
    google: GoogleState, caplog: pytest.LogCaptureFixture
) -> None:
    choir = meeting(publish_to=FOLDER)
    uuids = ("first==", "second==", "third==")
    first, second, third = (publish(choir, of(uuid, FIRST)) for uuid in uuids)
    with caplog.at_level("WARNING"):
        whole = publish(choir, of("first==", FIRST, SECOND, later=("second==", "third==")))
    assert whole.link == first.link
    named = [record.getMessage() for record in caplog.records if "of a part" in record.msg]
    assert [second.spreadsheet_id in named[0], third.spreadsheet_id in named[1]] == [True, True]
    assert len(named) == 2
