"""The bodies of the answers: one function for each endpoint, and what each refuses."""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil
from typing import Any

from sandbox.zoom.errors import (
    invalid_field,
    no_meeting,
    no_report,
    too_old,
)
from sandbox.zoom.instance import Instance
from sandbox.zoom.rows import Row, zoom_time
from sandbox.zoom.state import ZoomState
from sandbox.zoom.world import FIFTEEN_MONTHS, ONE_YEAR

Body = dict[str, Any]
Query = Mapping[str, str]


def past_instances(state: ZoomState, reference: str, query: Query) -> Body:
    """GET /past_meetings/{number}/instances: those that ended in the last 15 months."""
    number = known_number(state, reference)
    ended = [one for one in state.world.instances(number) if one.end]
    recent = [one for one in ended if state.world.age(one) <= FIFTEEN_MONTHS]
    return {"meetings": [{"uuid": one.uuid, "start_time": zoom_time(one.start)} for one in recent]}


def past_meeting(state: ZoomState, reference: str, query: Query) -> Body:
    """GET /past_meetings/{number or UUID}, also of a meeting where somebody was alone."""
    instance = _ended(state, reference)
    return {
        "uuid": instance.uuid,
        "id": instance.number,
        "host_id": instance.host.account_id,
        "type": 8,
        "topic": instance.topic,
        "user_name": instance.host.name,
        "user_email": instance.host.email,
        "start_time": zoom_time(instance.start),
        "end_time": zoom_time(instance.end),
        "duration": instance.minutes,
        "total_minutes": instance.total_minutes,
        "participants_count": len(instance.rows),  # joins, not people
        "dept": "",
        "source": "Zoom",
        "has_meeting_summary": False,
    }


def report_participants(state: ZoomState, reference: str, query: Query) -> Body:
    """GET /report/meetings/{number or UUID}/participants, a page of it."""
    size, fields = _page_size(query), _include_fields(query)
    instance = _ready(state, reference)
    if instance.people_count < 2:  # "two or more participants", says the API reference
        raise no_report(reference)
    asked, total = (instance.uuid, size, fields), len(instance.rows)
    token = query.get("next_page_token", "")
    offset = state.pages.offset(token, asked, state.clock()) if token else 0
    end = offset + size
    return {
        "page_count": ceil(total / size),
        "page_size": size,
        "total_records": total,
        "next_page_token": state.pages.issue(asked, end, state.clock()) if end < total else "",
        "participants": [_shown(row, fields) for row in instance.rows[offset:end]],
    }


def known_number(state: ZoomState, reference: str) -> int:
    """A meeting number that exists. Refusal 400/300 for anything else than a number, 404/3001."""
    if not (reference.isascii() and reference.isdigit()):
        raise invalid_field("meetingId")
    if not state.world.knows(int(reference)):
        raise no_meeting(reference)
    return int(reference)


def _ended(state: ZoomState, reference: str) -> Instance:
    # A number means its latest ended instance, whoever was in it: hence calls by UUID.
    if reference.isascii() and reference.isdigit():
        ended = [one for one in state.world.instances(int(reference)) if one.end]
        instance = ended[-1] if ended else None
    else:
        instance = state.world.instance(reference)
    if instance is None or instance.end is None:
        raise no_meeting(reference)
    if state.world.age(instance) > ONE_YEAR:
        raise too_old()
    return instance


def _ready(state: ZoomState, reference: str) -> Instance:
    instance = _ended(state, reference)
    if instance.ready_at and state.clock() < instance.ready_at.timestamp():
        raise no_report(reference)
    return instance


def _shown(row: Row, fields: str) -> Row:
    return row if fields else {key: row[key] for key in row if key != "registrant_id"}


def _page_size(query: Query) -> int:
    text = query.get("page_size", "30")
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= 300):
        raise invalid_field("page_size")
    return int(text)


def _include_fields(query: Query) -> str:
    fields = query.get("include_fields", "")
    if fields not in ("", "registrant_id"):
        raise invalid_field("include_fields")
    return fields
