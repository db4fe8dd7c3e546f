"""Which meetings there are while a file has a mistake, for this process and the next."""

from __future__ import annotations

import json
import os
import shutil
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from include.pipeline.known_meetings import (
    known_meetings,
    last_good,
    meetings_here,
)
from sandbox.meeting_files import write_entries
from sandbox.waiting import TIMEOUT
from tests.meeting.files import GOOD, TEXT

BAND = GOOD | {"name": "band", "report_within": "90 minutes", "notify": ["office@example.org"]}
SLIP = "title: Choir\n\tmeeting_id: ["
AS_TASK = "_AIRFLOW_PARSING_CONTEXT_DAG_ID"
"""Set by Airflow in a task's process."""


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file of the last good readings."""
    monkeypatch.setenv("AIRFLOW__ZOOM_ATTENDANCE__STAGING_URL", f"file://{tmp_path}/staging")
    return tmp_path / "staging" / "meetings" / "last_good.json"


@pytest.fixture
def folder(tmp_path: Path, kept: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two meetings, which a dag-processor has read."""
    folder = write_entries(tmp_path / "meetings", [GOOD, BAND])
    monkeypatch.setenv("AIRFLOW__ZOOM_ATTENDANCE__MEETINGS", str(folder))
    assert here() == ["band", "choir"]
    return folder


@contextmanager
def watched(file: Path) -> Iterator[threading.Event]:
    """Put a pipe in the place of the file; yields what is set before somebody has read of it."""
    file.unlink()
    os.mkfifo(file)
    touched = threading.Event()

    def write() -> None:
        with file.open("wb"):  # as soon as somebody reads
            touched.set()

    with ThreadPoolExecutor(1) as pool:
        written = pool.submit(write)
        try:
            yield touched
        finally:
            while not written.done():
                os.close(os.open(file, os.O_RDONLY | os.O_NONBLOCK))


@contextmanager
def silent(file: Path) -> Iterator[threading.Timer]:
    """Put a pipe of nobody's in the place of the file; yields what lives until somebody writes."""
    file.unlink()
    os.mkfifo(file)
    let_go = threading.Timer(TIMEOUT, lambda: os.close(os.open(file, os.O_RDWR)))
    let_go.start()
    try:
        yield let_go
    finally:
        let_go.cancel()


def here() -> list[str]:
    return [meeting.name for meeting in meetings_here()]


def test_a_meeting_whose_file_gets_a_mistake_stays_as_it_was(folder: Path) -> None:
    before = meetings_here()
    for name in ("band", "choir"):
        (folder / f"{name}.yaml").write_text(SLIP)
    for _ in range(3):
        assert meetings_here() == before


def test_a_mended_file_is_read_again(folder: Path) -> None:
    (folder / "choir.yaml").write_text(SLIP)
    assert here() == ["band", "choir"]
    (folder / "choir.yaml").write_text(TEXT.replace("title: Choir", "title: Big choir"))
    assert [meeting.title for meeting in meetings_here()] == ["Choir", "Big choir"]


def test_a_file_that_was_never_good_has_no_meeting(folder: Path) -> None:
    (folder / "drums.yaml").write_text(SLIP)
    assert here() == ["band", "choir"]


def test_a_deleted_file_is_a_meeting_less_for_good(folder: Path) -> None:
    (folder / "choir.yaml").unlink()
    assert here() == ["band"]
    (folder / "choir.yaml").write_text(SLIP)
    assert here() == ["band"]


def test_a_deleted_file_is_no_mistake_beside_one_that_has_some(folder: Path, kept: Path) -> None:
    (folder / "band.yaml").write_text(SLIP)
    (folder / "choir.yaml").unlink()
    assert here() == ["band"]
    assert "choir" not in json.loads(kept.read_text())["meetings"]


def test_a_folder_that_is_not_there_takes_no_meeting_away(folder: Path) -> None:
    shutil.rmtree(folder)
    for _ in range(2):
        assert here() == ["band", "choir"]


@pytest.fixture
def in_a_task(folder: Path, kept: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A task's process of the choir's Dag, which keeps nothing."""
    monkeypatch.setenv(AS_TASK, "zoom_attendance_choir")
    before = kept.read_bytes()
    yield
    assert kept.read_bytes() == before


@pytest.mark.usefixtures("in_a_task")
def test_a_task_reads_its_own_file_alone(folder: Path) -> None:
    (folder / "choir.yaml").write_text(TEXT.replace("title: Choir", "title: Big choir"))
    (folder / "band.yaml").write_text(SLIP)
    assert [meeting.title for meeting in meetings_here()] == ["Big choir"]


@pytest.mark.usefixtures("in_a_task")
@pytest.mark.parametrize("gone", [False, True])
def test_a_task_whose_file_has_a_mistake_goes_on_with_its_last_good_reading(
    folder: Path, gone: bool
) -> None:
    (folder / "choir.yaml").write_text(SLIP)
    if gone:
        (folder / "choir.yaml").unlink()
    assert [meeting.title for meeting in meetings_here()] == ["Choir"]


@pytest.mark.parametrize("dag_id", [None, "zoom_attendance_choir"])
def test_the_storage_is_not_touched_while_all_is_well(
    folder: Path, kept: Path, monkeypatch: pytest.MonkeyPatch, dag_id: str | None
) -> None:
    if dag_id:
        monkeypatch.setenv(AS_TASK, dag_id)
    with watched(kept) as touched:
        assert here() == (["choir"] if dag_id else ["band", "choir"])
        assert not touched.is_set()
    assert list(kept.parent.iterdir()) == [kept]


def test_nothing_is_written_while_nothing_changes(folder: Path, kept: Path) -> None:
    before = kept.stat()
    assert here() == ["band", "choir"]
    (folder / "choir.yaml").write_text(SLIP)
    assert here() == ["band", "choir"]
    assert (kept.stat().st_ino, kept.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert list(kept.parent.iterdir()) == [kept]


def test_they_are_written_anew_each_day_though_they_are_lost(
    folder: Path, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A rule that deletes old files does not take them."""
    kept.unlink()
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 86_400)
    assert here() == ["band", "choir"]
    (folder / "choir.yaml").write_text(SLIP)
    assert here() == ["band", "choir"]
    assert str(datetime.fromtimestamp(now + 86_400, UTC).date()) in kept.read_text()


def test_another_staging_url_has_them_at_once(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AIRFLOW__ZOOM_ATTENDANCE__STAGING_URL", f"file://{tmp_path}/other")
    assert here() == ["band", "choir"]
    (folder / "choir.yaml").write_text(SLIP)
    assert here() == ["band", "choir"]


@pytest.mark.parametrize("text", ["", "{", "[]", '{"meetings": 5}', '{"meetings": {"choir": 5}}'])
def test_readings_that_are_of_no_use_are_none(folder: Path, kept: Path, text: str) -> None:
    kept.write_text(text)
    (folder / "choir.yaml").write_text(SLIP)
    assert here() == ["band"]
    assert set(json.loads(kept.read_text())["meetings"]) == {"band"}


def test_a_field_of_another_version_costs_that_meeting_only(folder: Path, kept: Path) -> None:
    kept.write_text(kept.read_text().replace('"title": "Choir"', '"called": "Choir"', 1))
    for name in ("band", "choir"):
        (folder / f"{name}.yaml").write_text(SLIP)
    assert here() == ["choir"]


def test_good_meetings_need_no_storage(folder: Path, kept: Path) -> None:
    shutil.rmtree(kept.parent)
    kept.parent.write_text("in the place of the folder")
    (folder / "choir.yaml").write_text(SLIP)
    assert here() == ["band"]
    assert last_good() is None


def test_storage_that_does_not_answer_is_not_waited_for_long_nor_written(
    folder: Path, kept: Path
) -> None:
    (folder / "choir.yaml").write_text(SLIP)
    with silent(kept) as let_go:
        assert here() == ["band"]
        assert let_go.is_alive()
    assert kept.is_fifo()
    assert list(kept.parent.iterdir()) == [kept]


def test_what_is_known_is_complete_without_mistakes(folder: Path) -> None:
    known = known_meetings()
    assert known.complete
    assert [meeting.name for meeting in known.meetings] == ["band", "choir"]


@pytest.mark.parametrize(
    ("file", "complete"),
    [("choir.yaml", True), ("drums.yaml", False), ("Drums.yaml", False), ("drums.yml", False)],
)
def test_what_is_known_is_complete_if_each_file_has_a_good_reading(
    folder: Path, file: str, complete: bool
) -> None:
    (folder / file).write_text(SLIP)
    known = known_meetings()
    assert [meeting.name for meeting in known.meetings] == ["band", "choir"]
    assert known.complete is complete


def test_a_folder_that_is_not_there_may_have_other_meetings(folder: Path) -> None:
    shutil.rmtree(folder)
    known = known_meetings()
    assert len(known.meetings) == 2
    assert not known.complete
