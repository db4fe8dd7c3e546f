"""A run that knows less of a session than what is published writes nothing over it."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path

import pytest
from airflow.sdk.exceptions import AirflowFailException

from include.pipeline.extract import extract_session
from include.pipeline.files.attendance_records import KeptRecords
from include.pipeline.files.staging import StagingFolder
from include.pipeline.load import publish_staged
from include.pipeline.task_data import SessionData
from include.pipeline.transform import take_staged_attendance
from sandbox.both import Sandbox
from sandbox.google import GoogleState
from sandbox.zoom.instance import Instance
from sandbox.zoom.rows import participant_row
from tests.pipeline.evenings import EVENING, hold, minutes, session_of, two_people
from tests.pipeline.runs import WHERE, meeting
from zoom_provider.hooks.zoom import ZoomHook

REFUSED = "of which this run does not know: nothing was written. Clear the task `sessions`"


@pytest.fixture
def parts(empty_sandbox: Sandbox, folder: StagingFolder) -> list[Instance]:
    """An evening in three parts, to each of which one more comes."""
    times = [(EVENING + minutes(at), EVENING + minutes(at + 25)) for at in (0, 30, 60)]
    world = empty_sandbox.zoom.world
    return [
        hold(world, *when, [*two_people(*when), participant_row(f"{name} Example", *when)])
        for name, when in zip(("Cleo", "Dan", "Eve"), times, strict=True)
    ]


def stage(session: SessionData, run: str) -> StagingFolder:
    folder = StagingFolder(run)
    extract_session(session, ZoomHook(), folder)
    take_staged_attendance(meeting(), folder)
    return folder


@WHERE
@pytest.mark.parametrize("known", [[0], [1], [0, 1], [0, 2], [1, 2]])
def test_what_is_published_of_the_whole_session_stays(
    google: GoogleState, parts: list[Instance], place: dict[str, str], known: list[int]
) -> None:
    choir = meeting(publish_to=place)
    older = stage(session_of(*(parts[at] for at in known)), "older")
    publish_staged(choir, stage(session_of(*parts), "whole"))
    before, records = deepcopy(google.spreadsheets), KeptRecords(choir).now()
    with pytest.raises(AirflowFailException, match=REFUSED):
        publish_staged(choir, older)
    assert google.spreadsheets == before
    assert KeptRecords(choir).now() == records


@WHERE
def test_what_was_a_session_until_the_part_before_was_listed_stays_a_part(
    google: GoogleState, parts: list[Instance], place: dict[str, str]
) -> None:
    choir = meeting(publish_to=place)
    runs = [stage(session_of(parts[at]), f"older-{at}") for at in (0, 2)]
    for run in [*runs, stage(session_of(*parts), "whole")]:
        publish_staged(choir, run)
    for run in runs:
        with pytest.raises(AirflowFailException, match=REFUSED):
            publish_staged(choir, run)
    (record,) = KeptRecords(choir).now()
    assert record.session == parts[0].uuid


@WHERE
def test_it_is_found_under_the_part_that_was_listed_first(
    google: GoogleState, parts: list[Instance], place: dict[str, str]
) -> None:
    choir = meeting(publish_to=place)
    older = stage(session_of(*parts[1:]), "older")
    publish_staged(choir, older)
    publish_staged(choir, stage(session_of(*parts), "whole"))
    with pytest.raises(AirflowFailException, match=REFUSED):
        publish_staged(choir, older)


@WHERE
def test_the_record_of_the_whole_stays_where_the_report_is_gone(
    google: GoogleState, parts: list[Instance], place: dict[str, str]
) -> None:
    choir = meeting(publish_to=place)
    older = stage(session_of(parts[0]), "older")
    whole = publish_staged(choir, stage(session_of(*parts), "whole"))
    book, records = google.spreadsheets[whole.spreadsheet_id], KeptRecords(choir).now()
    book.sheets[:] = [sheet for sheet in book.sheets if "Choir" not in sheet.title]
    with pytest.raises(AirflowFailException, match=f"record.*{REFUSED}"):
        publish_staged(choir, older)
    assert not any("Choir" in sheet.title for sheet in book.sheets)
    assert KeptRecords(choir).now() == records


@WHERE
def test_the_tab_tells_where_the_record_is_lost(
    google: GoogleState, parts: list[Instance], place: dict[str, str], staging: Path
) -> None:
    choir = meeting(publish_to=place)
    older = stage(session_of(*parts[:2]), "older")
    publish_staged(choir, stage(session_of(*parts), "whole"))
    before = deepcopy(google.spreadsheets)
    for record in staging.parent.glob("records/*/*.parquet"):
        record.unlink()
    with pytest.raises(AirflowFailException, match=f"in the tab with.*{REFUSED}"):
        publish_staged(choir, older)
    assert google.spreadsheets == before
    assert KeptRecords(choir).now() == []


def test_what_is_from_before_instances_were_kept_is_written_again(
    google: GoogleState, parts: list[Instance], staging: Path
) -> None:
    older = stage(session_of(parts[0]), "older")
    whole = publish_staged(meeting(), stage(session_of(*parts), "whole"))
    sheets = google.spreadsheets[whole.spreadsheet_id].sheets
    for item in (item for sheet in sheets for item in sheet.developer_metadata):
        item["metadataValue"] = item["metadataValue"].replace("instances", "not_there")
    for record in staging.parent.glob("records/*/*.parquet"):
        record.unlink()
    assert publish_staged(meeting(), older).link == whole.link
