"""On which day a session is, as people name it: that of its class, however early the host opened.

So a class at midnight is not called by the evening before, nor one that goes past midnight by the
day on which its host was late.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from include.attendance.sessions import Session, class_window
from include.meeting import Meeting
from include.pipeline.class_days import BEFORE_CLASS
from include.pipeline.own_sessions import in_class_hours
from include.pipeline.window import Window


def label_of(session: Session, near: Iterable[Session], meeting: Meeting) -> str:
    """Return the session's day; with its own date and time if it is not the day's first.

    So it has one title, whichever run finds it, and beside which others.

    :param near: the meeting's sessions around it, oldest first.
    """
    # By the hours alone: what day is the class's is told by sessions that come later.
    own = (one for one in near if in_class_hours(one, meeting))
    day = _day(session, meeting)
    if session == next((one for one in own if _day(one, meeting) == day), None):
        return day
    return f"{session.start.astimezone(ZoneInfo(meeting.timezone)):%Y-%m-%d %H:%M}"


def of_window(near: Sequence[Session], window: Window, meeting: Meeting) -> list[Session]:
    """Return the window's sessions; of days that a person names, those whose class is on them.

    If no class is, those that began on them.
    """
    begun = [one for one in near if window.holds(one.start, one.uuid, len(one.instances))]
    if not window.of_days:
        return begun
    of_class = [one for one in near if window.is_new(_moment(one, meeting))]
    with_class = (some for some in (of_class, begun) if _any_own(some, meeting))
    return next(with_class, of_class or begun)


def _any_own(sessions: Iterable[Session], meeting: Meeting) -> bool:
    return any(in_class_hours(one, meeting) for one in sessions)


def _day(session: Session, meeting: Meeting) -> str:
    return str(_moment(session, meeting).astimezone(ZoneInfo(meeting.timezone)).date())


def _moment(session: Session, meeting: Meeting) -> datetime:
    """Return when the class began that the session held; of another when it began itself."""
    if meeting.class_time is None:
        return session.start
    first, last = class_window(meeting.class_time, meeting.timezone, session.start, session.end)
    if session.ended:
        return first if in_class_hours(session, meeting) else session.start
    # Which class it held cannot be told by how much they share.
    return first if first - BEFORE_CLASS <= session.start < last else session.start
