"""The published table: the plain groupby on plain data, local times, dtypes, odd names."""

from __future__ import annotations

import random
from datetime import UTC, datetime
from decimal import ROUND_HALF_UP, Decimal

import pandas as pd
import pytest

from include.attendance.attendance import take_attendance
from include.attendance.names import is_generic
from include.attendance.sessions import SessionFacts
from tests.attendance.made_rows import HOUR, Row, attendance, facts, minutes, row, staged

COLUMNS = ["id", "name", "user_email", "total_duration", "join_time", "leave_time"]
DTYPES = ["str", "str", "str", "float64", "datetime64[s]", "datetime64[s]"]


def _plain_rows(seed: int) -> list[Row]:
    """Accounts and guests with names of their own, each connection after the one before."""
    rng = random.Random(seed)
    rows = []
    for number in range(300):
        account = {"id": f"u{number}", "user_email": f"p{number}@example.org"}
        cuts = sorted(rng.sample(range(HOUR), 2 * rng.randint(1, 4)))
        for join, leave in zip(cuts[::2], cuts[1::2], strict=True):
            rows.append(row(f"Person {number}", join, leave, **(account if number % 3 else {})))
    rng.shuffle(rows)
    return rows


def _hours(seconds: int) -> float:
    return float((Decimal(seconds) / 3600).quantize(Decimal("0.01"), ROUND_HALF_UP))


def _plain_groupby(rows: list[Row], timezone: str) -> pd.DataFrame:
    """What the table has always been: sum of durations, first join, last leave."""
    frame = pd.DataFrame(rows)
    for column in ("join_time", "leave_time"):
        times = pd.to_datetime(frame[column]).dt.tz_convert(timezone)
        frame[column] = times.dt.tz_localize(None).dt.as_unit("s")
    frame["duration"] = (frame["leave_time"] - frame["join_time"]).dt.total_seconds()
    table = frame.groupby(["id", "name", "user_email"], as_index=False).agg(
        total_duration=("duration", "sum"),
        join_time=("join_time", "min"),
        leave_time=("leave_time", "max"),
    )
    table["total_duration"] = table["total_duration"].astype(int).map(_hours)
    return table.sort_values("name", key=lambda names: names.str.casefold(), ignore_index=True)


@pytest.mark.parametrize("seed", range(5))
def test_plain_data_equals_the_plain_groupby(seed: int) -> None:
    rows = _plain_rows(seed)
    ours = attendance(rows, timezone="Australia/Sydney").table
    pd.testing.assert_frame_equal(ours, _plain_groupby(rows, "Australia/Sydney"))


@pytest.mark.parametrize("files", [[], [staged([])], [staged([]), staged([])]])
def test_nobody_came(files: list) -> None:
    result, _ = take_attendance(facts(), files)
    assert len(result.table) == result.total_seconds == 0
    assert list(result.table) == COLUMNS
    assert result.table.dtypes.astype(str).tolist() == DTYPES


def test_dtypes_columns_and_order() -> None:
    rows = [minutes("bo", 0, 9), minutes("Ann", 5, 9, id="2"), minutes("ann", 3, 9, id="1")]
    table = attendance(rows).table
    assert list(table) == COLUMNS
    assert table.dtypes.astype(str).tolist() == DTYPES
    assert table["name"].tolist() == ["ann", "Ann", "bo"]


def test_telephones_and_devices_come_after_names() -> None:
    devices = ["+61 4** *** 123", "Galaxy S21 Ultra", "iPad (2)", "iPhone", "iphone 15 pro"]
    devices += ["SM-A515F", "Zoom user"]
    names = ["Ann's iPhone", "Honor Moto", "Pixel Grant", "Zoe 2nd", "愛"]
    rows = [minutes(name, 0, 30) for name in ["", *devices, *names]]
    assert attendance(rows).table["name"].tolist() == [*names, "(no name)", *devices]


DEVICES = (
    "Galaxy J7 Prime|Galaxy A03 Core|Galaxy Grand Prime|SAMSUNG Galaxy|Samsung Galaxy A12|"
    "GalaxyS21|moto g power|moto g(7) power|LG-M255|Lenovo TB-X505F|iphone12|"
    "iPhone SE (2nd generation)|Android Phone|"
    "1\u2011647\u2011***\u20111234|1\u2010647\u2010***\u20101234|Call in user 1|"
    "Call-In User_1|Gast|Invité|Phone User|Caller 1"
)
NOT_DEVICES = "Galaxy S21 de Ann|Prime|Grand|Lee G|Power Play|Ann Core|iPhone Ann|Callum|Lenovo Ann"


@pytest.mark.parametrize("name", DEVICES.split("|"))
def test_a_device_is_known_by_its_name(name: str) -> None:
    assert is_generic(name)


@pytest.mark.parametrize("name", NOT_DEVICES.split("|"))
def test_a_name_like_a_devices_is_somebodys(name: str) -> None:
    assert not is_generic(name)


@pytest.mark.parametrize(
    "name", ["🦊 Kit", 'Ann "Bo" Lee', "=IMPORTXML(1)", "O'Neil\\", "愛", "A\x00b"]
)
def test_names_are_data(name: str) -> None:
    table = attendance([minutes(name, 0, 30), minutes(name, 30, 60)]).table
    assert table[["name", "total_duration"]].to_numpy().tolist() == [[name, 1.0]]


@pytest.mark.parametrize(
    ("timezone", "start", "local"),
    [
        # Sydney puts its clocks forward on 4 Oct 2026 at 16:00 UTC of the 3rd, back on 5 April.
        ("Australia/Sydney", datetime(2026, 10, 3, 15, 30, tzinfo=UTC), ("01:30", "03:30")),
        ("Australia/Sydney", datetime(2026, 4, 4, 15, 30, tzinfo=UTC), ("02:30", "02:30")),
        ("America/New_York", datetime(2026, 3, 8, 6, 30, tzinfo=UTC), ("01:30", "03:30")),
        ("America/New_York", datetime(2026, 11, 1, 5, 30, tzinfo=UTC), ("01:30", "01:30")),
        ("UTC", datetime(2026, 11, 1, 5, 30, tzinfo=UTC), ("05:30", "06:30")),
    ],
)
def test_an_hour_is_an_hour_on_the_night_the_clock_changes(
    timezone: str, start: datetime, local: tuple[str, str]
) -> None:
    end = start + pd.Timedelta(hours=1)
    about = SessionFacts("algebra", "Algebra", timezone, start, end)
    times = {"join_time": f"{start:%FT%TZ}", "leave_time": f"{end:%FT%TZ}"}
    counted, _ = take_attendance(about, [staged([{**minutes("Ann", 0, 0), **times}])])
    table = counted.table
    shown = tuple(table[column][0].strftime("%H:%M") for column in ("join_time", "leave_time"))
    assert (table["total_duration"][0], shown) == (1.0, local)


def test_outside_the_class_time_is_zero_hours_not_nobody() -> None:
    start, end = facts().start, facts().end
    class_time = (start + pd.Timedelta(minutes=30), end)
    table = attendance([minutes("Ann", -10, 20)], class_time=class_time).table
    assert table[["name", "total_duration"]].to_numpy().tolist() == [["Ann", 0.0]]
    assert table["join_time"][0] == pd.Timestamp("2026-01-05 08:20")


@pytest.mark.parametrize(("seconds", "hours"), [(17, 0.0), (18, 0.01), (54, 0.02), (3600, 1.0)])
def test_hours_are_rounded_half_up(seconds: int, hours: float) -> None:
    assert attendance([row("Ann", 0, seconds)]).table["total_duration"].tolist() == [hours]


def test_files_of_several_instances_are_one_session() -> None:
    files = [staged([minutes("Ann", 0, 20)]), staged([]), staged([minutes("Ann", 25, 60)])]
    assert take_attendance(facts(), files)[0].total_seconds == 55 * 60


def test_fifty_thousand_rows() -> None:
    rows = [minutes(f"Guest {n // 2}", 30 * (n % 2), 30 * (n % 2) + 30) for n in range(50_000)]
    result = attendance(rows)
    assert len(result.table) == 25_000
    assert set(result.table["total_duration"]) == {1.0}
