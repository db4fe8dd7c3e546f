"""When the instances around a run's window were held, and how many people joined.

An instance about which Zoom tells nothing usable does not stop the others: its own `extract` says
what is wrong.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from include.attendance.sessions import GAP, HeldInstance
from include.meeting import Meeting
from include.pipeline.selection.own_sessions import DAY
from include.pipeline.selection.window import RunWindow
from include.pipeline.waiting import SETTLING, local, patience_is_over, wait_a_little
from zoom_provider.errors import ZoomBadRequest, ZoomReportNotReady, ZoomReportTooOld
from zoom_provider.hooks.zoom import ZoomHook
from zoom_provider.instances import Instance, usable_time

log = logging.getLogger(__name__)

LONGEST_MEETING = timedelta(hours=30)
"""Zoom ends a meeting after this: an older instance cannot reach into the window."""

MOST_JOINS = 5
"""One person alone may join this often. More joins are those of several people."""

LATE_TIMEOUT = timedelta(minutes=2)
"""Zoom may count a lost connection for this long after its person has come back."""

TOO_OLD = (
    "The instance of %s (%s) is left out: it is older than the year for which Zoom keeps details "
    "and reports."
)


def held_around(
    window: RunWindow,
    meeting: Meeting,
    hook: ZoomHook,
    instances: Iterable[Instance],
    asked: str | None = None,
) -> Iterator[HeldInstance]:
    """Yield the window's instances, and those around it that may belong to the same sessions.

    One that is too old for Zoom is left out, but raises ZoomReportTooOld if a person has asked for
    it or if the window has no other. Waits (AirflowRescheduleException) for the details of one that
    began in the last hours.

    :param instances: oldest first.
    :param asked: the UUID of one that must not be left out.
    """
    too_old: list[tuple[Instance, ZoomReportTooOld]] = []
    others = False
    for instance, held in _around(window, meeting, hook, instances):
        if isinstance(held, ZoomReportTooOld):
            too_old.append((instance, held))
            continue
        others = others or window.earliest <= held.start < window.end
        yield from _surely_continued(held, too_old)
        yield held
    for instance, refused in too_old:
        if instance.uuid == asked or not others:
            raise refused
        log.warning(TOO_OLD, local(instance.start, meeting.timezone), instance.uuid)


def _around(
    window: RunWindow, meeting: Meeting, hook: ZoomHook, instances: Iterable[Instance]
) -> Iterator[tuple[Instance, HeldInstance | ZoomReportTooOld]]:
    """Yield the instances of the window and around it, each with what Zoom tells of it."""
    earliest = end = window.earliest - LONGEST_MEETING
    latest = window.end + DAY if window.of_days and meeting.class_time else window.end
    for instance in instances:
        continues = instance.start - end <= GAP
        if instance.start < earliest or not (instance.start < latest or continues):
            continue
        try:
            details = _details(hook, instance, window, meeting.timezone)
        except ZoomReportTooOld as error:
            yield instance, error
            continue
        held = held_as_told(instance, details, meeting.timezone)
        end = max(end, held.end)
        yield instance, held


def _surely_continued(
    held: HeldInstance, too_old: list[tuple[Instance, ZoomReportTooOld]]
) -> Iterator[HeldInstance]:
    """Yield the instances that ``held`` surely continues, and remove them from the list.

    Without them its session would look complete.
    """
    begins = held.start
    while too_old and begins - too_old[-1][0].start <= GAP:
        instance = too_old.pop()[0]
        begins = instance.start
        yield HeldInstance(instance.uuid, begins, begins, None, ended=False)


def _details(hook: ZoomHook, instance: Instance, window: RunWindow, zone: str) -> dict[str, Any]:
    """Return Zoom's details; empty if it has none, and will not have them soon."""
    try:
        return hook.get_past_meeting(instance.uuid)
    except ZoomReportTooOld:
        if instance.start >= window.earliest:
            raise
    except ZoomBadRequest as error:
        log.warning("%s", error)
    except ZoomReportNotReady:
        if not (patience_is_over(instance.start) and _is_surely_over(instance, window)):
            began = local(instance.start, zone)
            wait_a_little(f"Zoom has no details yet of the instance of {began}.", zone)
    return {}


def _is_surely_over(instance: Instance, window: RunWindow) -> bool:
    """Tell whether Zoom has had time for the details, even if the instance ended with the window.

    A window that is still open says nothing about that.
    """
    may_end = min(window.end, instance.start + LONGEST_MEETING)
    return may_end > datetime.now(UTC) or patience_is_over(may_end, SETTLING)


def held_as_told(instance: Instance, details: Mapping[str, Any], zone: str) -> HeldInstance:
    """Return what the details tell of an instance; the log says what is unusable in them."""
    end = _end(instance, details, zone)
    joins = _whole_number(details.get("participants_count")) or None  # 0 cannot be
    return HeldInstance(
        instance.uuid,
        instance.start,
        end or instance.start,
        joins,
        alone=_fits_one(details, joins, (end or instance.start) - instance.start),
        ended=end is not None,
    )


def _end(instance: Instance, details: Mapping[str, Any], zone: str) -> datetime | None:
    end = usable_time(details.get("end_time"))
    if end and timedelta() <= end - instance.start <= LONGEST_MEETING:
        return end
    began = local(instance.start, zone)
    minutes = _whole_number(details.get("duration"))
    if minutes and timedelta(minutes=minutes) <= LONGEST_MEETING:
        log.warning(
            "Zoom tells no usable end of the instance of %s: it is taken to have lasted %d min, as "
            "Zoom says besides.",
            began,
            minutes,
        )
        return instance.start + timedelta(minutes=minutes)
    log.warning("Zoom does not tell when the instance of %s ended (%s).", began, instance.uuid)
    return None


def _fits_one(details: Mapping[str, Any], joins: int | None, length: timedelta) -> bool:
    """Tell whether Zoom's numbers fit one person alone, for whom Zoom makes no report."""
    if joins is not None and (joins == 1 or joins > MOST_JOINS):
        return joins == 1
    minutes = _whole_number(details.get("total_minutes"))  # of all connections together
    return bool(minutes) and timedelta(minutes=minutes or 0) <= length + LATE_TIMEOUT


def _whole_number(value: Any) -> int | None:
    return value if type(value) is int and value >= 0 else None
