"""A report that is not there, or not whole: nothing is handed on."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from airflow.sdk.exceptions import AirflowFailException, AirflowRescheduleException

from include.pipeline.extract import extract_session
from include.pipeline.files.staging import StagingFolder
from include.pipeline.waiting import GIVE_UP_AFTER
from sandbox.both import Sandbox
from tests.pipeline.evenings import EVENING, just_now, minutes, recent_session_of, session_of
from tests.pipeline.runs import NUMBER
from zoom_provider.errors import ZoomAnswerCutShort, ZoomMissingScope
from zoom_provider.hooks.zoom import ZoomHook

RECENT, LONG_AGO = minutes(30), GIVE_UP_AFTER + minutes(1)


def session_that_ended(sandbox: Sandbox, ago: timedelta, people: int = 400) -> dict[str, Any]:
    held = sandbox.zoom.world.add_bulk(NUMBER, EVENING, people)
    return recent_session_of(held, ended=just_now() - ago)


def test_report_cut_short_fails_and_hands_on_nothing(
    empty_sandbox: Sandbox, staging: Path, folder: StagingFolder
) -> None:
    session = session_that_ended(empty_sandbox, RECENT)
    empty_sandbox.zoom.faults.add("cut_short")
    with pytest.raises(ZoomAnswerCutShort, match="has 400 rows but delivered 299"):
        extract_session(session, ZoomHook(), folder)
    assert list(staging.iterdir()) == []


def test_failure_between_pages_leaves_no_file(
    empty_sandbox: Sandbox, staging: Path, folder: StagingFolder
) -> None:
    session = session_that_ended(empty_sandbox, RECENT)
    empty_sandbox.zoom.faults.add("missing_scope", endpoint="report_participants", after=1)
    with pytest.raises(ZoomMissingScope):
        extract_session(session, ZoomHook(), folder)
    assert list(staging.iterdir()) == []


def test_failure_in_the_second_instance_leaves_no_manifest(
    empty_sandbox: Sandbox, staging: Path, folder: StagingFolder
) -> None:
    world = empty_sandbox.zoom.world
    pair = [world.add_bulk(NUMBER, EVENING + minutes(70 * number), 2) for number in (0, 1)]
    empty_sandbox.zoom.faults.add("cut_short", after=1)
    with pytest.raises(ZoomAnswerCutShort):
        extract_session(session_of(*pair), ZoomHook(), folder)
    assert [file.name for file in staging.iterdir()] == ["rows-0.jsonl"]


@pytest.mark.parametrize(
    ("ago", "outcome"), [(RECENT, AirflowRescheduleException), (LONG_AGO, AirflowFailException)]
)
@pytest.mark.parametrize("fault", ["not_ready", "zero_durations"])
def test_unfinished_report_is_waited_for_with_patience(
    empty_sandbox: Sandbox,
    staging: Path,
    folder: StagingFolder,
    fault: str,
    ago: timedelta,
    outcome: type[Exception],
) -> None:
    session = session_that_ended(empty_sandbox, ago)
    empty_sandbox.zoom.faults.add(fault, endpoint="report_participants", times=2)
    with pytest.raises(outcome):
        extract_session(session, ZoomHook(), folder)
    assert not (staging / "session.json").exists()


def test_message_after_all_patience_says_what_to_do(
    empty_sandbox: Sandbox, folder: StagingFolder
) -> None:
    session = session_that_ended(empty_sandbox, LONG_AGO)
    empty_sandbox.zoom.faults.add("not_ready", endpoint="report_participants")
    with pytest.raises(AirflowFailException, match="Look the session up .* clear this task"):
        extract_session(session, ZoomHook(), folder)


def test_report_is_taken_once_it_is_ready(
    empty_sandbox: Sandbox, staging: Path, folder: StagingFolder
) -> None:
    session = session_that_ended(empty_sandbox, RECENT)
    empty_sandbox.zoom.faults.add("zero_durations", times=2)
    with pytest.raises(AirflowRescheduleException):
        extract_session(session, ZoomHook(), folder)
    extract_session(session, ZoomHook(), folder)
    assert (staging / "session.json").exists()
