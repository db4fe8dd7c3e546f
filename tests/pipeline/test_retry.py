from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from airflow.sdk import RetryAction
from airflow.sdk.exceptions import AirflowException, AirflowNotFoundException

from google_workspace import errors as google
from google_workspace.hooks import SheetsHook
from include.pipeline.retry import RetryByCause
from zoom_provider import errors as zoom
from zoom_provider.hooks.zoom import ZoomHook

REFUSED = [
    zoom.ZoomRefused,
    zoom.ZoomBadCredentials,
    zoom.ZoomMissingScope,
    zoom.ZoomPlanLacksReports,
    zoom.ZoomUnknownMeeting,
    google.GoogleRefused,
    google.GoogleNameTaken,
]
PASSING = [
    zoom.ZoomError,
    zoom.ZoomReportNotReady,
    zoom.ZoomUnavailable,
    zoom.ZoomAnswerCutShort,
    google.GoogleError,
    google.GoogleUnavailable,
    AirflowException,
    KeyError,
    MemoryError,
]


@pytest.mark.parametrize("cause", REFUSED)
def test_refusals_fail_at_once_and_say_why(cause: type[Exception]) -> None:
    decision = RetryByCause().evaluate(cause("Share the spreadsheet."), 1, 6)
    assert (decision.action, decision.reason) == (RetryAction.FAIL, "Share the spreadsheet.")


@pytest.mark.parametrize("cause", PASSING)
def test_the_rest_keeps_the_delays_of_the_task(cause: type[Exception]) -> None:
    assert RetryByCause().evaluate(cause("Busy."), 1, 6).action == RetryAction.DEFAULT


@pytest.mark.parametrize("hours", [-1, 0, 5])
def test_limit_is_tried_again_when_it_lifts(hours: int) -> None:
    lifts = datetime.now(UTC) + timedelta(hours=hours)
    decision = RetryByCause().evaluate(zoom.ZoomLimitReached("Daily limit.", lifts), 1, 6)
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
    monkeypatch: pytest.MonkeyPatch, connection: str, use: object
) -> None:
    monkeypatch.delenv(f"AIRFLOW_CONN_{connection.upper()}", raising=False)
    with pytest.raises(AirflowNotFoundException) as missing:
        use()
    decision = RetryByCause().evaluate(missing.value, 1, 6)
    assert decision.action == RetryAction.FAIL
    assert f"`{connection}`" in decision.reason
    assert "Make it at Admin > Connections" in decision.reason
