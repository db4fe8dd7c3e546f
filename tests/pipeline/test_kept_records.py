"""What load keeps of each session for the book."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from airflow.sdk.exceptions import AirflowFailException

from google_workspace.errors import GoogleNotShared
from include.meeting import Meeting
from include.pipeline.extract import extract_session
from include.pipeline.files.attendance_records import KeptRecords, RecordsFolder
from include.pipeline.files.staging import StagedFileBroken, StagingFolder
from include.pipeline.files.storage_faults import StorageRefused
from include.pipeline.load import publish_staged
from include.pipeline.task_data import PublishedReport, SessionData
from include.pipeline.transform import take_staged_attendance
from include.roster.record import HEAD, AttendanceRecord, Rule
from include.sheets.report import ONE_ALONE
from sandbox.both import Sandbox
from sandbox.zoom.rows import participant_row
from tests.pipeline.evenings import EVENING, hold, minutes, session_of
from tests.pipeline.reports import backwards, person
from tests.pipeline.runs import FOLDER, meeting
from zoom_provider.hooks.zoom import ZoomHook

pytestmark = pytest.mark.usefixtures("google")


@pytest.fixture
def evening(empty_sandbox: Sandbox) -> SessionData:
    return session_of(hold(empty_sandbox.zoom.world, EVENING, EVENING + minutes(90)))


@pytest.fixture
def records(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("AIRFLOW__ZOOM_ATTENDANCE__RECORDS_URL", f"file://{tmp_path}/kept/records")
    return tmp_path / "kept" / "records" / "choir"


def take(
    choir: Meeting, evening: SessionData, folder: StagingFolder, **switch: bool
) -> PublishedReport:
    extract_session(evening, ZoomHook(), folder, **switch)
    take_staged_attendance(choir, folder)
    return publish_staged(choir, folder)


def kept(choir: Meeting) -> AttendanceRecord:
    (record,) = KeptRecords(choir).now()
    return record


def test_a_session_leaves_a_record_for_its_owner_alone(
    evening: SessionData, folder: StagingFolder, records: Path
) -> None:
    published = take(meeting(), evening, folder)
    record = kept(meeting())
    assert (record.session, record.link) == (evening.uuid, published.link)
    assert [person.shown for person in record.people] == ["Ada Example", "Ben Example"]
    assert [person.emails for person in record.people] == [
        ("ada@example.org",),
        ("ben@example.org",),
    ]
    (file,) = records.iterdir()
    modes = [path.stat().st_mode & 0o777 for path in (records.parent.parent, records, file)]
    assert modes == [0o700, 0o700, 0o600]


def test_a_run_repeated_writes_nothing(
    evening: SessionData, folder: StagingFolder, records: Path
) -> None:
    take(meeting(), evening, folder)
    (file,) = records.iterdir()
    before = file.stat().st_ino, file.read_bytes()
    take(meeting(), evening, folder)
    (file,) = records.iterdir()
    assert (file.stat().st_ino, file.read_bytes()) == before


def test_the_rule_of_the_first_publication_stays(
    evening: SessionData, folder: StagingFolder, records: Path
) -> None:
    take(meeting(late_after="10 minutes"), evening, folder)
    take(meeting(present_from="80 %"), evening, folder)
    assert kept(meeting()).rule == Rule(50, late_after=600)
    (file,) = records.iterdir()
    file.unlink()
    take(meeting(present_from="80 %", early_before="1 hour"), evening, folder)
    assert kept(meeting()).rule == Rule(80, early_before=3600)


def test_an_incomplete_session_is_replaced_by_the_complete_one(
    evening: SessionData, empty_sandbox: Sandbox, folder: StagingFolder, records: Path
) -> None:
    empty_sandbox.zoom.faults.add("cut_short", times=9)
    take(meeting(), evening, folder, publish_incomplete=True)
    (said,) = kept(meeting()).incomplete
    assert said.startswith("Zoom says")
    empty_sandbox.zoom.faults.clear()
    take(meeting(), evening, folder)
    assert kept(meeting()).incomplete == ()


def test_a_part_of_one_alone_may_be_anybody(
    empty_sandbox: Sandbox, folder: StagingFolder, records: Path
) -> None:
    world = empty_sandbox.zoom.world
    alone = hold(world, EVENING, EVENING + minutes(20), [person("Cleo Example", 0, 20)])
    rest = hold(world, EVENING + minutes(25), EVENING + minutes(90))
    take(meeting(), session_of(alone, rest), folder)
    assert kept(meeting()).incomplete == (ONE_ALONE,)


def test_a_part_of_one_alone_before_the_class_is_nobody_who_is_missing(
    empty_sandbox: Sandbox, folder: StagingFolder, records: Path
) -> None:
    world = empty_sandbox.zoom.world
    alone = hold(world, EVENING - minutes(20), EVENING - minutes(10), [person("Cleo Example")])
    rest = hold(world, EVENING, EVENING + minutes(90))
    choir = meeting(class_time="19:30-21:00")
    take(choir, session_of(alone, rest), folder)
    assert kept(choir).incomplete == ()


def test_it_knows_when_each_part_was_open(
    empty_sandbox: Sandbox, folder: StagingFolder, records: Path
) -> None:
    world = empty_sandbox.zoom.world
    times = [(0, 20), (25, 90)]
    parts = [hold(world, EVENING + minutes(a), EVENING + minutes(b)) for a, b in times]
    take(meeting(), session_of(*parts), folder)
    start = int(EVENING.timestamp())
    assert kept(meeting()).opened == tuple((start + a * 60, start + b * 60) for a, b in times)


def test_what_google_refuses_to_take_again_is_kept_for_the_book(
    empty_sandbox: Sandbox, folder: StagingFolder, records: Path
) -> None:
    world = empty_sandbox.zoom.world
    first = hold(world, EVENING, EVENING + minutes(20))
    published = take(meeting(publish_to=FOLDER), session_of(first), folder)
    empty_sandbox.google.files[published.spreadsheet_id].editable = False
    more = [person(name, 25, 90) for name in ("Ada Example", "Zoe Example")]
    second = hold(world, EVENING + minutes(25), EVENING + minutes(90), more)
    with pytest.raises(GoogleNotShared):
        take(meeting(publish_to=FOLDER), session_of(first, second), folder)
    record = kept(meeting(publish_to=FOLDER))
    assert "Zoe Example" in [one.shown for one in record.people]
    assert record.link == published.link


def test_rows_fewer_than_joins_may_lack_anybody(
    evening: SessionData, folder: StagingFolder, records: Path
) -> None:
    more = evening.instances[0].model_copy(update={"participants": 40})
    take(meeting(), evening.model_copy(update={"instances": (more,)}), folder)
    (said,) = kept(meeting()).incomplete
    assert said.startswith("Zoom counts 40 joins")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Cleo Example", ("Rows of Zoom's report that could not be counted: 1.",)),
        ("", ("Rows of Zoom's report that could not be counted: 1.",)),
        ("ada  example", ()),
    ],
)
def test_a_row_that_could_not_be_counted_may_be_of_somebody_missing(
    empty_sandbox: Sandbox, folder: StagingFolder, records: Path, name: str, said: tuple[str, ...]
) -> None:
    rows = [person("Ada Example"), person("Ben Example"), backwards(name)]
    held = hold(empty_sandbox.zoom.world, EVENING, EVENING + minutes(90), rows)
    take(meeting(), session_of(held), folder)
    assert kept(meeting()).incomplete == said


def test_a_row_of_an_account_is_not_explained_by_another_of_its_name(
    empty_sandbox: Sandbox, folder: StagingFolder, records: Path
) -> None:
    end = EVENING + minutes(90)
    lost = participant_row("iPhone", EVENING, end, account_id="cleo") | {"join_time": ""}
    rows = [person("Ada Example"), participant_row("iPhone", EVENING, end), lost]
    take(meeting(), session_of(hold(empty_sandbox.zoom.world, EVENING, end, rows)), folder)
    (said,) = kept(meeting()).incomplete
    assert said.startswith("Rows of Zoom's report that could not be counted")


def test_what_is_not_published_is_not_kept(
    evening: SessionData, folder: StagingFolder, records: Path
) -> None:
    with pytest.raises(Exception, match="spreadsheet"):
        take(meeting(publish_to={"spreadsheet": "no-spreadsheet-of-this-id"}), evening, folder)
    assert KeptRecords(meeting()).now() == []
    assert not records.exists()


def test_a_listing_that_cannot_be_read_is_not_taken_for_no_records(records: Path) -> None:
    records.parent.parent.mkdir()
    records.parent.write_text("no folder")
    with pytest.raises(StorageRefused, match="RECORDS_URL.* is no folder"):
        KeptRecords(meeting()).now()


@pytest.mark.parametrize("damage", [b"", b"half a file"])
def test_a_damaged_record_stops_the_book_and_is_replaced_by_a_backfill(
    evening: SessionData, folder: StagingFolder, records: Path, damage: bytes
) -> None:
    take(meeting(), evening, folder)
    (file,) = records.iterdir()
    whole = file.read_bytes()
    file.write_bytes(damage)
    with pytest.raises(AirflowFailException, match="torn.*Delete it, .*with All Runs"):
        KeptRecords(meeting()).now()
    take(meeting(), evening, folder)
    assert file.read_bytes() == whole


def test_a_record_of_a_newer_version_is_neither_to_be_deleted_nor_overwritten(
    evening: SessionData, folder: StagingFolder, records: Path
) -> None:
    take(meeting(), evening, folder)
    (file,) = records.iterdir()
    table = pq.read_table(file)
    head = table.schema.metadata[HEAD].replace(b'"version": 1', b'"version": 2')
    pq.write_table(table.replace_schema_metadata({HEAD: head}), file)
    newer = file.read_bytes()
    for task in (KeptRecords(meeting()).now, lambda: take(meeting(), evening, folder)):
        with pytest.raises(AirflowFailException, match="newer version.*Leave the file") as raised:
            task()
        assert "elete" not in str(raised.value)
    assert file.read_bytes() == newer


def test_a_damaged_staged_record_is_not_kept(
    evening: SessionData, folder: StagingFolder, staging: Path, records: Path
) -> None:
    extract_session(evening, ZoomHook(), folder)
    take_staged_attendance(meeting(), folder)
    (staging / "record.parquet").write_bytes(b"half")
    with pytest.raises(StagedFileBroken, match="Clear the task `transform`"):
        publish_staged(meeting(), folder)
    assert not records.exists()


def test_records_are_read_again_when_they_change(
    evening: SessionData, folder: StagingFolder, records: Path
) -> None:
    known = KeptRecords(meeting())
    assert known.now() == []
    take(meeting(), evening, folder)
    (first,) = known.now()
    assert known.now()[0] is first
    take(meeting(title="Other choir"), evening, folder)
    assert known.now()[0].title == "Other choir"


def test_files_of_unfinished_writes_are_no_records(records: Path) -> None:
    def breaks_off(folder: RecordsFolder) -> Any:
        with folder.writing("one.parquet") as staged:
            staged.file.write(b"half")
            assert folder.files(".parquet") == {}
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        breaks_off(RecordsFolder(meeting()))
    assert list(records.iterdir()) == []
