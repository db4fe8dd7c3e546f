"""Extract: the participant report of every instance of a session, complete or not at all.

Unless the run was triggered to publish it all the same: then the manifest says of each instance
what is missing of it.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NoReturn

from airflow.sdk.exceptions import AirflowFailException, AirflowSkipException

from include.pipeline.files.report_rows import Count, write_rows
from include.pipeline.files.staged import MANIFEST
from include.pipeline.files.staging import StagingFolder
from include.pipeline.files.storage import Extent
from include.pipeline.screens import way_out
from include.pipeline.selection.own_sessions import LONGEST_MEETING
from include.pipeline.task_data import InstanceData, Manifest, SessionData, StagedInstance
from include.pipeline.waiting import GIVE_UP_AFTER, patience_is_over, wait
from zoom_provider.errors import (
    ZoomAnswerCutShort,
    ZoomBadRequest,
    ZoomRefused,
    ZoomReportNotReady,
    ZoomReportTooOld,
)
from zoom_provider.hooks.zoom import ZoomHook

log = logging.getLogger(__name__)

NOT_HALF = "Nothing is published from half a report."

ALONE = timedelta(hours=1)
"""Wait after the end before an instance that may be one person alone is left out: twice the 30
minutes that Zoom's support names for a full report."""


def extract_session(
    session: SessionData,
    hook: ZoomHook,
    folder: StagingFolder,
    *,
    publish_incomplete: bool = False,
) -> None:
    """Stage the session's participant rows as JSON Lines, one file an instance.

    Holds one page in memory. Skips the session when nobody met.

    :param publish_incomplete: go on without what Zoom should have and does not deliver.
    """
    if not publish_incomplete:
        _check_ends(session)
    found = [
        _stage_instance(
            session, instance, hook, folder, number, publish_incomplete=publish_incomplete
        )
        for number, instance in enumerate(session.instances)
    ]
    files = tuple(file for file, _ in found)
    _check_rows(session, files)
    session = _with_end(session, [last for _, last in found if last])
    manifest = Manifest(session=session, files=files)
    folder.write(MANIFEST, manifest.model_dump_json().encode())


def _check_ends(session: SessionData) -> None:
    if session.ended:
        return
    raise AirflowFailException(
        f"Zoom does not tell when session {session.uuid} ended, or a part of it, so nobody's time "
        f"in it can be counted. Clear the task `sessions`: it asks Zoom again. If it stays so, "
        f"{way_out(session.uuid)}"
    )


def _with_end(session: SessionData, times: Iterable[datetime]) -> SessionData:
    """Return the session with the last time of its rows as its end, where Zoom tells none."""
    if session.ended:
        return session
    return session.model_copy(update={"end": max([session.end, *times])})


def _stage_instance(
    session: SessionData,
    instance: InstanceData,
    hook: ZoomHook,
    folder: StagingFolder,
    number: int,
    *,
    publish_incomplete: bool,
) -> tuple[StagedInstance, datetime | None]:
    """Stage one instance; returns what the manifest says of its file, and its last time."""
    name, may_go_on = f"rows-{number}.jsonl", publish_incomplete and patience_is_over(session.end)
    try:
        count, extent = _copy_report(session, instance, hook, folder, name, publish_incomplete)
    except ZoomReportNotReady as error:
        if not _was_alone(instance, session) and not may_go_on:
            _wait_for_report(session, str(error))
        return _without_report(instance, session), None
    except (ZoomAnswerCutShort, ZoomBadRequest, ZoomReportTooOld) as error:
        refused = isinstance(error, ZoomRefused)
        if isinstance(error, ZoomReportTooOld) and instance == session.instances[-1]:
            raise  # so are the parts before it
        if not (publish_incomplete and refused) and not may_go_on:
            error.add_note(f"{NOT_HALF} {_when_to_do_without(error)} {way_out(session.uuid)}")
            raise
        log.warning("%s", error)
        return _without_report(instance, session), None
    unfinished = count.untimed and not _was_alone(instance, session)
    if unfinished and not may_go_on:
        _wait_for_report(session, "Zoom's report still shows duration 0 for everybody.")
    _say_unusable(instance, count)
    staged = StagedInstance(
        uuid=instance.uuid,
        name=name,
        rows=count.rows,
        total_records=count.total_records,
        joins=_joins(instance, count),
        missing="end" if not instance.ended else "durations" if unfinished else None,
        size=extent.size,
        sha256=extent.sha256,
    )
    return staged, count.last


def _when_to_do_without(error: Exception) -> str:
    too_old = isinstance(error, ZoomReportTooOld)
    return "To have the other parts without it," if too_old else "If it stays so,"


def _copy_report(
    session: SessionData,
    instance: InstanceData,
    hook: ZoomHook,
    folder: StagingFolder,
    name: str,
    publish_incomplete: bool,
) -> tuple[Count, Extent]:
    with folder.writing(name) as staged:
        count = write_rows(
            hook.iter_report_pages(instance.uuid),
            staged,
            before=session.start + LONGEST_MEETING,
            publish_incomplete=publish_incomplete,
        )
    return count, staged.file.extent


def _was_alone(instance: InstanceData, session: SessionData) -> bool:
    """Tell whether one person was alone, perhaps more than once: Zoom makes no report of that.

    Where it rests on Zoom's minutes, others wait an hour for it, a session by itself all patience.
    """
    if instance.participants is not None and instance.participants <= 1:
        return True
    patience = ALONE if len(session.instances) > 1 else GIVE_UP_AFTER
    return instance.alone and patience_is_over(session.end, patience)


def _without_report(instance: InstanceData, session: SessionData) -> StagedInstance:
    if _was_alone(instance, session):  # Zoom makes no report of it
        return StagedInstance(uuid=instance.uuid, name=None, rows=0)
    log.warning(
        "Zoom has no report of instance %s. The session is published all the same, as this run "
        "was triggered to do.",
        instance.uuid,
    )
    return StagedInstance(uuid=instance.uuid, name=None, rows=0, missing="report")


def _joins(instance: InstanceData, count: Count) -> int | None:
    """Return how many connections Zoom counts besides, if they are more than the rows."""
    joins = instance.participants
    if joins is None or joins <= (count.total_records or count.rows):
        return None
    log.warning(
        "Zoom counts %d joins of instance %s but its report has %d rows: the report says so.",
        joins,
        instance.uuid,
        count.rows,
    )
    return joins


def _say_unusable(instance: InstanceData, count: Count) -> None:
    if count.unusable:
        log.warning(
            "Zoom's report of instance %s has values that cannot be what they should, taken as "
            "missing: %s.",
            instance.uuid,
            ", ".join(f"{field} in {rows} rows" for field, rows in count.unusable.items()),
        )


def _check_rows(session: SessionData, files: Iterable[StagedInstance]) -> None:
    rows = sum(file.rows for file in files)
    incomplete = any(file.missing or file.total_records is not None for file in files)
    if not rows and not incomplete:
        nobody = "Nobody met: Zoom's report of this session has no rows."
        log.info(nobody)  # Airflow folds its own line away
        raise AirflowSkipException(nobody)
    for file in files:
        if file.total_records is not None:
            log.warning(
                "Zoom says the report of instance %s has %d rows but delivered %d. They are "
                "published all the same, as this run was triggered to do.",
                file.uuid,
                file.total_records,
                file.rows,
            )
    extent = "" if incomplete else ", all that Zoom has"
    log.info("Session %s: %d participant rows%s.", session.uuid, rows, extent)


def _wait_for_report(session: SessionData, reason: str) -> NoReturn:
    wait(
        f"Zoom has not finished the report of session {session.uuid}. {reason}",
        since=session.end,
        timezone=session.timezone,
        give_up=(
            "It should have been there hours ago. Look the session up in Zoom's own reports "
            "(Reports > Usage). If people are shown there, clear this task. If it stays so, or "
            f"only one person was there, {way_out(session.uuid)}"
        ),
    )
