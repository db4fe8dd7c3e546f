from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from airflow.sdk.exceptions import AirflowFailException

from include.pipeline.window import Window, window_of_run
from tests.pipeline.runs import run

SYDNEY, LONDON = "Australia/Sydney", "Europe/London"
NOW = datetime(2026, 11, 22, 4, 5, tzinfo=UTC)


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)


def test_scheduled_run_looks_at_its_interval() -> None:
    start, end = utc(2026, 11, 15, 12), utc(2026, 11, 22, 12)
    assert window_of_run(run(start, end), SYDNEY) == Window(start, end)


def test_run_without_interval_looks_at_the_last_seven_days() -> None:
    assert window_of_run(run(now=NOW), SYDNEY) == Window(NOW - timedelta(days=7), NOW)


@pytest.mark.parametrize(
    ("params", "zone", "start", "end"),
    [
        # The Sunday in October on which Sydney's clocks go forward has 23 hours.
        ({"session": "2026-10-04"}, SYDNEY, utc(2026, 10, 3, 14), utc(2026, 10, 4, 13)),
        # That in April, on which they go back, has 25.
        ({"session": "2026-04-05"}, SYDNEY, utc(2026, 4, 4, 13), utc(2026, 4, 5, 14)),
        ({"session": "2026-06-14"}, SYDNEY, utc(2026, 6, 13, 14), utc(2026, 6, 14, 14)),
        ({"session": "2026-06-14"}, LONDON, utc(2026, 6, 13, 23), utc(2026, 6, 14, 23)),
        ({"session": "2028-02-29"}, "UTC", utc(2028, 2, 29), utc(2028, 3, 1)),
        (
            {"from_date": "2026-10-03", "to_date": "2026-10-05"},
            SYDNEY,
            utc(2026, 10, 2, 14),
            utc(2026, 10, 5, 13),
        ),
        ({"from_date": "2026-06-14"}, SYDNEY, utc(2026, 6, 13, 14), utc(2026, 6, 14, 14)),
        ({"to_date": "2026-06-14"}, SYDNEY, utc(2026, 6, 13, 14), utc(2026, 6, 14, 14)),
    ],
)
def test_params_name_local_days(
    params: dict[str, str], zone: str, start: datetime, end: datetime
) -> None:
    assert window_of_run(run(now=NOW, **params), zone) == Window(start, end)


def test_params_go_before_the_interval() -> None:
    context = run(utc(2026, 11, 15), utc(2026, 11, 22), session="2026-06-14")
    assert window_of_run(context, "UTC") == Window(utc(2026, 6, 14), utc(2026, 6, 15))


@pytest.mark.parametrize(
    ("params", "said"),
    [
        ({"from_date": "2026-06-14", "to_date": "2026-06-13"}, "end .* before they begin"),
        ({"session": "2026-02-30"}, "'2026-02-30', which is no day"),
    ],
)
def test_impossible_days_fail_at_once(params: dict[str, str], said: str) -> None:
    with pytest.raises(AirflowFailException, match=said):
        window_of_run(run(now=NOW, **params), SYDNEY)


def test_neighbouring_windows_share_no_instant() -> None:
    edge = utc(2026, 11, 15, 12)
    before = Window(edge - timedelta(days=7), edge)
    after = Window(edge, edge + timedelta(days=7))
    assert (before.holds(edge), after.holds(edge)) == (False, True)
