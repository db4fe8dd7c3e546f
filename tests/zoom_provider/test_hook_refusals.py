"""What Zoom refuses, and what each refusal tells the person who must act."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from tests.zoom_provider.invented_hour import NUMBER, START, add_hour
from zoom_provider.errors import (
    ZoomBadCredentials,
    ZoomBadRequest,
    ZoomHostGone,
    ZoomMissingScope,
    ZoomPlanLacksReports,
    ZoomReportNotReady,
    ZoomReportTooOld,
    ZoomUnknownMeeting,
    ZoomWebinar,
)
from zoom_provider.hooks.zoom import ZoomHook

Call = Callable[[ZoomHook, str], Any]

CALLS: dict[str, Call] = {
    "list_past_instances": lambda hook, uuid: hook.list_past_instances(NUMBER),
    "get_past_meeting": lambda hook, uuid: hook.get_past_meeting(uuid),
    "get_meeting": lambda hook, uuid: hook.get_meeting(NUMBER),
    "iter_report_pages": lambda hook, uuid: list(hook.iter_report_pages(uuid)),
}


@pytest.mark.parametrize(
    ("call", "scope"),
    [
        ("list_past_instances", "meeting:read:list_past_instances:admin"),
        ("get_past_meeting", "meeting:read:past_meeting:admin"),
        ("get_meeting", "meeting:read:meeting:admin"),
        ("iter_report_pages", "report:read:list_meeting_participants:admin"),
    ],
)
def test_a_missing_scope_is_named(hook, uuid, empty_sandbox, call, scope):
    empty_sandbox.zoom.scopes -= {scope}
    with pytest.raises(ZoomMissingScope, match=f"add scope one of {scope}, .*a few min") as caught:
        CALLS[call](hook, uuid)
    assert scope in caught.value.scopes
    assert [one.status for one in empty_sandbox.zoom.requests] == [200, 400]


@pytest.mark.parametrize("code", [4700, "4711"])
def test_a_single_missing_scope_is_named(zoom, scripted_hook, code):
    message = "Invalid access token, does not contain scopes:[meeting:read:meeting:admin]."
    zoom.will_say({"code": code, "message": message}, 400)
    with pytest.raises(ZoomMissingScope, match="add scope meeting:read:meeting:admin to the app"):
        scripted_hook.get_meeting(NUMBER)


def test_a_free_plan_has_no_reports(hook, uuid, empty_sandbox):
    empty_sandbox.zoom.plan = "free"
    with pytest.raises(ZoomPlanLacksReports, match="Pro plan.*Usage reports: view"):
        list(hook.iter_report_pages(uuid))


def test_an_unknown_meeting_is_named_with_where_to_look(hook):
    with pytest.raises(ZoomUnknownMeeting, match="no meeting 123 .*'zoom_default'") as caught:
        hook.get_meeting(123)
    assert caught.value.meeting_id == 123


def test_a_meeting_never_held_has_no_instances(hook):
    assert hook.list_past_instances(123) == []


def test_instances_come_oldest_first_without_the_running_one(hook, empty_sandbox):
    world = empty_sandbox.zoom.world
    held = [add_hour(world, START + timedelta(days=day)) for day in (7, 0, 14)]
    world.add(NUMBER, START + timedelta(days=21), None, [])
    found = hook.list_past_instances(NUMBER)
    expected = sorted(held, key=lambda one: one.start)
    assert [(one.uuid, one.start) for one in found] == [(one.uuid, one.start) for one in expected]
    assert [one.start.utcoffset() for one in found] == [timedelta()] * 3


@pytest.mark.parametrize("call", ["get_past_meeting", "iter_report_pages"])
def test_an_instance_that_zoom_does_not_know_yet_is_not_ready(hook, empty_sandbox, call):
    with pytest.raises(ZoomReportNotReady, match="code 3001"):
        CALLS[call](hook, "4444AAAiAAAAAiAiAiiAii==")
    assert [one.status for one in empty_sandbox.zoom.requests] == [200, 404]


def test_a_report_still_cooking_is_not_ready(hook, empty_sandbox):
    ready_at = START + timedelta(hours=2)
    instance = add_hour(empty_sandbox.zoom.world, START, ready_at=ready_at)
    empty_sandbox.zoom.clock = lambda: ready_at.timestamp() - 1
    with pytest.raises(ZoomReportNotReady):
        list(hook.iter_report_pages(instance.uuid))
    empty_sandbox.zoom.clock = lambda: ready_at.timestamp()
    assert [len(page.rows) for page in hook.iter_report_pages(instance.uuid)] == [2]


def test_a_report_older_than_a_year_is_gone(hook, uuid, empty_sandbox):
    old = add_hour(empty_sandbox.zoom.world, START - timedelta(days=400))
    with pytest.raises(ZoomReportTooOld, match="one year"):
        list(hook.iter_report_pages(old.uuid))


@pytest.mark.parametrize(
    ("status", "code", "message", "error"),
    [
        (400, 300, "Cannot access webinar info.", ZoomWebinar),
        (400, "3000", "Cannot access webinar info.", ZoomWebinar),
        (400, "200", "No permission.", ZoomPlanLacksReports),
        (400, "12702", "Can not access meeting a year ago.", ZoomReportTooOld),
        (404, "3001", "Meeting does not exist: 1.", ZoomUnknownMeeting),
        (400, 1010, "User does not belong to this account.", ZoomHostGone),
        (404, 1001, "User does not exist.", ZoomHostGone),
        (404, 2300, "This API endpoint is not recognized.", ZoomBadRequest),
        (400, 300, "Validation Failed.", ZoomBadRequest),
    ],
)
def test_the_other_refusals(zoom, scripted_hook, status, code, message, error):
    zoom.will_say({"code": code, "message": message}, status)
    with pytest.raises(error) as caught:
        scripted_hook.get_meeting(NUMBER)
    assert caught.type is error
    assert f"Zoom answered {status}, code {code}." in str(caught.value)
    assert len(zoom.calls()) == 1


def test_a_token_of_another_kind_of_app_is_a_matter_of_credentials(zoom, scripted_hook):
    for _ in range(2):
        zoom.will_say({"code": 200, "message": "Invalid api key or secret."}, 400)
    with pytest.raises(ZoomBadCredentials):
        scripted_hook.get_meeting(NUMBER)


@pytest.mark.parametrize("body", ["<html>Forbidden</html>", "[]", "", '"no"'])
def test_a_refusal_without_zooms_body_is_still_a_refusal(zoom, scripted_hook, body):
    zoom.will_say(body, 403)
    with pytest.raises(ZoomBadRequest, match="Zoom answered 403, code none"):
        scripted_hook.get_meeting(NUMBER)
