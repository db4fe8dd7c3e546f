"""Which sessions are the meeting's own: those of its class, or those that a person asks for."""

from __future__ import annotations

import logging
from datetime import timedelta
from zoneinfo import ZoneInfo

from airflow.sdk.exceptions import AirflowSkipException

from include.attendance.sessions import Session, class_window, shared
from include.meeting import Meeting
from include.pipeline.params import nothing_to_do, title

log = logging.getLogger(__name__)

OF_CLASS = timedelta(minutes=10)
"""A session that shares less with the class time is none of the meeting's own: a test call, say."""

NOT_OWN = (
    "Session %s: %s shares less than ten minutes with the class time, %s: it is not published. To "
    "publish it all the same, trigger the Dag with its UUID, or with its day if there was no class."
)


def asked_for(found: list[Session], meeting: Meeting, *, day_named: bool) -> list[Session]:
    """Return the meeting's own sessions; of a day that a person names all, if none is its own."""
    own = [session for session in found if is_own(session, meeting)]
    if day_named and not own:
        return found
    for session in found:
        if session not in own:
            log.warning(NOT_OWN, session.uuid, when(session, meeting), meeting.class_time)
    return own


def is_own(session: Session, meeting: Meeting) -> bool:
    """Tell whether a session held the meeting's class, as far as its class time tells.

    One of which Zoom does not tell the end is: nobody is to be lost.
    """
    if not meeting.class_time or not all(instance.ended for instance in session.instances):
        return True
    times = session.start, session.end
    first, last = class_window(meeting.class_time, meeting.timezone, *times)
    return shared(times, (first, last)) >= min(OF_CLASS, last - first)


def no_class(meeting: Meeting) -> AirflowSkipException:
    """Return what skips the run's tasks when Zoom lists sessions, but none of the class."""
    return nothing_to_do(
        f"Zoom lists sessions, but none of them in the class time, {meeting.class_time} "
        f"({meeting.timezone}). If the class met at another hour, trigger the Dag with "
        f"'{title('session')}'. If the class time is wrong, correct `class_time` in the meeting's "
        "file, then trigger the Dag."
    )


def when(session: Session, meeting: Meeting) -> str:
    """Return a session's times by the clocks of the meeting's zone."""
    zone = ZoneInfo(meeting.timezone)
    start, end = session.start.astimezone(zone), session.end.astimezone(zone)
    return f"{start:%a %Y-%m-%d %H:%M:%S} to {end:%H:%M:%S} ({meeting.timezone})"
