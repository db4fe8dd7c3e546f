"""The daily limit: nobody waits for it in a worker, and the error tells when it lifts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from email.utils import format_datetime

import pytest

from tests.zoom_provider.invented_hour import NUMBER
from zoom_provider.errors import ZoomLimitReached, ZoomUnavailable
from zoom_provider.hooks.zoom import path_segment
from zoom_provider.responses import parse_response

DAILY = {"code": 429, "message": "You have reached the maximum daily rate limit for this API."}
PER_SECOND = {"code": 429, "message": "You have reached the maximum per-second rate limit."}
NEVER = datetime(2099, 5, 31, tzinfo=UTC)


def midnight_after(instant: datetime) -> datetime:
    return datetime.combine(instant.date(), datetime.min.time(), UTC) + timedelta(days=1)


def in_hours(hours: float) -> datetime:
    return datetime.now(UTC).replace(microsecond=0) + timedelta(hours=hours)


def test_the_days_last_call_is_followed_by_the_time_of_the_next(hook, uuid, empty_sandbox):
    empty_sandbox.zoom.limits.daily["HEAVY"] = 2
    lifts = midnight_after(datetime.now(UTC))
    # A minute before midnight it would be waited for.
    empty_sandbox.zoom.clock = lambda: (lifts - timedelta(hours=5)).timestamp()
    for _ in range(2):
        list(hook.iter_report_pages(uuid))
    answer = hook.get_conn().get(
        f"{hook.account.base_url}/report/meetings/{path_segment(uuid)}/participants"
    )
    with pytest.raises(ZoomLimitReached, match=f"until {lifts:%Y-%m-%d} 00:00 UTC") as caught:
        parse_response(answer)
    assert caught.value.retry_at == lifts
    assert [one.status for one in empty_sandbox.zoom.requests] == [200, 200, 200, 429]


@pytest.mark.parametrize(
    "form",
    [
        lambda instant: instant.isoformat().replace("+00:00", "Z"),
        lambda instant: instant.astimezone(timezone(timedelta(hours=2))).isoformat(),
        lambda instant: format_datetime(instant, usegmt=True),
        lambda instant: f"5, {format_datetime(instant, usegmt=True)}",
        lambda instant: f"{instant.isoformat()}, 5",
    ],
)
def test_instants_are_read(zoom, scripted_hook, form):
    lifts = in_hours(3)
    zoom.will_say(DAILY, 429, retry_after=form(lifts))
    with pytest.raises(ZoomLimitReached) as caught:
        scripted_hook.get_meeting(NUMBER)
    assert caught.value.retry_at == lifts
    assert caught.value.retry_at.utcoffset() == timedelta()


@pytest.mark.parametrize("header", ["7200", "7200.0", " 7200 ", "60, 7200, 1"])
def test_seconds_are_read(zoom, scripted_hook, header):
    zoom.will_say(DAILY, 429, retry_after=header)
    before = datetime.now(UTC)
    with pytest.raises(ZoomLimitReached) as caught:
        scripted_hook.get_meeting(NUMBER)
    wait = timedelta(seconds=7200)
    assert before + wait <= caught.value.retry_at <= datetime.now(UTC) + wait


UNUSABLE = [
    "soon", "\u00b2", "-5", "", "1e9", "Infinity", "0", "0.0", ",", "12:30",
    "2020-05-31T00:00:00Z", "Sun, 31 May 2020 00:00:00 GMT", "0001-01-01T00:00:00Z",
]  # fmt: skip


@pytest.mark.parametrize("headers", [{}, *({"retry_after": one} for one in UNUSABLE)])
def test_without_a_usable_time_it_is_the_next_midnight(zoom, scripted_hook, headers):
    zoom.will_say(DAILY, 429, **headers)
    answer = scripted_hook.get_conn().get(f"{zoom.url}/v2/meetings/{NUMBER}")
    before = datetime.now(UTC)
    with pytest.raises(ZoomLimitReached) as caught:
        parse_response(answer)
    assert caught.value.retry_at in {midnight_after(before), midnight_after(datetime.now(UTC))}


@pytest.mark.parametrize("header", UNUSABLE)
def test_nor_does_such_a_time_make_a_day_of_a_second(zoom, scripted_hook, header):
    zoom.will_say(PER_SECOND, 429, retry_after=header)
    answer = scripted_hook.get_conn().get(f"{zoom.url}/v2/meetings/{NUMBER}")
    with pytest.raises(ZoomUnavailable, match="per-second limit"):
        parse_response(answer)


@pytest.mark.parametrize(
    "header",
    [
        NEVER.isoformat(), format_datetime(NEVER, usegmt=True), "9999999999", "9" * 400,
        "9" * 5000, "9999-12-31T23:59:59-14:00", "60, 2275379200",
    ],
)  # fmt: skip
@pytest.mark.parametrize("body", [DAILY, PER_SECOND])
def test_no_limit_lasts_longer_than_a_day(zoom, scripted_hook, header, body):
    zoom.will_say(body, 429, retry_after=header)
    answer = scripted_hook.get_conn().get(f"{zoom.url}/v2/meetings/{NUMBER}")
    before = datetime.now(UTC)
    with pytest.raises(ZoomLimitReached, match="next midnight: .* more than a day away") as caught:
        parse_response(answer)
    assert caught.value.retry_at in {midnight_after(before), midnight_after(datetime.now(UTC))}


def test_a_users_daily_limit_comes_without_headers(hook, uuid, empty_sandbox):
    empty_sandbox.zoom.faults.add("user_daily_limit")
    answer = hook.get_conn().get(f"{hook.account.base_url}/meetings/{NUMBER}")
    with pytest.raises(ZoomLimitReached) as caught:
        parse_response(answer)
    assert caught.value.retry_at.strftime("%H:%M:%S") == "00:00:00"


def test_a_limit_of_a_few_seconds_is_waited_for(zoom, scripted_hook):
    zoom.will_say(DAILY, 429, retry_after="2")
    zoom.will_say({"id": NUMBER})
    assert scripted_hook.get_meeting(NUMBER) == {"id": NUMBER}
    first, second = zoom.calls()
    assert second.arrival - first.arrival >= 2
