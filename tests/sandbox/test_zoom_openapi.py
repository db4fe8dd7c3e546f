"""Every kind of answer against Zoom's OpenAPI document, unknown keys refused."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker

import sandbox.zoom
from sandbox.zoom import World
from sandbox.zoom.endpoints import ENDPOINTS
from tests.sandbox.conftest import Play
from tests.sandbox.zoom_client import Client, invented_world, report_path

DOCUMENT = json.loads(Path(sandbox.zoom.__file__).with_name("openapi.json").read_text("utf-8"))
FORMATS = FormatChecker(formats=["email"])
PAST = "/past_meetings/{meetingId}"
PATHS = {
    "report_participants": "/report/meetings/{meetingId}/participants",
    "past_instances": f"{PAST}/instances",
    "past_meeting": PAST,
    "meeting": "/meetings/{meetingId}",
}
NUMBER = 80000000003
REFUSING = {
    "server_error": 500,
    "per_second_limit": 429,
    "daily_limit": 429,
    "user_daily_limit": 429,
    "not_ready": 404,
    "revoked_token": 401,
    "missing_scope": 400,
    "unpaid": 400,
}


@FORMATS.checks("date-time", raises=ValueError)
def is_zoom_time(value: object) -> bool:
    return isinstance(value, str) and bool(datetime.strptime(value, "%Y-%m-%dT%H:%M:%S%z"))


def closed(schema: Any) -> Any:
    """The schema with every object closed: a key the document does not know is an error."""
    if isinstance(schema, list):
        return [closed(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    inner = {key: closed(part) for key, part in schema.items()}
    is_object = schema.get("type") == "object" and "properties" in schema
    return inner | {"additionalProperties": False} if is_object else inner


def validator(path: str, status: int, method: str = "get") -> Draft202012Validator:
    response = DOCUMENT["paths"][path][method]["responses"][str(status)]
    if "$ref" in response:
        response = DOCUMENT["components"]["responses"][response["$ref"].rpartition("/")[2]]
    schema = response["content"]["application/json"]["schema"]
    whole = closed({**schema, "components": DOCUMENT["components"]})
    return Draft202012Validator(whole, format_checker=FORMATS)


@pytest.fixture
def client(play: Play) -> Client:
    world = World.empty()
    world.add_bulk(NUMBER, datetime(2026, 11, 15, tzinfo=UTC), people=3)
    return play(world)


def test_document_covers_what_is_served():
    assert {endpoint.name for endpoint in ENDPOINTS} == PATHS.keys()
    assert DOCUMENT["paths"].keys() == {*PATHS.values(), "/oauth/token"}
    for endpoint in ENDPOINTS:
        described = DOCUMENT["paths"][PATHS[endpoint.name]]["get"]
        alternatives = {scope for one in described["security"] for scope in one["zoomOAuth"]}
        assert set(endpoint.scopes) <= alternatives
        assert endpoint.label == described["x-rate-limit-label"]


def test_answers_and_refusals_have_zooms_shape(client):
    said = {name: shaped(client, name) for name in PATHS}
    assert said == dict.fromkeys(PATHS, REFUSING)


def shaped(client: Client, name: str) -> dict[str, int]:
    """The status of each refusal by an endpoint, after a look at the shape of all its answers."""
    path = "/v2" + PATHS[name].format(meetingId=NUMBER)
    answer = client.get(path)
    validator(PATHS[name], 200).validate(answer.body)
    assert answer.headers["x-ratelimit-category"] in ("Light", "Medium", "Heavy")
    assert int(answer.headers["x-ratelimit-remaining"]) >= 0
    statuses = {}
    for kind, status in REFUSING.items():
        client.state.faults.add(kind)
        refused = client.get(path)
        statuses[kind] = refused.status
        # The document describes no 5xx; the error body is the same for all.
        validator(PATHS[name], status if status < 500 else 400).validate(refused.body)
    return statuses


def test_answers_about_the_invented_series_have_zooms_shape(play):
    client = play(invented_world())
    for number in client.state.world.series:
        for path in PATHS.values():
            answer = client.get("/v2" + path.format(meetingId=number))
            validator(path, 200).validate(answer.body)


def test_refused_parameters_and_logins_have_zooms_shape(client):
    for query in ({"page_size": 301}, {"include_fields": "name"}, {"next_page_token": "invented"}):
        answer = client.get(report_path(NUMBER, **query))
        validator(PATHS["report_participants"], 400).validate(answer.body)
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    refused = client.send("POST", "/oauth/token", headers, "grant_type=account_credentials")
    validator("/oauth/token", 400, "post").validate(refused.body)
    basic = {"Authorization": "Basic c2FuZGJveC1jbGllbnQ6c2FuZGJveC1zZWNyZXQ="}
    form = "grant_type=account_credentials&account_id=sandbox-account"
    granted = client.send("POST", "/oauth/token", headers | basic, form)
    validator("/oauth/token", 200, "post").validate(granted.body)


def test_generated_rows_of_twelve_weeks():
    world = invented_world()
    for number in world.series:
        recent = [session for session in world.sessions(number) if session.plan.age < 12]
        rows = [row for session in recent for part in session.instances for row in part.rows]
        assert len(rows) > 900
        validator(PATHS["report_participants"], 200).validate({"participants": rows})


def test_the_document_would_catch_a_wrong_row():
    check = validator(PATHS["report_participants"], 200)
    for wrong in ({"duration": "60"}, {"join_time": "15/11/2026"}, {"device": "Phone"}):
        assert not check.is_valid({"participants": [wrong]})
