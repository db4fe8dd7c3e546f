"""The sandbox on the day on which its invented world ends, and what the preflight says of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, time
from typing import Any

import pytest

from include.meeting import Meeting, read_meetings
from include.preflight.checks import meeting_lines
from sandbox.both import Sandbox
from sandbox.stack import ROOT
from tests.conftest import TODAY

Said = Callable[..., list[str]]


def set_to_the_last_day(sandbox: Sandbox) -> None:
    """Stop Zoom's clock at midday of the world's last day, UTC: reports grow too old to read."""
    midday = datetime.combine(TODAY, time(12), UTC).timestamp()
    sandbox.zoom.clock = lambda: midday


@pytest.fixture
def today(sandbox: Sandbox) -> Sandbox:
    set_to_the_last_day(sandbox)
    return sandbox


@pytest.fixture
def said(today: Sandbox) -> Said:
    """The lines about the Bible study: ``said(meeting_id=123)`` changes fields of its entry."""

    def said(**changes: Any) -> list[str]:
        return [str(line) for line in meeting_lines(bible_study(**changes))]

    return said


def bible_study(**changes: Any) -> Meeting:
    meeting, *_ = read_meetings(ROOT / "sandbox" / "meetings")[0]
    return Meeting.model_validate(meeting.model_dump() | changes)


def complaints(lines: list[str]) -> list[str]:
    return [line for line in lines if not line.startswith("OK ")]
