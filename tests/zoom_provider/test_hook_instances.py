"""Past instances as Zoom lists them: each once, and none that is broken stops the others."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.zoom_provider.invented_hour import NUMBER
from zoom_provider.errors import ZoomUnavailable
from zoom_provider.instances import Instance, usable_time

UUID, OTHER = "4444AAAiAAAAAiAiAiiAii==", "5555AAAiAAAAAiAiAiiAii=="
START = datetime(2026, 11, 15, 9, tzinfo=UTC)
TEXT = "2026-11-15T09:00:00Z"
GOOD = {"uuid": OTHER, "start_time": TEXT}
NO_TIMES = [
    *["", " ", "yesterday", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z"],
    *["2026-11-15T09:00:00", None, 0, False, [], 1_794_733_200],
]


def listed(*rows: Any) -> dict[str, Any]:
    return {"meetings": list(rows)}


@pytest.mark.parametrize(
    "body",
    [{}, {"meetings": None}, {"meetings": [None]}, {"meetings": [{}]}, listed({"uuid": ""})],
)
def test_a_list_that_cannot_be_read_is_no_empty_list(zoom, scripted_hook, body):
    zoom.will_say(body)
    with pytest.raises(ZoomUnavailable):
        scripted_hook.list_past_instances(NUMBER)


@pytest.mark.parametrize("later", [0, 7])
def test_an_instance_listed_twice_is_one(zoom, scripted_hook, later):
    again = {"uuid": UUID, "start_time": f"2026-11-15T09:0{later}:00Z"}
    zoom.will_say(listed(again, {"uuid": UUID, "start_time": TEXT}, again))
    assert scripted_hook.list_past_instances(NUMBER) == [Instance(UUID, START)]


@pytest.mark.parametrize("time", NO_TIMES, ids=repr)
def test_a_start_that_is_none_is_that_of_the_details(zoom, scripted_hook, caplog, time):
    zoom.will_say(listed({"uuid": UUID, "start_time": time}, GOOD))
    zoom.will_say({"uuid": UUID, "start_time": "2026-11-15T08:00:00Z"})
    first, second = scripted_hook.list_past_instances(NUMBER)
    assert first == Instance(UUID, START - timedelta(hours=1))
    assert second == Instance(OTHER, START)
    assert f"instance {UUID} without a usable start" in caplog.text


BROKEN = {
    "details without a start": ({}, 200),
    "no details": ({"code": 3001, "message": "Meeting does not exist."}, 404),
    "a UUID that Zoom refuses": ({"code": 300, "message": "Validation Failed."}, 400),
    "details that are too old": ({"code": 12702, "message": "a year ago"}, 400),
}


@pytest.mark.parametrize(("answer", "status"), BROKEN.values(), ids=BROKEN)
def test_an_instance_without_a_start_stops_no_other(zoom, scripted_hook, caplog, answer, status):
    zoom.will_say(listed({"uuid": UUID, "start_time": ""}, GOOD))
    zoom.will_say(answer, status)
    assert scripted_hook.list_past_instances(NUMBER) == [Instance(OTHER, START)]
    assert f"no start of instance {UUID}: it is left out" in caplog.text


@pytest.mark.parametrize("uuid", ["", " ", None, 0, False, []], ids=repr)
def test_an_instance_without_a_uuid_is_left_out(zoom, scripted_hook, caplog, uuid):
    zoom.will_say(listed({"uuid": uuid, "start_time": TEXT}, GOOD))
    assert scripted_hook.list_past_instances(NUMBER) == [Instance(OTHER, START)]
    assert "an instance without a UUID: it is left out" in caplog.text


@pytest.mark.parametrize(
    ("text", "micros"), [("2026-11-15T09:00:12Z", 0), ("2026-11-15T09:00:12.66Z", 660_000)]
)
def test_times_are_aware_and_may_have_fractions(text, micros):
    assert usable_time(text) == datetime(2026, 11, 15, 9, 0, 12, micros, UTC)
