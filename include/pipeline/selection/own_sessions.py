"""When Zoom's instances were held, and which sessions of them are the meeting's own.

Own are those of the class, or that a person asks for. An unusable instance stops no other.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from airflow.sdk.exceptions import AirflowSkipException

from include.attendance.sessions import GAP, HeldInstance, Session, class_window, shared
from include.meeting import Meeting
from include.pipeline.screens import nothing_to_do, title
from include.pipeline.selection.class_days import DAY, may_be_class
from include.pipeline.selection.window import RunWindow
from include.pipeline.waiting import local, patience_is_over, wait_a_little
from zoom_provider.errors import ZoomBadRequest, ZoomReportNotReady, ZoomReportTooOld
from zoom_provider.hooks.zoom import ZoomHook
from zoom_provider.instances import Instance, usable_time

log = logging.getLogger(__name__)

LONGEST_MEETING = timedelta(hours=30)
"""When Zoom ends a meeting: an older instance cannot reach into the window."""

LATE_TIMEOUT = timedelta(minutes=2)
"""So long somebody who is back may still be counted as there: two connections of one person."""

OF_CLASS = timedelta(minutes=10)
"""A session that shares less with the class time is none of the meeting's own: a test call, say."""

TOO_OLD = (
    "The instance of %s (%s) is left out: it is older than the year for which Zoom keeps details "
    "and reports."
)

NOT_OWN = (
    "Session %s: %s %s: it is not published. To publish it all the same, trigger the Dag with its "
    "UUID, or with its day and time."
)
OTHER_HOUR = "shares less than ten minutes with the class time, {}"
OTHER_DAY = "is on no day of the class, as the schedule tells it ({})"


def held_around(
    window: RunWindow,
    meeting: Meeting,
    hook: ZoomHook,
    instances: Iterable[Instance],
    asked: str | None = None,
) -> Iterator[HeldInstance]:
    """Yield the window's instances, what they continue and reach into.

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
    """Take the instances off the list that ``held`` surely continues, and yield them.

    Without them its session would seem whole.
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
        if not patience_is_over(instance.start):
            began = local(instance.start, zone)
            wait_a_little(f"Zoom has no details yet of the instance of {began}.", zone)
    return {}


def held_as_told(instance: Instance, details: Mapping[str, Any], zone: str) -> HeldInstance:
    """Return what the details tell of an instance; the log says what is unusable in them."""
    end = _end(instance, details, zone)
    joins = _whole_number(details.get("participants_count"))
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
    """Tell whether Zoom's numbers are those of one person alone, of whom it makes no report."""
    if joins is not None and joins <= 1:
        return True
    minutes = _whole_number(details.get("total_minutes"))  # of all connections together
    return bool(minutes) and timedelta(minutes=minutes or 0) <= length + LATE_TIMEOUT


def _whole_number(value: Any) -> int | None:
    return value if type(value) is int and value >= 0 else None


def asked_for(
    found: list[Session],
    meeting: Meeting,
    listed: list[Instance],
    *,
    day_named: bool,
    hour: str | None = None,
) -> list[Session]:
    """Return the meeting's own sessions; of a day that a person names all, if none is its own.

    :param listed: the meeting's instances, as Zoom lists them.
    :param hour: the local time at which the session began that a person names besides.
    """
    if hour:
        return _begun_at(hour, found, meeting)
    own = [session for session in found if is_own(session, meeting, listed)]
    if day_named and not own:
        return found
    for session in found:
        if session not in own:
            log.warning(NOT_OWN, session.uuid, when(session, meeting), _why_not(session, meeting))
    return own


def _begun_at(hour: str, found: list[Session], meeting: Meeting) -> list[Session]:
    """Return the sessions of a day that began then; if none did, say when the others began."""
    zone = ZoneInfo(meeting.timezone)
    hours = [f"{session.start.astimezone(zone):%H:%M}" for session in found]
    begun = [session for session, at in zip(found, hours, strict=True) if at == hour.zfill(5)]
    if found and not begun:
        raise nothing_to_do(
            f"Zoom lists no session of {meeting.title} that began at {hour} of that day "
            f"({meeting.timezone}), but these: {', '.join(hours)}. Trigger the Dag again with "
            f"another '{title('time')}'."
        )
    return begun


def is_own(session: Session, meeting: Meeting, listed: list[Instance]) -> bool:
    """Tell whether a session held the meeting's class, as far as its file tells."""
    return in_class_hours(session, meeting) and may_be_class(session, meeting, listed)


def in_class_hours(session: Session, meeting: Meeting) -> bool:
    """Tell whether a session held the meeting's class, as far as its hours tell.

    One of which Zoom does not tell the end did: nobody is to be lost.
    """
    if meeting.class_time is None or not session.ended:
        return True
    times = session.start, session.end
    first, last = class_window(meeting.class_time, meeting.timezone, *times)
    return shared(times, (first, last)) >= min(OF_CLASS, last - first)


def _why_not(session: Session, meeting: Meeting) -> str:
    if in_class_hours(session, meeting):
        return OTHER_DAY.format(meeting.schedule)
    return OTHER_HOUR.format(meeting.class_time)


def no_class(meeting: Meeting) -> AirflowSkipException:
    """Return what skips the run's tasks when Zoom lists sessions, but none of the class."""
    return nothing_to_do(
        f"Zoom lists sessions, but none of them in the class time, {meeting.class_time} "
        f"({meeting.timezone}), on a day of the class. If the class met at another hour or on "
        f"another day, trigger the Dag with '{title('session')}'. If it always does, correct "
        "`class_time` or `schedule` in the meeting's file, then trigger the Dag."
    )


def when(session: Session, meeting: Meeting) -> str:
    """Return a session's times by the clocks of the meeting's zone."""
    zone = ZoneInfo(meeting.timezone)
    start, end = session.start.astimezone(zone), session.end.astimezone(zone)
    return f"{start:%a %Y-%m-%d %H:%M:%S} to {end:%H:%M:%S} ({meeting.timezone})"
