"""The three weekly meetings of the invented world, and the dates on which they were held."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

WEEKS = 30


@dataclass(frozen=True)
class Series:
    """A meeting that recurs weekly at a local time.

    `people` is how many it invites; `opens` and `closes` are the extremes, in minutes around the
    planned times, of when the host really begins and ends. Ages count weeks, 0 being the newest.
    """

    number: int
    topic: str
    zone: str
    weekday: int
    begins: time
    ends: time
    people: int
    opens: tuple[int, int] = (-15, -5)
    closes: tuple[int, int] = (-3, 12)
    registration: bool = False
    breakouts: bool = True
    holidays: tuple[int, ...] = ()
    restarts: tuple[int, ...] = ()
    strays: tuple[int, ...] = ()

    def planned(self, day: date) -> tuple[int, int]:
        """Planned start and end on that local day, epoch seconds."""
        zone = ZoneInfo(self.zone)
        begins, ends = (datetime.combine(day, at, zone) for at in (self.begins, self.ends))
        return int(begins.timestamp()), int(ends.timestamp())

    def dates(self, today: date) -> list[date]:
        """The last 30 local dates, newest first, of sessions that were over at 0:00 UTC `today`."""
        midnight = datetime.combine(today, time(), UTC).timestamp()
        newest = today + timedelta(days=1)
        while newest.weekday() != self.weekday or self.planned(newest)[1] + 3600 > midnight:
            newest -= timedelta(days=1)
        return [newest - timedelta(weeks=age) for age in range(WEEKS)]


BIBLE_STUDY = Series(
    number=98765432101,
    topic="Bible study",
    zone="Australia/Sydney",
    weekday=6,
    begins=time(19, 30),
    ends=time(21),
    people=76,
    holidays=(2,),
    restarts=(4, 17),
    strays=(1, 14),
)
TOWN_HALL = Series(
    number=91234567890,
    topic="Town hall",
    zone="Europe/London",
    weekday=3,
    begins=time(16),
    ends=time(17),
    people=480,
    registration=True,
    breakouts=False,
)
EVENING_CLASS = Series(
    number=85550001111,
    topic="Evening class",
    zone="America/New_York",
    weekday=1,
    begins=time(18),
    ends=time(20),
    people=26,
    opens=(-25, -15),
    closes=(8, 20),
    restarts=(6,),
)
SERIES = (BIBLE_STUDY, TOWN_HALL, EVENING_CLASS)
