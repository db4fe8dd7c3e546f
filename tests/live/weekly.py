"""Weekly meetings for the tests that share an Airflow: a Dag and a place for each test folder."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sandbox.google import GoogleState
from sandbox.google.seed import SHARED_DRIVE
from sandbox.meeting_files import read_entries
from sandbox.stack import ROOT
from sandbox.zoom import World
from sandbox.zoom.instance import Instance
from sandbox.zoom.series import SERIES, Series
from sandbox.zoom.session import Session

TODAY = date(2026, 5, 24)
"""The invented world ends here, before any day on which the tests run. The clocks of its zones
changed in spring."""

ENTRIES = {entry["name"]: entry for entry in read_entries(ROOT / "sandbox" / "meetings")}


@dataclass(frozen=True)
class Weekly:
    """A copy of a meeting of sandbox/meetings with a Dag and a place of its own.

    :param like: the name of that meeting.
    :param number: of the copy.
    """

    like: str
    name: str
    title: str
    number: int

    @property
    def dag_id(self) -> str:
        return f"zoom_attendance_{self.name}"

    @property
    def spreadsheet(self) -> str:
        """Where its reports go, unless they go to a folder."""
        return f"spreadsheet-of-the-meeting-{self.name}"

    @property
    def folder(self) -> str:
        return f"Reports of {self.title}"

    @property
    def series(self) -> Series:
        """What was held of it."""
        number = int(ENTRIES[self.like]["meeting_id"].replace(" ", ""))
        like = next(series for series in SERIES if series.number == number)
        return replace(like, number=self.number)

    def entry(self, **changes: Any) -> dict[str, Any]:
        """Return the fields of its file, and its name."""
        like = ENTRIES[self.like]
        folder, spreadsheet = {"folder": self.folder}, {"spreadsheet": self.spreadsheet}
        own = {
            "name": self.name,
            "title": self.title,
            "meeting_id": self.number,
            "publish_to": folder if "folder" in like["publish_to"] else spreadsheet,
        }
        return like | own | changes

    def make_place(self, google: GoogleState) -> None:
        """Make the folder and the spreadsheet."""
        google.add_folder(self.folder, SHARED_DRIVE)
        google.add_spreadsheet(self.name, id=self.spreadsheet)

    def sessions(self, world: World) -> list[Session]:
        """Return what was held, oldest first, without the host's visits to the empty room."""
        return [one for one in world.sessions(self.number) if not one.plan.stray]

    def sessions_of(self, world: World, run: dict[str, Any]) -> list[Session]:
        """Return what was held in the week before a run's date, by the clocks of its zone."""
        end = date_of(run).astimezone(ZoneInfo(ENTRIES[self.like]["timezone"]))
        held, start = world.sessions(self.number), end - timedelta(weeks=1)
        return [session for session in held if start <= session.instances[0].start < end]

    def session_of(self, world: World, day: str) -> Session:
        return next(one for one in self.sessions(world) if str(one.plan.day) == day)


def date_of(run: dict[str, Any]) -> datetime:
    """Return the date of a run, as the REST API shows it."""
    return datetime.fromisoformat(run["logical_date"])


class LongWorld(World):
    """Zoom's retention is measured for each meeting: some were held in spring, others just now."""

    def __init__(self, meetings: Iterable[Weekly]) -> None:
        super().__init__(TODAY, [meeting.series for meeting in meetings])

    def age(self, instance: Instance) -> timedelta:
        return self.instances(instance.number)[-1].start - instance.start
