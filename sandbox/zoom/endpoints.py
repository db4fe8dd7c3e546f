"""The endpoints served under /v2: path, rate limit label, scopes, query parameters, answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sandbox.zoom import answers
from sandbox.zoom.errors import unrecognized
from sandbox.zoom.paths import meeting_reference
from sandbox.zoom.planned import meeting
from sandbox.zoom.state import ZoomState

Answer = Callable[[ZoomState, str, Mapping[str, str]], dict[str, Any]]


@dataclass(frozen=True)
class Endpoint:
    """`path` has None where the meeting stands; one of `scopes` is enough, granular first."""

    name: str
    label: str
    path: tuple[str | None, ...]
    scopes: tuple[str, ...]
    answer: Answer
    query: tuple[str, ...] = ()

    @property
    def paid(self) -> bool:
        """Reports need a Pro plan or higher."""
        return self.path[0] == "report"

    def matches(self, segments: tuple[str, ...]) -> bool:
        return len(segments) == len(self.path) and all(
            fixed in (None, segment) for fixed, segment in zip(self.path, segments, strict=True)
        )


_MEETING = "meeting:read:admin"
_REPORT = "report:read:admin"

ENDPOINTS = (
    Endpoint(
        "report_participants",
        "HEAVY",
        ("report", "meetings", None, "participants"),
        ("report:read:list_meeting_participants:admin", _REPORT),
        answers.report_participants,
        ("page_size", "next_page_token", "include_fields"),
    ),
    Endpoint(
        "past_instances",
        "MEDIUM",
        ("past_meetings", None, "instances"),
        ("meeting:read:list_past_instances:admin", _MEETING),
        answers.past_instances,
    ),
    Endpoint(
        "past_meeting",
        "LIGHT",
        ("past_meetings", None),
        ("meeting:read:past_meeting:admin", _MEETING),
        answers.past_meeting,
    ),
    Endpoint(
        "meeting",
        "LIGHT",
        ("meetings", None),
        ("meeting:read:meeting:admin", _MEETING),
        meeting,
    ),
)


def find(segments: tuple[str, ...]) -> tuple[Endpoint, str]:
    """The endpoint of a path and the meeting it names. Refusal 404/2300 if there is none."""
    for endpoint in ENDPOINTS:
        if endpoint.matches(segments):
            return endpoint, meeting_reference(segments[endpoint.path.index(None)])
    raise unrecognized()
