"""By which day people call a session: that of its class, however early the host opened.

So a class at midnight is not called by the evening before. Nor is one that goes past midnight
called by the next day because its host was late.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from zoneinfo import ZoneInfo

from include.attendance.sessions import Session, class_day, class_window
from include.meeting import Meeting
from include.pipeline.selection.class_days import BEFORE_CLASS
from include.pipeline.selection.own_sessions import in_class_hours
from include.pipeline.selection.window import RunWindow, midnight


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
    return class_day(meeting.class_time, meeting.timezone, session.start, session.end)


def _held_class(session: Session, class_time: str, meeting: Meeting) -> bool:
    if session.ended:
        return in_class_hours(session, meeting)
    # Without an end it cannot be told by how much they share.
    first, last = class_window(class_time, meeting.timezone, session.start, session.end)
    return first - BEFORE_CLASS <= session.start < last
