"""Which sessions are the meeting's own: those of its class, or those that a person asks for."""

from __future__ import annotations

import logging
from datetime import timedelta
from zoneinfo import ZoneInfo

from airflow.sdk.exceptions import AirflowSkipException

from include.attendance.sessions import Session, class_window, shared
from include.meeting import Meeting
from include.pipeline.screens import nothing_to_do, title
from include.pipeline.selection.class_days import may_be_class
from zoom_provider.instances import Instance

log = logging.getLogger(__name__)

OF_CLASS = timedelta(minutes=10)
"""A session that shares less with the class time is not the meeting's own: a test call, say."""

NOT_OWN = (
    "Session %s: %s %s: it is not published. To publish it all the same, trigger the Dag with its "
    "UUID, or with its day and time."
)
OTHER_HOUR = "shares less than ten minutes with the class time, {}"
OTHER_DAY = "is on no day of the class, as the schedule tells it ({})"


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
    :param hour: the local start time of a session, if a person names that, too.
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

    If Zoom does not tell its end, it did if it began before the class was over: nobody must be
    lost.
    """
    if meeting.class_time is None:
        return True
    times = session.start, session.end
    first, last = class_window(meeting.class_time, meeting.timezone, *times)
    if not session.ended:
        return session.start < last
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
