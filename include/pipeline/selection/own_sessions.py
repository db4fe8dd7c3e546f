"""Which sessions are those of the class, on which days it meets, and by which day each is called.

A meeting's file has no field for the days. But a run that is due soon after a class looks for that
one: with a run on Sundays at 23:00 and a class from 19:30 to 21:30 the class is that of Sunday.

A session is called by the day of its class, however early the host opened. So a class at midnight
is not called by the evening before. Nor is one that goes past midnight called by the next day
because its host was late.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from airflow.sdk.exceptions import AirflowSkipException

from include.attendance.sessions import ClassHours, Session, classes, shared
from include.meeting import Meeting
from include.pipeline.screens import nothing_to_do, title
from include.pipeline.selection.window import RunWindow, midnight, ticks
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
    first, last = class_held(meeting, meeting.class_time, *times).window
    if not session.ended:
        return session.start < last
    return shared(times, (first, last)) >= min(OF_CLASS, last - first)


def class_held(meeting: Meeting, class_time: str, start: datetime, end: datetime) -> ClassHours:
    """Return the class that a session held.

    A room that was left open over the hours of two days held the class after which a run is due
    sooner: that of its own day, whether the host opened the day before or forgot to close.
    """
    found = classes(class_time, meeting.timezone, start, end)
    held = [one for one in found if shared((start, end), one.window) >= OF_CLASS] or found[:1]
    if len(held) == 1:
        return held[0]
    return min(held, key=lambda one: _until_due(meeting, one.window[1]))


def _until_due(meeting: Meeting, end: datetime) -> timedelta:
    return next(ticks(meeting.schedule, meeting.timezone, end)) - end


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


DAY, WEEK = timedelta(days=1), timedelta(days=7)

SOON = timedelta(hours=12)
"""A run that is due later after a class may be meant for one of another day."""

LONGEST_INTERVAL = timedelta(days=8)
"""Runs that are further apart look for several classes, whose days they do not tell."""

WEEKS = 9
"""Weeks to look back for a meeting on the day that the schedule implies."""

BEFORE_CLASS = timedelta(hours=1)
"""How early a host may open."""


def may_be_class(session: Session, meeting: Meeting, listed: Iterable[Instance]) -> bool:
    """Tell whether the session is on a day of the class, or that cannot be told.

    On another day it is of the class all the same if the meeting was held at that hour a week
    before or after, a second class of the week; or if it never was on the day that is implied.
    So is a session whose end Zoom does not tell.

    :param listed: the meeting's instances, as Zoom lists them.
    """
    if meeting.class_time is None or not session.ended:
        return True
    zone = ZoneInfo(meeting.timezone)
    first, last = class_held(meeting, meeting.class_time, session.start, session.end).window
    due = list(islice(ticks(meeting.schedule, meeting.timezone, first), 2))
    if len(due) < 2 or due[1] - due[0] > LONGEST_INTERVAL:
        return True
    begins, ends, run = (_wall(instant, zone) for instant in (first, last, due[0]))
    days, since = divmod(run - begins, DAY)
    if days == 0 or since - (ends - begins) > SOON:
        return True
    starts = [_wall(instance.start, zone) for instance in listed]
    implied = [days * DAY - weeks * WEEK for weeks in range(WEEKS)]
    if not _was_held(begins, ends, implied, starts):
        return True  # the schedule may imply another day than that of the class
    return _was_held(begins, ends, (-WEEK, WEEK), starts)


def _was_held(
    begins: datetime, ends: datetime, later: Iterable[timedelta], starts: list[datetime]
) -> bool:
    """Tell whether the meeting was held in these hours, so much later than on the day itself."""
    return any(
        begins + time - BEFORE_CLASS <= start < ends + time for time in later for start in starts
    )


def _wall(instant: datetime, zone: ZoneInfo) -> datetime:
    """Return what the clocks of the zone show, without a zone: days are days on them."""
    return datetime.fromtimestamp(instant.timestamp(), zone).replace(tzinfo=None)


def label_of(session: Session, near: Iterable[Session], meeting: Meeting) -> str:
    """Return the session's day; its own date and time if it is not the first of that day.

    So its title is the same, whichever run finds it.

    :param near: the meeting's sessions around it, oldest first.
    """
    # By the hours alone: which day is the class's may depend on later sessions.
    own = (other for other in near if in_class_hours(other, meeting))
    day = _day(session, meeting)
    if session == next((other for other in own if _day(other, meeting) == day), None):
        return str(day)
    return f"{session.start.astimezone(ZoneInfo(meeting.timezone)):%Y-%m-%d %H:%M}"


def of_window(near: Sequence[Session], window: RunWindow, meeting: Meeting) -> list[Session]:
    """Return the window's sessions.

    Of days that a person names: the sessions whose class is on them; without any, those that began
    on them.
    """
    begun = [
        session
        for session in near
        if window.holds(session.start, session.uuid, len(session.instances))
    ]
    if not window.of_days:
        return begun
    zone = ZoneInfo(meeting.timezone)
    of_class = [
        session for session in near if window.is_new(midnight(_day(session, meeting), zone))
    ]
    with_class = (sessions for sessions in (of_class, begun) if _any_own(sessions, meeting))
    return next(with_class, of_class or begun)


def _any_own(sessions: Iterable[Session], meeting: Meeting) -> bool:
    return any(in_class_hours(session, meeting) for session in sessions)


def _day(session: Session, meeting: Meeting) -> date:
    """Return the local day of the class that the session held; if it held none, of its start."""
    if meeting.class_time is None or not _held_class(session, meeting.class_time, meeting):
        return session.start.astimezone(ZoneInfo(meeting.timezone)).date()
    return class_held(meeting, meeting.class_time, session.start, session.end).day


def _held_class(session: Session, class_time: str, meeting: Meeting) -> bool:
    if session.ended:
        return in_class_hours(session, meeting)
    # Without an end it cannot be told by how much they share.
    first, last = class_held(meeting, class_time, session.start, session.end).window
    return first - BEFORE_CLASS <= session.start < last
