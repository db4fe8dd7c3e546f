"""What Airflow shows under Docs of a meeting."""

from __future__ import annotations

from datetime import datetime

import pytest

from include.pipeline.dag_docs import dag_docs
from tests.pipeline.runs import FOLDER, meeting


def test_it_describes_the_meeting_without_an_address() -> None:
    docs = dag_docs(meeting(notify=["office@example.org"], class_time="19:30-21:00"))
    for row in [
        "| Zoom meeting | 812 0000 3456 |",
        "| Runs | At 23:00, only on Sunday, by the clocks of Australia/Sydney |",
        "| Class time | 19:30-21:00 |",
        "| Mails go to | 1 address(es), those of the meeting's file |",
    ]:
        assert f"\n{row}\n" in docs
    assert "@" not in docs


def test_a_title_stays_in_its_cell() -> None:
    docs = dag_docs(meeting(title="Adults | <b>Teens</b>", publish_to=FOLDER))
    assert docs.startswith("| **Adults \\| <b>Teens</b>** | |\n")
    assert "in the folder Attendance reports |" in docs


@pytest.mark.parametrize(
    ("schedule", "timezone", "now", "days"),
    [
        (
            "0 23 * * 0",
            "Australia/Sydney",
            "2026-12-01T00:00+11:00",
            "6, 13, 20, 27 December 2026; 3, 10, 17, 24, 31 January 2027",
        ),
        (
            "0 23 * * 0",
            "Australia/Sydney",
            "2026-11-30T23:59+11:00",
            "1, 8, 15, 22, 29 November 2026; 6, 13, 20, 27 December 2026",
        ),
        # The nights on which the clocks skip midnight, or have it twice.
        ("0 0 8 3 *", "America/Havana", "2026-03-20T12:00-04:00", "8 March 2026"),
        ("0 0 1 11 *", "America/Havana", "2026-11-20T12:00-05:00", "1 November 2026"),
        ("0 8 1 3 *", "Europe/Berlin", "2026-12-01T00:00+01:00", "1 March 2027"),
        ("0 8 31 1,3 *", "Europe/Berlin", "2027-02-28T00:00+01:00", "31 March 2027"),
        ("0 8,20 * * *", "Asia/Kolkata", "2026-12-01T00:00+05:30", "more than one a day"),
    ],
)
def test_days_of_runs_are_those_of_this_month_and_the_next(
    monkeypatch: pytest.MonkeyPatch, schedule: str, timezone: str, now: str, days: str
) -> None:
    instant = datetime.fromisoformat(now).timestamp()
    monkeypatch.setattr("include.pipeline.dag_docs.time.time", lambda: instant)
    docs = dag_docs(meeting(schedule=schedule, timezone=timezone))
    assert f"\n| Days of runs | {days} |\n" in docs


def test_a_run_on_each_day_of_two_months(monkeypatch: pytest.MonkeyPatch) -> None:
    instant = datetime.fromisoformat("2026-12-31T00:00+00:00").timestamp()
    monkeypatch.setattr("include.pipeline.dag_docs.time.time", lambda: instant)
    docs = dag_docs(meeting(schedule="0 8 * * *", timezone="Asia/Kolkata"))
    assert ", 30, 31 December 2026; 1, 2, 3, 4, " in docs
    assert ", 30, 31 January 2027 |" in docs
