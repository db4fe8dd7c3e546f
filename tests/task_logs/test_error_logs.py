"""Each class of error, from its cause in Zoom or Google to the last lines of the task's log."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest

from tests.task_logs.cases import (
    CASES,
    NO_RETRY_HELPS,
    PASSES_BY_ITSELF,
    TYPED_WRONGLY,
    UNTIL_MIDNIGHT,
    WAITS,
)
from tests.task_logs.desk import Run, Seen

SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)


def seen(runs: dict[str, Run], name: str) -> Seen:
    """What a person sees of a case after its first try."""
    found = runs[name].seen(CASES[name].task)
    assert CASES[name].says in found.end_of_log
    return found


@pytest.mark.parametrize("name", NO_RETRY_HELPS)
def test_what_no_retry_helps_fails_at_once_and_says_what_to_do(
    runs: dict[str, Run], name: str
) -> None:
    assert seen(runs, name).state == "failed"


@pytest.mark.parametrize("name", TYPED_WRONGLY)
def test_what_a_person_typed_wrongly_is_no_failure_and_says_what_to_fill_in(
    runs: dict[str, Run], name: str
) -> None:
    assert seen(runs, name).state == "skipped"


@pytest.mark.parametrize("name", PASSES_BY_ITSELF)
def test_what_passes_by_itself_is_tried_again_in_minutes(runs: dict[str, Run], name: str) -> None:
    found = seen(runs, name)
    assert found.state == "up_for_retry"
    assert MINUTE - SECOND <= found.next_try - found.written <= 2 * MINUTE


@pytest.mark.parametrize("name", UNTIL_MIDNIGHT)
def test_a_daily_limit_is_tried_again_when_it_lifts(runs: dict[str, Run], name: str) -> None:
    found = seen(runs, name)
    assert found.state == "up_for_retry"
    assert timedelta() < found.next_try - found.written <= timedelta(days=1) + MINUTE
    lifted = found.next_try - MINUTE
    assert lifted - datetime.combine(lifted, time(), UTC) <= SECOND


@pytest.mark.parametrize("name", WAITS)
def test_waiting_for_zoom_shows_as_waiting_and_uses_no_try(runs: dict[str, Run], name: str) -> None:
    found = seen(runs, name)
    assert found.state == "up_for_reschedule"
    assert not any("failed" in line for line in found.log)


@pytest.mark.parametrize("name", [name for name in WAITS if CASES[name].task != "sessions"])
def test_a_waiting_task_has_its_sessions_date_as_map_index(runs: dict[str, Run], name: str) -> None:
    assert seen(runs, name).state == "up_for_reschedule"
    label = runs[name].task(CASES[name].task)["rendered_map_index"]
    assert datetime.fromisoformat(label)
