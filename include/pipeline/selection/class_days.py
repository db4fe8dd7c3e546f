"""On which days a meeting's class meets, as far as its schedule tells.

A meeting's file has no field for it. But a run that is due soon after a class looks for that one:
with a run on Sundays at 23:00 and a class from 19:30 to 21:30 the class is that of Sunday.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from include.attendance.sessions import Session, class_window
from include.meeting import Meeting
from include.pipeline.selection.window import ticks
from zoom_provider.instances import Instance

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
    first, last = class_window(meeting.class_time, meeting.timezone, session.start, session.end)
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
