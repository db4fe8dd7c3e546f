from __future__ import annotations

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pendulum
import pytest
from airflow.sdk import RetryAction, RetryDecision
from airflow.sdk.exceptions import (
    AirflowException,
    AirflowFailException,
    AirflowNotFoundException,
    AirflowRuntimeError,
    AirflowTaskTimeout,
    ErrorType,
)
from airflow.sdk.execution_time.comms import ErrorResponse

from google_workspace import errors as google
from google_workspace.hooks import SheetsHook
from include.pipeline.failures import (
    HERE,
    TASK_DEFAULTS,
    RetryByCause,
    advice,
    explain,
    say_when_it_is_tried_again,
    say_why_it_failed,
)
from zoom_provider import errors as zoom
from zoom_provider.hooks.zoom import ZoomHook

CLEAR = "Then clear this task."
REFUSED = {
    zoom.ZoomRefused: CLEAR,
    zoom.ZoomBadRequest: "Report it as a bug, with Zoom's tracking id.",
    zoom.ZoomBadCredentials: CLEAR,
    zoom.ZoomMissingScope: CLEAR,
    zoom.ZoomPlanLacksReports: CLEAR,
    zoom.ZoomUnknownMeeting: f"Check `meeting_id` in the meeting's file. {CLEAR}",
    zoom.ZoomWebinar: f"Put a meeting's number under `meeting_id` in the meeting's file. {CLEAR}",
    zoom.ZoomReportTooOld: "It cannot be had any more.",
    google.GoogleRefused: CLEAR,
    google.GoogleBadKey: CLEAR,
    google.GoogleTabsChanged: CLEAR,
    google.GoogleCannotHold: CLEAR,
    google.GoogleNotShared: f"With `folder:` in the meeting's file, do so with the folder. {CLEAR}",
    google.GoogleNotFound: f"It stands under `spreadsheet:` in the meeting's file. {CLEAR}",
    google.GoogleBadRequest: "Report it as a bug.",
}
OURS = [
    zoom.ZoomError,
    zoom.ZoomReportNotReady,
    zoom.ZoomUnavailable,
    zoom.ZoomAnswerCutShort,
    google.GoogleError,
    google.GoogleUnavailable,
]
FOREIGN = [AirflowException, KeyError, MemoryError]
RETRIES_OF_A_TASK = TASK_DEFAULTS["retries"]

BUSY = zoom.ZoomUnavailable("Zoom is busy.")


def decide(
    cause: BaseException, try_number: int = 1, max_tries: int = RETRIES_OF_A_TASK
) -> RetryDecision:
    """Ask the policy as Airflow does, then call the callback that goes with its answer."""
    ti = SimpleNamespace(id="0199", try_number=try_number, max_tries=max_tries)
    dag = SimpleNamespace(timezone=pendulum.timezone("Australia/Sydney"))
    context = {"ti": ti, "dag": dag, "exception": cause}
    decision = RetryByCause().evaluate(cause, try_number, max_tries, context)
    failed = decision.action == RetryAction.FAIL
    (say_why_it_failed if failed else say_when_it_is_tried_again)(context)
    return decision


@pytest.mark.parametrize(("cause", "here"), REFUSED.items())
def test_refusals_fail_at_once_and_say_why_and_what_to_do_here(
    cause: type[Exception], here: str, caplog: pytest.LogCaptureFixture
) -> None:
    decision = decide(cause("Share the spreadsheet."))
    assert (decision.action, decision.reason) == (RetryAction.FAIL, cause.__name__)
    assert " ".join(caplog.messages[-1].split()) == f"Share the spreadsheet. {here}".strip()


def test_what_a_step_adds_to_an_error_is_said_last() -> None:
    error = zoom.ZoomBadRequest("Zoom refused it.")
    error.add_note("Do this with the session.")
    assert advice(error) == (
        "Zoom refused it. Report it as a bug, with Zoom's tracking id. Do this with the session."
    )


SPECIAL = {
    AirflowRuntimeError: AirflowRuntimeError(ErrorResponse()),
}


@pytest.mark.parametrize("kind", [kind for kind, _ in HERE])
def test_a_check_before_the_first_session_has_no_task_to_clear(kind: type[Exception]) -> None:
    error = SPECIAL[kind] if kind in SPECIAL else kind("Share it")
    assert "clear this task" not in explain(error)


@pytest.mark.parametrize("cause", [*OURS, *FOREIGN])
def test_the_rest_is_tried_again_after_one_to_two_minutes(cause: type[Exception]) -> None:
    decision = decide(cause("Busy."))
    assert decision.action == RetryAction.RETRY
    assert timedelta(minutes=1) <= decision.retry_delay <= timedelta(minutes=2)


def test_the_log_ends_with_the_cause_and_the_time_of_the_next_try(
    caplog: pytest.LogCaptureFixture,
) -> None:
    zone = ZoneInfo("Australia/Sydney")
    before = datetime.now(zone).replace(microsecond=0)
    delay = decide(BUSY, try_number=2).retry_delay
    said, _, rest = caplog.messages[-1].partition("\nNext try: ")
    at, _, more = rest.partition(" (Australia/Sydney); ")
    assert (said, more) == ("Zoom is busy.", "3 more after that.")
    wait = datetime.strptime(at, "%a %Y-%m-%d %H:%M:%S").replace(tzinfo=zone) - before
    assert timedelta() <= wait - delay + timedelta(seconds=1) <= timedelta(seconds=10)


def test_lines_of_a_message_stay_lines(caplog: pytest.LogCaptureFixture) -> None:
    checks = AirflowFailException("2 checks NOT OK.\nNOT OK   Zoom: no.\nNOT OK   Google: no.")
    say_why_it_failed({"exception": checks})
    assert caplog.messages[-1].splitlines() == [
        "2 checks NOT OK.",
        "NOT OK   Zoom: no.",
        "NOT OK   Google: no.",
    ]


def test_tasks_that_fail_together_are_not_tried_again_together() -> None:
    contexts = [{"ti": SimpleNamespace(id=number)} for number in range(20)]
    delays = {RetryByCause().evaluate(BUSY, 1, 5, context).retry_delay for context in contexts}
    assert len(delays) == len(contexts)


def test_a_time_limit_is_tried_again_and_named(caplog: pytest.LogCaptureFixture) -> None:
    assert decide(AirflowTaskTimeout("Timeout, PID: 7")).action == RetryAction.RETRY
    assert caplog.messages[-1].startswith("The task took longer than its time limit")


def test_a_failure_without_tries_is_not_said_to_have_used_them_up(
    caplog: pytest.LogCaptureFixture,
) -> None:
    ti = SimpleNamespace(id="0199", try_number=6, max_tries=5)
    say_why_it_failed({"ti": ti, "exception": AirflowFailException("Nobody met.")})
    assert caplog.messages[-1] == "Nobody met."


def test_a_lost_worker_leaves_nothing_to_say(caplog: pytest.LogCaptureFixture) -> None:
    say_why_it_failed({"ti": SimpleNamespace(try_number=1, max_tries=5)})
    assert caplog.messages == []


def test_long_lines_are_broken_but_not_addresses(caplog: pytest.LogCaptureFixture) -> None:
    address = f"https://example.org/{'a' * 100}"
    decide(google.GoogleRefused(f"{'Share it. ' * 20}See {address} for more."))
    *lines, last = caplog.messages[-1].splitlines()
    assert address in lines
    assert all(len(line) <= 88 for line in lines if line != address)
    assert last == f"for more. {CLEAR}"


@pytest.mark.parametrize("cause", FOREIGN)
def test_foreign_messages_are_not_repeated(
    cause: type[Exception], caplog: pytest.LogCaptureFixture
) -> None:
    decision = decide(cause("Ada Example"))
    assert caplog.messages[-1].startswith(f"The task ended with {cause.__name__}, which is unknown")
    assert "Ada" not in caplog.text + decision.reason


@pytest.mark.parametrize(("try_number", "minutes"), [(2, 2), (3, 4), (4, 8), (5, 16)])
def test_each_wait_is_twice_as_long(try_number: int, minutes: int) -> None:
    delay = decide(BUSY, try_number).retry_delay
    assert timedelta(minutes=minutes) <= delay <= timedelta(minutes=2 * minutes)


def test_a_cleared_task_begins_with_short_waits_again() -> None:
    # When a task is cleared after its sixth try, Airflow allows five retries more.
    delay = decide(BUSY, try_number=7, max_tries=11).retry_delay
    assert timedelta(minutes=1) <= delay <= timedelta(minutes=2)


def test_the_last_try_says_that_it_was_the_last(caplog: pytest.LogCaptureFixture) -> None:
    assert decide(BUSY, try_number=6).action == RetryAction.FAIL
    said = "Zoom is busy.\nThere is no try left: clear this task when the cause has passed."
    assert caplog.messages[-1] == said


def test_a_limit_that_is_said_to_last_for_years_is_one_of_a_day() -> None:
    lifts = datetime.now(UTC) + timedelta(days=26_000)
    delay = decide(zoom.ZoomLimitReached("Daily limit.", lifts)).retry_delay
    assert delay == timedelta(days=1, minutes=1)


@pytest.mark.parametrize("kind", [ErrorType.API_SERVER_ERROR, ErrorType.GENERIC_ERROR])
def test_airflow_that_does_not_answer_is_tried_again(kind: ErrorType) -> None:
    error = AirflowRuntimeError(ErrorResponse(error=kind, detail={"message": "Ada Example"}))
    assert decide(error).action == RetryAction.RETRY
    said = advice(error)
    assert said.startswith(f"Airflow did not answer its own task ({kind.value}). Its api-server")
    assert "Ada" not in said


@pytest.mark.parametrize("hours", [-1, 0, 5])
def test_limit_is_tried_again_when_it_lifts(hours: int) -> None:
    lifts = datetime.now(UTC) + timedelta(hours=hours)
    decision = decide(zoom.ZoomLimitReached("Daily limit.", lifts))
    assert decision.action == RetryAction.RETRY
    wanted = timedelta(hours=max(hours, 0), minutes=1)
    assert wanted - timedelta(seconds=30) <= decision.retry_delay <= wanted


@pytest.mark.parametrize(
    ("connection", "use"),
    [
        ("zoom_default", lambda: ZoomHook().list_past_instances(812_0000_3456)),
        ("google_cloud_default", SheetsHook),
    ],
)
def test_missing_connection_fails_at_once_and_names_it(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, connection: str, use: object
) -> None:
    monkeypatch.delenv(f"AIRFLOW_CONN_{connection.upper()}", raising=False)
    with pytest.raises(AirflowNotFoundException) as missing:
        use()
    assert decide(missing.value).action == RetryAction.FAIL
    said = " ".join(caplog.messages[-1].split())
    assert f"`{connection}` isn't defined. Make it at Admin > Connections" in said
