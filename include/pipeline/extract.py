"""Extract: the participant report of every instance of a session, complete or not at all.

Unless the run was triggered to publish it all the same: then the manifest says of each instance
what is missing of it.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta

from airflow.sdk.exceptions import AirflowFailException, AirflowSkipException

from include.pipeline.files.participant_rows import RowCount, write_rows
from include.pipeline.files.staging import MANIFEST, StagingFolder
from include.pipeline.files.storage import Extent
from include.pipeline.screens import way_out
from include.pipeline.selection.held_instances import LONGEST_MEETING
from include.pipeline.task_data import InstanceData, Manifest, SessionData, StagedInstance
from include.pipeline.waiting import GIVE_UP_AFTER, patience_is_over, wait
from include.sheets.incomplete import Missing
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
    """Stage the session's participant rows as JSON Lines, a file for each instance.

    Holds one page in memory. Skips the session (AirflowSkipException) when nobody met.

    :param publish_incomplete: go on without what Zoom should have and does not deliver.
    """
    if not publish_incomplete:
        _check_ends(session)
    extraction = _Extraction(session, hook, folder, publish_incomplete=publish_incomplete)
    staged = [extraction.stage(number, each) for number, each in enumerate(session.instances)]
    files = tuple(file for file, _ in staged)
    _check_rows(session, files)
    session = _with_end(session, [last for _, last in staged if last])
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


class _Extraction:
    """Stages the participant reports of a session's instances; waits, or does without."""

    def __init__(
        self,
        session: SessionData,
        hook: ZoomHook,
        folder: StagingFolder,
        *,
        publish_incomplete: bool,
    ) -> None:
        self._session, self._hook, self._folder = session, hook, folder
        self._publish_incomplete = publish_incomplete

    @property
    def _may_go_on(self) -> bool:
        """Whether what has not come by now may be left out."""
        return self._publish_incomplete and patience_is_over(self._session.end)

    def stage(self, number: int, instance: InstanceData) -> tuple[StagedInstance, datetime | None]:
        """Stage one participant report.

        Returns what the manifest says of it, and the last time in it.
        """
        name = f"rows-{number}.jsonl"
        try:
            count, extent = self._copy_report(instance, name)
        except ZoomReportNotReady as error:
            if not self._was_alone(instance):
                self._wait_or_go_on(str(error))
            return self._without_report(instance), None
        except (ZoomAnswerCutShort, ZoomBadRequest, ZoomReportTooOld) as error:
            if not self._may_be_left_out(instance, error):
                raise
            log.warning("%s", error)
            return self._without_report(instance), None
        unfinished = count.untimed and not self._was_alone(instance)
        if unfinished:
            self._wait_or_go_on("Zoom's report still shows duration 0 for everybody.")
        count.log_unusable(instance.uuid)
        return _staged(instance, name, count, extent, unfinished=unfinished), count.last

    def _copy_report(self, instance: InstanceData, name: str) -> tuple[RowCount, Extent]:
        with self._folder.writing(name) as staged:
            count = write_rows(
                self._hook.iter_report_pages(instance.uuid),
                staged,
                before=self._session.start + LONGEST_MEETING,
                publish_incomplete=self._publish_incomplete,
            )
        return count, staged.file.extent

    def _may_be_left_out(self, instance: InstanceData, error: Exception) -> bool:
        """Tell whether the session is published without this participant report.

        If it is not, the error says what to do.
        """
        too_old = isinstance(error, ZoomReportTooOld)
        if too_old and instance == self._session.instances[-1]:
            return False  # so are the instances before it
        refused = isinstance(error, ZoomRefused)
        if (self._publish_incomplete and refused) or self._may_go_on:
            return True
        when = "To have the other parts without it," if too_old else "If it stays so,"
        error.add_note(f"{NOT_HALF} {when} {way_out(self._session.uuid)}")
        return False

    def _was_alone(self, instance: InstanceData) -> bool:
        """Tell whether one person was alone, perhaps more than once.

        Zoom makes no participant report of that. Where only Zoom's minutes say so, one may still
        come: for an hour, and where the session has no other instance, as long as any other.
        """
        if instance.participants is not None and instance.participants <= 1:
            return True
        patience = ALONE if len(self._session.instances) > 1 else GIVE_UP_AFTER
        return instance.alone and patience_is_over(self._session.end, patience)

    def _without_report(self, instance: InstanceData) -> StagedInstance:
        if self._was_alone(instance):
            return StagedInstance(uuid=instance.uuid, name=None, rows=0)
        log.warning(
            "Zoom has no report of instance %s. The session is published all the same, as this run "
            "was triggered to do.",
            instance.uuid,
        )
        return StagedInstance(uuid=instance.uuid, name=None, rows=0, missing="report")

    def _wait_or_go_on(self, reason: str) -> None:
        """Wait for the participant report, unless the session is published without it by now."""
        if self._may_go_on:
            return
        wait(
            f"Zoom has not finished the report of session {self._session.uuid}. {reason}",
            since=self._session.end,
            timezone=self._session.timezone,
            give_up=(
                "It should have been there hours ago. Look the session up in Zoom's own reports "
                "(Reports > Usage). If people are shown there, clear this task. If it stays so, or "
                f"only one person was there, {way_out(self._session.uuid)}"
            ),
        )


def _staged(
    instance: InstanceData, name: str, count: RowCount, extent: Extent, *, unfinished: bool
) -> StagedInstance:
    return StagedInstance(
        uuid=instance.uuid,
        name=name,
        rows=count.rows,
        twice=count.rows - len(count.connections),
        total_records=count.total_records,
        joins=_joins(instance, count),
        missing=_missing(instance, unfinished=unfinished),
        size=extent.size,
        sha256=extent.sha256,
    )


def _missing(instance: InstanceData, *, unfinished: bool) -> Missing | None:
    """Return what Zoom has not delivered of an instance whose rows are there."""
    if not instance.ended:
        return "end"
    return "durations" if unfinished else None


def _joins(instance: InstanceData, count: RowCount) -> int | None:
    """Return how many connections Zoom counts besides, if they are more than the rows."""
    joins = instance.participants
    if joins is None or joins <= (count.total_records or len(count.connections)):
        return None
    log.warning(
        "Zoom counts %d joins of instance %s but its report has %d different rows: it says so.",
        joins,
        instance.uuid,
        len(count.connections),
    )
    return joins


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
