from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest

from include.pipeline.files.staging import EXTRACT, StagedFileBroken, StagingFolder, folder_key
from include.pipeline.task_data import SessionData


def key(uuid: str, label: str = "2026-06-14", run_id: str = "manual__1") -> str:
    dag_run = SimpleNamespace(dag_id="zoom_attendance_choir", run_id=run_id)
    start = datetime(2026, 6, 14, 9, 30, tzinfo=UTC)
    session = SessionData(uuid=uuid, label=label, start=start, end=start, instances=())
    return folder_key({"dag_run": dag_run}, session)


@pytest.mark.parametrize(
    "uuid", ["/abc//def+ghi=jkl==", "../../../etc==", "a" * 300, "ünïcode 🎉==", "a?b#c%2F=="]
)
@pytest.mark.parametrize("run_id", ["scheduled__2026-06-14T13:00:00+00:00", "../..", "x" * 250])
def test_folder_names_are_safe_everywhere(uuid: str, run_id: str) -> None:
    parts = key(uuid, "2026-06-14 19:30", run_id).split("/")
    assert len(parts) == 3
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{1,100}", part) for part in parts)


def test_folders_of_different_sessions_and_runs_differ() -> None:
    keys = [key("a/b"), key("a+b"), key("a=b"), key("a/b", run_id="a+b"), key("a/b", run_id="a:b")]
    assert len(set(keys)) == len(keys)
    assert key("a/b") == keys[0]


def test_file_appears_only_when_whole(staging: Path, folder: StagingFolder) -> None:
    with folder.writing("rows.jsonl") as staged:
        staged.file.write(b"half")
        assert not (staging / "rows.jsonl").exists()
    assert [file.name for file in staging.iterdir()] == ["rows.jsonl"]


def write_half(folder: StagingFolder, stop: type[BaseException]) -> None:
    with folder.writing("rows.jsonl") as staged:
        staged.file.write(b"half")
        raise stop


@pytest.mark.parametrize("stop", [RuntimeError, KeyboardInterrupt, SystemExit])
def test_interrupted_writing_leaves_the_former_file(
    staging: Path, folder: StagingFolder, stop: type[BaseException]
) -> None:
    with folder.writing("rows.jsonl") as staged:
        staged.file.write(b"former")
    with pytest.raises(stop):
        write_half(folder, stop)
    assert [file.name for file in staging.iterdir()] == ["rows.jsonl"]
    assert (staging / "rows.jsonl").read_bytes() == b"former"


def test_a_folder_in_a_files_place_is_as_if_it_were_gone_and_makes_way(
    staging: Path, folder: StagingFolder
) -> None:
    (staging / "rows.jsonl" / "somebody's").mkdir(parents=True)
    with pytest.raises(StagedFileBroken, match="Clear the task `extract`"):
        folder.read_from(EXTRACT, "rows.jsonl")
    folder.write("rows.jsonl", b"all")
    assert folder.read_from(EXTRACT, "rows.jsonl") == b"all"


def test_starting_over_forgets_what_was_written(folder: StagingFolder) -> None:
    with folder.writing("rows.jsonl") as staged:
        staged.file.write(b"a long beginning")
        staged.start_over()
        staged.file.write(b"all")
    with folder.reading("rows.jsonl") as file:
        assert file.read() == b"all"
