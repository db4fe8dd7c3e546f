"""What lies between two tasks: whole, its owner's alone, on the disk; or an error that tells."""

from __future__ import annotations

import json
import os
import stat
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from include.pipeline.extract import extract_session
from include.pipeline.files.staging import StagedFileBroken, StagingFolder, read_attendance
from include.pipeline.load import publish_staged
from include.pipeline.transform import take_staged_attendance
from sandbox.both import Sandbox
from tests.pipeline.evenings import EVENING, session_of
from tests.pipeline.runs import NUMBER, meeting
from zoom_provider.hooks.zoom import ZoomHook

PEOPLE = 5


@pytest.fixture
def extracted(empty_sandbox: Sandbox, folder: StagingFolder) -> StagingFolder:
    """The folder of a session of five people, as extract leaves it."""
    session = session_of(empty_sandbox.zoom.world.add_bulk(NUMBER, EVENING, PEOPLE))
    extract_session(session, ZoomHook(), folder)
    return folder


def cut_at_a_line_end(file: Path) -> None:
    file.write_bytes(b"".join(file.read_bytes().splitlines(keepends=True)[:-1]))


def cut_within_a_line(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-20])


def empty(file: Path) -> None:
    file.write_bytes(b"")


def change_a_letter(file: Path) -> None:
    file.write_bytes(file.read_bytes().replace(b"Person 1", b"Person 2", 1))


DAMAGES = [cut_at_a_line_end, cut_within_a_line, empty, change_a_letter, Path.unlink]
OF_ROWS = pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)


@OF_ROWS
def test_rows_that_are_not_as_extract_wrote_them_are_not_counted(
    extracted: StagingFolder, staging: Path, damage: Callable[[Path], None]
) -> None:
    damage(staging / "rows-0.jsonl")
    with pytest.raises(StagedFileBroken, match=r"rows-0.jsonl .*Clear the task `extract`"):
        take_staged_attendance(meeting(), extracted)
    assert not (staging / "attendance.json").exists()


@pytest.mark.parametrize(
    "damage", [cut_within_a_line, empty, Path.unlink], ids=lambda damage: damage.__name__
)
def test_manifest_that_is_torn_or_gone(
    extracted: StagingFolder, staging: Path, damage: Callable[[Path], None]
) -> None:
    damage(staging / "session.json")
    with pytest.raises(StagedFileBroken, match=r"session.json .*Clear the task `extract`"):
        take_staged_attendance(meeting(), extracted)


def test_staged_files_that_were_deleted_meanwhile(staging: Path, folder: StagingFolder) -> None:
    for step in (take_staged_attendance, publish_staged):
        with pytest.raises(StagedFileBroken, match=r"is gone.*Clear the task `extract`"):
            step(meeting(), folder)


@OF_ROWS
def test_attendance_that_is_not_as_transform_wrote_it_is_not_published(
    extracted: StagingFolder, staging: Path, damage: Callable[[Path], None]
) -> None:
    take_staged_attendance(meeting(), extracted)
    if damage is cut_at_a_line_end:  # the last line has the digest only
        damage(staging / "attendance.json")
    damage(staging / "attendance.json")
    with pytest.raises(StagedFileBroken, match=r"attendance.json .*Clear the task `transform`"):
        publish_staged(meeting(), extracted)


def test_attendance_of_a_run_from_before_there_was_a_digest(
    extracted: StagingFolder, staging: Path
) -> None:
    take_staged_attendance(meeting(), extracted)
    cut_at_a_line_end(staging / "attendance.json")
    assert read_attendance(extracted).people == PEOPLE


def test_attendance_of_a_run_from_before_its_hours_were_staged(
    extracted: StagingFolder, staging: Path
) -> None:
    take_staged_attendance(meeting(), extracted)
    head, *table, _ = map(json.loads, (staging / "attendance.json").read_text().splitlines())
    del head["seconds"]
    for piece in table:
        piece["seconds"] = piece.pop("total_duration")
    lines = "".join(json.dumps(line) + "\n" for line in (head, *table))
    (staging / "attendance.json").write_text(lines)
    with pytest.raises(StagedFileBroken, match=r"attendance.json .*Clear the task `transform`"):
        publish_staged(meeting(), extracted)


def without_digests(staging: Path) -> None:
    """Make the manifest one of a run from before files had digests."""
    manifest = json.loads((staging / "session.json").read_text())
    for file in manifest["files"]:
        del file["size"], file["sha256"]
    (staging / "session.json").write_text(json.dumps(manifest))


def test_manifest_without_digests_is_taken(extracted: StagingFolder, staging: Path) -> None:
    without_digests(staging)
    take_staged_attendance(meeting(), extracted)
    assert read_attendance(extracted).people == PEOPLE


def test_rows_are_counted_even_without_digests(extracted: StagingFolder, staging: Path) -> None:
    without_digests(staging)
    cut_at_a_line_end(staging / "rows-0.jsonl")
    with pytest.raises(StagedFileBroken, match="holds 4 rows, and not 5"):
        take_staged_attendance(meeting(), extracted)


def test_file_is_on_the_disk_before_it_has_its_name(staging: Path, folder: StagingFolder) -> None:
    calls = []

    def profile(frame: FrameType, event: str, called: Any) -> None:
        if event == "c_call" and called.__name__ in ("fsync", "rename"):
            calls.append(called.__name__)

    sys.setprofile(profile)
    try:
        with folder.writing("rows-0.jsonl") as staged:
            staged.file.write(b"{}\n")
    finally:
        sys.setprofile(None)
    assert calls == ["fsync", "rename", "fsync"]


@pytest.fixture
def open_umask() -> Iterator[None]:
    before = os.umask(0o022)
    yield
    os.umask(before)


@pytest.mark.usefixtures("open_umask")
def test_files_and_folders_are_their_owners_alone(
    empty_sandbox: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tmp_path.chmod(0o755)
    monkeypatch.setenv("AIRFLOW__ZOOM_ATTENDANCE__STAGING_URL", f"file://{tmp_path}/made/staging")
    folder = StagingFolder("dag/day/run")
    session = session_of(empty_sandbox.zoom.world.add_bulk(NUMBER, EVENING, PEOPLE))
    extract_session(session, ZoomHook(), folder)
    take_staged_attendance(meeting(), folder)
    modes = {path: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.rglob("*")}
    assert {mode for path, mode in modes.items() if path.is_dir()} == {0o700}
    files = {path.name: mode for path, mode in modes.items() if path.is_file()}
    names = ("attendance.json", "record.parquet", "rows-0.jsonl", "session.json")
    assert files == dict.fromkeys(names, 0o600)
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o755


def test_files_are_their_owners_alone_while_they_are_written(
    staging: Path, folder: StagingFolder
) -> None:
    with folder.writing("rows-0.jsonl") as staged:
        for _ in range(2):
            (part,) = staging.iterdir()
            assert stat.S_IMODE(part.stat().st_mode) == 0o600
            staged.start_over()
