"""The evening that every cell reports on, and the Zoom and Google that hold it. All is invented.

Whatever must never be logged begins with "zz": names, addresses, secrets.
"""

from __future__ import annotations

import json
from copy import deepcopy
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from sandbox import zoom
from sandbox.connections import connections
from sandbox.google import GoogleState, plant
from sandbox.google.keys import key_pair
from sandbox.google.seed import SHARED_SPREADSHEET
from sandbox.zoom import World
from sandbox.zoom.rows import Row, participant_row
from sandbox.zoom.state import ZoomState

NUMBER = 812_0000_3456
ADDRESS = "zzrobot@example.iam.gserviceaccount.com"
SECRETS = ("zzsecret-of-zoom", "zzname", "zzmail", "BEGIN PRIVATE KEY", ADDRESS)
PLACES = {
    "folder": {"folder": "Attendance reports"},
    "tab": {"spreadsheet": SHARED_SPREADSHEET},
    "book": {"spreadsheet": SHARED_SPREADSHEET},
}
FEWER = 30
"""People that the former report of a tab lacks."""

MEMBERS = [["Zzname 0001", "Youth"], ["Zzname 0002", "Choir"], ["Zzname Nobody", "Youth"]]
"""Who is typed into People; the last was not there."""


def minutes(count: float) -> timedelta:
    return timedelta(minutes=count)


def meeting(kind: str) -> dict[str, Any]:
    """The meeting's fields, as its file has them.

    :param kind: where its reports go, a key of PLACES.
    """
    return {
        "name": "choir",
        "title": "Choir",
        "meeting_id": NUMBER,
        "timezone": "Australia/Sydney",
        "schedule": "0 * * * *",
        "publish_to": PLACES[kind],
    }


def tick(now: datetime, hours: int) -> datetime:
    """The run's date: so many whole hours ago."""
    return now.replace(minute=0, second=0, microsecond=0) - timedelta(hours=hours)


def world(now: datetime, hours: int, *, fewer: int = 0) -> World:
    """Two parts of one session, in the hour before the tick: three pages of rows, and one."""
    made = World.empty()
    begin = tick(now, hours) - minutes(50)
    made.add(NUMBER, begin, begin + minutes(25), _many(begin, 640 - fewer))
    again = begin + minutes(30)
    made.add(NUMBER, again, again + minutes(10), _few(again))
    return made


def _many(begin: datetime, people: int) -> list[Row]:
    rows = [
        participant_row(
            f"Zzname {place:04}" if place % 16 else "Zzname iPhone",
            begin + timedelta(seconds=place % 600),
            begin + minutes(24) - timedelta(seconds=place % 300),
            account_id=f"account{place}" if place % 16 else "",
            email=f"zzmail{place}@example.org" if place % 16 else "",
        )
        for place in range(people)
    ]
    waited = participant_row("Zzname Waiting", begin, begin + minutes(9), waiting=True)
    return [*rows, waited, participant_row("", begin, begin + minutes(5))]


def _few(begin: datetime) -> list[Row]:
    return [
        participant_row(
            f"Zzname {place:04}",
            begin,
            begin + minutes(9),
            account_id=f"account{place}",
            email=f"zzmail{place}@example.org",
        )
        for place in range(1, 6)
    ]


def zoom_over(made: World) -> ZoomState:
    """A Zoom whose per-second limits are no matter here."""
    state = zoom.ZoomState(made)
    state.limits.per_second = dict.fromkeys(state.limits.per_second, 10_000)
    return state


def new_google() -> GoogleState:
    state = GoogleState()
    plant(state)
    state.public_keys[ADDRESS] = _keys()[1]
    return state


def copy_of(state: GoogleState) -> GoogleState:
    copy = GoogleState()  # with a lock of its own
    held = {name: held for name, held in vars(state).items() if name != "_changing"}
    vars(copy).update(deepcopy(held))
    return copy


_keys = cache(key_pair)


def environment(url: str) -> dict[str, str]:
    """The Airflow connections that lead to this address, as environment variables."""
    known = connections(url)
    known["zoom_default"]["extra"]["heavy_per_second"] = 30
    key = {
        "type": "service_account",
        "client_email": ADDRESS,
        "client_id": "1",
        "private_key": _keys()[0],
        "token_uri": f"{url}/oauth2/token",
    }
    extra = known["google_cloud_default"]["extra"]
    del extra["is_anonymous"]
    extra |= {
        "keyfile_dict": json.dumps(key),
        "scope": "https://www.googleapis.com/auth/spreadsheets,"
        "https://www.googleapis.com/auth/drive",
    }
    return {f"AIRFLOW_CONN_{name.upper()}": json.dumps(one) for name, one in known.items()}


def now() -> datetime:
    return datetime.now(UTC)
