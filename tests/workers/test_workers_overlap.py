"""A backfill, runs by hand of the same sessions, and two meetings in one spreadsheet, at once."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest

from sandbox.google.files import SPREADSHEET
from sandbox.google.seed import SHARED_SPREADSHEET
from tests.airflow_runs import finished, instances, reports, seen
from tests.workers.alone import Alone
from tests.workers.invented import BIBLE_STUDY, EVENING_CLASS, TOWN_HALL, uuid_of
from tests.workers.kills import Killed
from tests.workers.stack import Stack

FIRST, LAST = "2026-04-05T00:00:00+11:00", "2026-04-27T00:00:00+10:00"
"""Four Sundays; Sydney's clocks change on the first."""

SUNDAYS = ["2026-04-05", "2026-04-12", "2026-04-19", "2026-04-26"]
THURSDAYS = ["2026-04-09", "2026-04-16"]
TUESDAYS = ["2026-04-07", "2026-04-14"]
DAYS = {BIBLE_STUDY: SUNDAYS, TOWN_HALL: THURSDAYS, EVENING_CLASS: TUESDAYS}

BACKFILL = "backfill"

Runs = dict[str, list[str]]


@pytest.fixture(scope="module")
def runs(stack: Stack, killed: list[Killed]) -> Runs:
    """All of them, ended; by Dag. (The killed runs are under way, too, waiting for their retry.)"""
    airflow, restarted = stack.airflow, uuid_of(stack.sandbox.zoom.world, BIBLE_STUDY, SUNDAYS[2])
    airflow.backfill(BIBLE_STUDY, FIRST, LAST)
    by_hand = {
        BIBLE_STUDY: [
            airflow.trigger(BIBLE_STUDY, session=SUNDAYS[0]),
            airflow.trigger(BIBLE_STUDY, uuid=restarted),
        ],
        TOWN_HALL: [airflow.trigger(TOWN_HALL, **_between(THURSDAYS)) for _ in range(2)],
        EVENING_CLASS: [airflow.trigger(EVENING_CLASS, **_between(TUESDAYS))],
    }
    weeks = [run["dag_run_id"] for run in airflow.runs(BIBLE_STUDY) if run["run_type"] == BACKFILL]
    ended = by_hand | {BIBLE_STUDY: by_hand[BIBLE_STUDY] + weeks}
    made = [finished(airflow, dag_id, run_id) for dag_id in ended for run_id in ended[dag_id]]
    assert {run["state"] for run in made} == {"success"}
    return ended


def _between(days: list[str]) -> dict[str, str]:
    return {"from_date": days[0], "to_date": days[-1]}


def all_reports(stack: Stack, runs: Runs, dag_id: str) -> list[tuple[str, dict[str, Any]]]:
    return [
        (day, report)
        for run_id in runs[dag_id]
        for day, report in reports(stack.airflow, dag_id, run_id).items()
    ]


def test_the_backfill_made_four_weeks(stack: Stack, runs: Runs) -> None:
    weeks = [run for run in runs[BIBLE_STUDY] if run.startswith("backfill__")]
    made = [day for run in weeks for day in reports(stack.airflow, BIBLE_STUDY, run)]
    assert sorted(made) == SUNDAYS


@pytest.mark.parametrize("dag_id", DAYS)
def test_each_report_is_as_if_it_had_been_made_alone(
    stack: Stack, runs: Runs, alone: Alone, dag_id: str
) -> None:
    found = all_reports(stack, runs, dag_id)
    assert {day for day, _ in found} == set(DAYS[dag_id])
    expected = {day: alone.seen(dag_id, day) for day in DAYS[dag_id]}
    for day, report in found:
        assert seen(stack.sandbox.google, report) == expected[day]


@pytest.mark.parametrize("dag_id", DAYS)
def test_each_session_has_one_place(stack: Stack, runs: Runs, dag_id: str) -> None:
    links = {(day, report["link"]) for day, report in all_reports(stack, runs, dag_id)}
    assert len(links) == len(DAYS[dag_id])


def test_nothing_was_made_twice(stack: Stack, runs: Runs) -> None:
    made = [f for f in stack.sandbox.google.files if f.mime_type == SPREADSHEET and f.properties]
    keys = [str(file.properties) for file in made]
    assert len(keys) == len(set(keys))
    titles = [tab.title for tab in stack.sandbox.google.spreadsheets[SHARED_SPREADSHEET].sheets]
    assert len(titles) == len(set(titles))
    assert {f"{day} Town hall" for day in THURSDAYS} < set(titles)
    assert {f"{day} Evening class" for day in TUESDAYS} < set(titles)


@pytest.mark.parametrize("dag_id", DAYS)
def test_one_report_of_a_meeting_is_written_at_a_time(
    stack: Stack, runs: Runs, dag_id: str
) -> None:
    loads = sorted(
        (load["start_date"], load["end_date"])
        for run_id in runs[dag_id]
        for load in instances(stack.airflow, dag_id, run_id, "report.load")
    )
    assert len(loads) >= len(DAYS[dag_id])
    assert [pair for pair in pairwise(loads) if pair[0][1] > pair[1][0]] == []
