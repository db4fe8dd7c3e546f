"""What people see of a session whose rows do not add up, and what is left of it afterwards."""

from __future__ import annotations

from typing import Any

import pytest

from include.meeting import Meeting
from include.pipeline.extract import extract_session
from include.pipeline.files.attendance_records import KeptRecords
from include.pipeline.files.staging import StagingFolder
from include.pipeline.load import publish_staged
from include.pipeline.sessions import sessions_of_run
from include.pipeline.task_data import PublishedReport
from include.pipeline.transform import take_staged_attendance
from include.sheets.report import HEADER_ROW, NOTE_ROW
from sandbox.both import Sandbox
from sandbox.google import GoogleState
from sandbox.google.spreadsheet import Sheet
from sandbox.zoom.rows import participant_row
from tests.pipeline.evenings import EVENING, hold, minutes
from tests.pipeline.reports import person
from tests.pipeline.runs import WHERE, meeting, run
from zoom_provider.errors import ZoomRowsDoNotAddUp
from zoom_provider.hooks.zoom import ZoomHook

MIDDLE, END = EVENING + minutes(40), EVENING + minutes(90)
MISSING = "Somebody may be missing here, or shown with too little time."


@pytest.fixture
def zoom_faults(empty_sandbox: Sandbox) -> Any:
    """The faults to come of a Zoom where three people met for an evening."""
    hold(empty_sandbox.zoom.world, EVENING, END, [person(name) for name in ("Ada", "Ben", "Cleo")])
    return empty_sandbox.zoom.faults


def run_steps(choir: Meeting, folder: StagingFolder, **switch: bool) -> PublishedReport:
    """The steps for the one session of the evening; what the last returns."""
    (session,) = sessions_of_run(choir, ZoomHook(), run(session="2026-06-14"))
    extract_session(session, ZoomHook(), folder, **switch)
    take_staged_attendance(choir, folder)
    return publish_staged(choir, folder)


def published_tab(google: GoogleState, published: PublishedReport) -> Sheet:
    sheet_id = int(published.link.rpartition("gid=")[2])
    return google.spreadsheets[published.spreadsheet_id].sheet(sheet_id)


def shown(tab: Sheet) -> dict[tuple[int, int], Any]:
    """The cells with a value: value and format."""
    cells = {(row, column): cell for row in tab.cells for column, cell in tab.cells[row].items()}
    return {
        place: (cell["userEnteredValue"], cell["userEnteredFormat"])
        for place, cell in cells.items()
        if "userEnteredValue" in cell
    }


def texts(tab: Sheet, row: int) -> list[Any]:
    cells = tab.cells[row]
    return [cells[column].get("userEnteredValue", {}).get("stringValue") for column in range(2)]


@WHERE
def test_banner_and_data_problem(
    google: GoogleState, zoom_faults: Any, folder: StagingFolder, place: dict[str, str]
) -> None:
    zoom_faults.add("cut_short")
    published = run_steps(meeting(publish_to=place), folder, publish_incomplete=True)
    tab = published_tab(google, published)
    assert (published.people, published.incomplete) == (2, True)
    assert texts(tab, NOTE_ROW) == [
        "INCOMPLETE",
        f"Zoom says 3 rows but delivered 2. {MISSING} See below row 9.",
    ]
    assert texts(tab, 9)[0] == "Data problems"
    assert texts(tab, 10)[1].startswith("Rows missing: Zoom says 3 rows but delivered 2.")


def test_banner_is_bold_and_red_and_nothing_else_is(
    google: GoogleState, zoom_faults: Any, folder: StagingFolder
) -> None:
    zoom_faults.add("cut_short")
    tab = published_tab(google, run_steps(meeting(), folder, publish_incomplete=True))
    looks = {place: look["textFormat"] for place, (_, look) in shown(tab).items()}
    red = looks[NOTE_ROW, 1]["foregroundColorStyle"]["rgbColor"]
    assert red["red"] > 0.6
    assert not red.get("green")
    assert not red.get("blue")
    assert looks[NOTE_ROW, 0] == looks[NOTE_ROW, 1]
    assert looks[NOTE_ROW, 1]["bold"]
    coloured = {row for (row, _), look in looks.items() if "foregroundColorStyle" in look}
    assert coloured == {NOTE_ROW, HEADER_ROW}


@WHERE
def test_whole_report_afterwards_is_as_if_it_were_the_first(
    google: GoogleState, zoom_faults: Any, folder: StagingFolder, place: dict[str, str]
) -> None:
    choir, fresh = meeting(publish_to=place), meeting(publish_to=place, name="fresh")
    zoom_faults.add("cut_short")
    first = run_steps(choir, folder, publish_incomplete=True)
    again, expected = run_steps(choir, folder), run_steps(fresh, folder)
    assert (again.link, again.incomplete) == (first.link, False)
    tab = published_tab(google, again)
    assert shown(tab) == shown(published_tab(google, expected))
    coloured = {
        row
        for row, cells in tab.cells.items()
        for cell in cells.values()
        if "foregroundColorStyle" in cell["userEnteredFormat"]["textFormat"]
    }
    assert coloured == {HEADER_ROW}


def test_only_one_part_of_a_restarted_evening_is_incomplete(
    google: GoogleState, empty_sandbox: Sandbox, folder: StagingFolder
) -> None:
    world = empty_sandbox.zoom.world
    hold(world, EVENING, MIDDLE)
    hold(world, MIDDLE + minutes(10), END)
    empty_sandbox.zoom.faults.add("cut_short", after=1)
    tab = published_tab(google, run_steps(meeting(), folder, publish_incomplete=True))
    assert texts(tab, NOTE_ROW)[1].startswith("Zoom says 2 rows in part 2 of 2 but delivered 1.")
    hours = {texts(tab, row)[0]: shown(tab)[row, 1][0]["numberValue"] for row in (6, 7)}
    assert hours == {"Ada Example": 1.33, "Ben Example": 0.67}


@pytest.mark.parametrize(
    ("fault", "says"),
    [
        ("not_ready", "Zoom has no report of part 2 of 2."),
        ("empty", "Zoom has no report of part 2 of 2."),
        ("zero_durations", "Zoom's report shows duration 0 for everybody in part 2 of 2."),
    ],
)
def test_part_that_never_comes_is_said_above_the_rest(
    google: GoogleState, empty_sandbox: Sandbox, folder: StagingFolder, fault: str, says: str
) -> None:
    world = empty_sandbox.zoom.world
    hold(world, EVENING, MIDDLE)
    second = hold(world, MIDDLE + minutes(10), END)
    concerns = {"meeting": second.uuid, "endpoint": "report_participants", "times": 9}
    empty_sandbox.zoom.faults.add(fault, **concerns)
    published = run_steps(meeting(), folder, publish_incomplete=True)
    tab = published_tab(google, published)
    assert (published.people, published.incomplete) == (2, True)
    assert texts(tab, NOTE_ROW)[0] == "INCOMPLETE"
    assert texts(tab, NOTE_ROW)[1].startswith(f"{says} {MISSING}")


def test_session_of_unknown_end_is_counted_to_its_last_row(
    google: GoogleState, zoom_faults: Any, folder: StagingFolder
) -> None:
    zoom_faults.add("not_ready", endpoint="past_meeting")
    published = run_steps(meeting(), folder, publish_incomplete=True)
    tab = published_tab(google, published)
    assert (published.people, published.hours) == (3, 4.5)
    assert texts(tab, NOTE_ROW)[1].startswith("Zoom does not tell the end.")


def test_nobody_is_lost_of_a_session_of_which_zoom_tells_no_end_and_no_leave_time(
    google: GoogleState, empty_sandbox: Sandbox, folder: StagingFolder
) -> None:
    """It lasted at least until the last of them joined."""
    joined = {"Ada Example": 0, "Ben Example": 30, "Cleo Example": 60}
    rows = [
        participant_row(name, EVENING + minutes(at), None, account_id=name)
        for name, at in joined.items()
    ]
    hold(empty_sandbox.zoom.world, EVENING, END, rows)
    empty_sandbox.zoom.faults.add("not_ready", endpoint="past_meeting")
    tab = published_tab(google, run_steps(meeting(), folder, publish_incomplete=True))
    hours = {texts(tab, row)[0]: shown(tab)[row, 1][0]["numberValue"] for row in (6, 7, 8)}
    assert hours == {"Ada Example": 1, "Ben Example": 0.5, "Cleo Example": 0}
    assert texts(tab, NOTE_ROW) == [
        "INCOMPLETE",
        f"Zoom does not tell the end. {MISSING} See below row 10.",
    ]
    problems = [texts(tab, row)[1] for row in tab.cells if row > 10 and tab.cells[row]]
    assert problems == [
        "End unknown: Zoom does not tell the end. Published all the same, as somebody asked."
    ]
    (record,) = KeptRecords(meeting()).now()
    assert [len(person.intervals) for person in record.people] == [1, 1, 1]
    assert record.incomplete


def test_session_of_which_nothing_came_is_nobody_under_a_banner(
    google: GoogleState, zoom_faults: Any, folder: StagingFolder
) -> None:
    zoom_faults.add("empty", times=9)
    published = run_steps(meeting(), folder, publish_incomplete=True)
    assert (published.people, published.incomplete) == (0, True)
    said = texts(published_tab(google, published), NOTE_ROW)
    assert (said[0], said[1].split(".")[0]) == ("INCOMPLETE", "Zoom has no report")


def test_without_the_switch_the_published_report_stays(
    google: GoogleState, zoom_faults: Any, folder: StagingFolder
) -> None:
    published = run_steps(meeting(), folder)
    before = shown(published_tab(google, published))
    zoom_faults.add("cut_short")
    with pytest.raises(ZoomRowsDoNotAddUp, match="has 3 rows but delivered 2"):
        run_steps(meeting(), folder)
    assert shown(published_tab(google, published)) == before
