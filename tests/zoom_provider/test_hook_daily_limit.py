"""The daily limit: nobody waits for it in a worker, and the error tells when it lifts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.zoom_provider.invented_hour import NUMBER
from zoom_provider.answers import read
from zoom_provider.errors import ZoomLimitReached

LIFTS = datetime(2099, 5, 31, tzinfo=UTC)
DAILY = {"code": 429, "message": "You have reached the maximum daily rate limit for this API."}


def midnight_after(instant: datetime) -> datetime:
    return datetime.combine(instant.date(), datetime.min.time(), UTC) + timedelta(days=1)


def test_the_days_last_call_is_followed_by_the_time_of_the_next(hook, uuid, empty_sandbox):
    empty_sandbox.zoom.clock = lambda: (LIFTS - timedelta(hours=5)).timestamp()
    empty_sandbox.zoom.limits.daily["HEAVY"] = 2
    for _ in range(2):
        list(hook.iter_report_pages(uuid))
    with pytest.raises(ZoomLimitReached, match="until 2099-05-31 00:00 UTC") as caught:
        list(hook.iter_report_pages(uuid))
    assert caught.value.retry_at == LIFTS
    assert [one.status for one in empty_sandbox.zoom.requests] == [200, 200, 200, 429]


@pytest.mark.parametrize(
    "header", ["2099-05-31T00:00:00Z", "2099-05-31T02:00:00+02:00", "Sun, 31 May 2099 00:00:00 GMT"]
)
def test_instants_are_read(zoom, scripted_hook, header):
    zoom.will_say(DAILY, 429, retry_after=header)
    with pytest.raises(ZoomLimitReached) as caught:
        scripted_hook.get_meeting(NUMBER)
    assert caught.value.retry_at == LIFTS
    assert caught.value.retry_at.utcoffset() == timedelta()


def test_seconds_are_read(zoom, scripted_hook):
    zoom.will_say(DAILY, 429, retry_after="7200")
    before = datetime.now(UTC)
    with pytest.raises(ZoomLimitReached) as caught:
        scripted_hook.get_meeting(NUMBER)
    wait = timedelta(seconds=7200)
    assert before + wait <= caught.value.retry_at <= datetime.now(UTC) + wait


@pytest.mark.parametrize("headers", [{}, {"retry_after": "soon"}])
def test_without_a_time_it_is_the_next_midnight(zoom, scripted_hook, headers):
    zoom.will_say(DAILY, 429, **headers)
    answer = scripted_hook.get_conn().get(f"{zoom.url}/v2/meetings/{NUMBER}")
    before = datetime.now(UTC)
    with pytest.raises(ZoomLimitReached) as caught:
        read(answer)
    assert caught.value.retry_at in {midnight_after(before), midnight_after(datetime.now(UTC))}


def test_a_users_daily_limit_comes_without_headers(hook, uuid, empty_sandbox):
    empty_sandbox.zoom.faults.add("user_daily_limit")
    answer = hook.get_conn().get(f"{hook.account.base_url}/meetings/{NUMBER}")
    with pytest.raises(ZoomLimitReached) as caught:
        read(answer)
    assert caught.value.retry_at.strftime("%H:%M:%S") == "00:00:00"


def test_a_limit_of_a_few_seconds_is_waited_for(zoom, scripted_hook):
    zoom.will_say(DAILY, 429, retry_after="2")
    zoom.will_say({"id": NUMBER})
    assert scripted_hook.get_meeting(NUMBER) == {"id": NUMBER}
    first, second = zoom.calls()
    assert second.arrival - first.arrival >= 2
