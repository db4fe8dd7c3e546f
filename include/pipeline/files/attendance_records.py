"""The attendance records: one file for each session, in a place that lasts."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import PurePosixPath

from airflow.sdk.exceptions import AirflowFailException

from include.attendance.results import SessionPerson
from include.attendance.sessions import SessionFacts
from include.meeting import Meeting
from include.pipeline.files.staging import TRANSFORM, StagedFileBroken, StagingFolder
from include.pipeline.files.storage import StorageFolder
from include.pipeline.files.storage_faults import RECORDS, storage_errors
from include.pipeline.settings import records_url
from include.pipeline.task_data import SessionData
from include.roster.record import (
    AttendanceRecord,
    RecordTooNew,
    RecordUnreadable,
    Rule,
    completed,
    instances_in,
    make_record,
    rule_and_link,
)

log = logging.getLogger(__name__)

STAGED, ENDING = "record.parquet", ".parquet"


class RecordsFolder(StorageFolder):
    """The attendance records of a meeting, and what else its book needs to be kept."""

    def __init__(self, meeting: Meeting) -> None:
        super().__init__(records_url(), meeting.name, RECORDS)

    def read_if_there(self, name: str) -> bytes | None:
        """Return a whole file, None if there is none."""
        try:
            return self.read(name)
        except FileNotFoundError:
            return None

    def files(self, ending: str) -> dict[str, str]:
        """Return the files with this ending by name, and what changes when one is written.

        Raises StorageRefused and StorageUnavailable where the folder cannot be read.
        """
        fs = self.path.fs
        fs.invalidate_cache()  # other machines write, too
        try:
            with storage_errors(RECORDS, but=(FileNotFoundError,)):
                found = fs.ls(self.path.path, detail=True)
        except FileNotFoundError:
            return {}
        named = ((PurePosixPath(file["name"]).name, str(file)) for file in found)
        return {name: state for name, state in sorted(named) if name.endswith(ending)}

    def remove(self, name: str) -> None:
        """Remove a file, if it is there."""
        with suppress(FileNotFoundError), storage_errors(RECORDS, but=(FileNotFoundError,)):
            self.path.fs.rm_file((self.path / name).path)

    def remove_older(self, ending: str, age: timedelta, but: str) -> None:
        """Remove the files with this ending that were written longer ago than that, but one."""
        fs, before = self.path.fs, datetime.now(UTC) - age
        for name in self.files(ending).keys() - {but}:
            path = (self.path / name).path
            # Another run may have removed it just now.
            with suppress(FileNotFoundError), storage_errors(RECORDS, but=(FileNotFoundError,)):
                if fs.modified(path) < before:
                    fs.rm_file(path)


def stage_record(
    meeting: Meeting,
    session: SessionData,
    facts: SessionFacts,
    people: Sequence[SessionPerson],
    folder: StagingFolder,
) -> None:
    """Stage the session's record, for `keep_record` to complete."""
    rule = rule_of(meeting)
    record = make_record(facts, session.uuid, session.label, people, rule, session.opened)
    folder.write(STAGED, record.to_parquet())


def rule_of(meeting: Meeting) -> Rule:
    """Return what makes a letter of a presence, as the meeting's file says it."""
    late, early = meeting.late_after, meeting.early_before
    return Rule(meeting.present_from, _seconds(late), _seconds(early))


def _seconds(duration: timedelta | None) -> int | None:
    return None if duration is None else int(duration.total_seconds())


def keep_record(
    meeting: Meeting,
    folder: StagingFolder,
    link: str | None,
    incomplete: tuple[str, ...],
    instances: Sequence[str],
) -> None:
    """Keep what transform has staged, in place of what was kept of this session.

    :param link: opens the session's report; None if that could not be written: what is kept is
        renewed then, with its link, and nothing is kept of a session that was never published.
    :param incomplete: what is missing of it, in sentences.
    :param instances: the UUIDs of its instances, oldest first. A record kept under a later one's,
        from before Zoom listed the first, goes on under that. Those kept under others, each a
        session until Zoom listed what lies between, are removed.
    """
    staged, records = folder.read_from(TRANSFORM, STAGED), RecordsFolder(meeting)
    found = ((uuid, records.read_if_there(file_name(uuid))) for uuid in instances)
    kept = ((uuid, content) for uuid, content in found if content is not None)
    key, before = next(kept, (instances[0], None))
    if link is None and before is None:
        return
    name, parts = file_name(key), tuple(uuid for uuid in instances if uuid != key)
    rule, link_before = _rule_and_link(records, name, before)
    known = {"session": key, "parts": parts, "incomplete": incomplete}
    try:
        content = completed(staged, rule, link=link_before if link is None else link, **known)
    except RecordUnreadable:
        raise StagedFileBroken(f"The staged file {STAGED} cannot be read.", TRANSFORM) from None
    if content != before:
        records.write(name, content)
    for part in parts:
        records.remove(file_name(part))


def check_kept_instances(meeting: Meeting, instances: Sequence[str]) -> None:
    """Raise AirflowFailException if a record of the session has more than these instances.

    Also where its report cannot tell, since somebody has deleted or changed it, or it is the file
    of another part.
    """
    records, known = RecordsFolder(meeting), set(instances)
    there = records.files(ENDING)
    own = [name for name in map(file_name, instances) if name in there]
    for name in own or there:  # what is a part of another session has no record of its own
        kept = _instances(records.read_if_there(name))
        if kept & known and kept - known:
            raise AirflowFailException(MORE_IN_RECORD.format(name, records.path))


MORE_IN_RECORD = (
    "The attendance record of this session has instances of which this run does not know: nothing "
    "was written. Clear the task `sessions` of this run: it asks Zoom for all instances, and the "
    "tasks after it run again. If it then ends like this once more, delete the file {} in {}, and "
    "clear this task."
)


def _instances(content: bytes | None) -> frozenset[str]:
    try:
        return instances_in(content) if content else frozenset()
    except RecordUnreadable:
        return frozenset()  # `keep_record` says so


def _rule_and_link(
    records: RecordsFolder, name: str, content: bytes | None
) -> tuple[Rule | None, str]:
    """Return those of the record that was kept before; one that is torn is as good as none.

    Raises AirflowFailException for one of a newer version: it may hold what this does not know.
    """
    try:
        return rule_and_link(content) if content else (None, "")
    except RecordTooNew as error:
        raise _left_alone(records, name, error) from None
    except RecordUnreadable as error:
        log.warning("%s It is written anew, under the rule that the meeting's file has now.", error)
        return None, ""


def file_name(session: str) -> str:
    """Name the file of a session, safe for every UUID and storage."""
    return hashlib.sha256(session.encode()).hexdigest()[:32] + ENDING


class KeptRecords:
    """All records of a meeting, each read once for as long as it stays as it is."""

    def __init__(self, meeting: Meeting) -> None:
        self._folder = RecordsFolder(meeting)
        self._known: dict[str, tuple[str, AttendanceRecord | None]] = {}

    def now(self) -> list[AttendanceRecord]:
        """Return them. Raises AirflowFailException for one that cannot be read."""
        known, files = self._known, self._folder.files(ENDING)
        self._known = {
            name: known[name]
            if name in known and known[name][0] == state
            else (state, self._record(name))
            for name, state in files.items()
        }
        return [record for _, record in self._known.values() if record]

    def _record(self, name: str) -> AttendanceRecord | None:
        """Return a record; None if it was just removed, as its session is part of another now."""
        try:
            content = self._folder.read_if_there(name)
            return AttendanceRecord.from_parquet(content) if content is not None else None
        except RecordUnreadable as error:
            # Going on without it would take its session out of the Register.
            raise _left_alone(self._folder, name, error) from None


def _left_alone(folder: RecordsFolder, name: str, error: RecordUnreadable) -> AirflowFailException:
    return AirflowFailException(
        f"The file {name} in {folder.path}: {error} {_what_to_do(error)} Then clear this task."
    )


def _what_to_do(error: RecordUnreadable) -> str:
    if isinstance(error, RecordTooNew):
        return "Leave the file, and bring this machine to the version that has written it."
    return (
        "Delete it, and backfill the meeting's weeks with All Runs, as those weeks have been done: "
        "it is written again."
    )
