"""What publishing announces: a report that is new, or whose headline is."""

from __future__ import annotations

from typing import Any

import pytest

from google_workspace.errors import GoogleUnavailable
from include.pipeline.load import publish
from sandbox.google import GoogleState
from tests.google_calls import BATCH
from tests.pipeline.reports import person, report
from tests.pipeline.runs import FOLDER, SPREADSHEET, meeting

ONE, TWO = [person("Ada Example")], [person("Ada Example"), person("Bob Example")]
OF_ONE = {"people": 1, "hours": 1.5, "incomplete": False, "below": {}}


@pytest.fixture
def announced() -> list[dict[str, Any]]:
    return []


@pytest.mark.parametrize("place", [FOLDER, SPREADSHEET])
def test_a_report_is_announced_once(
    google: GoogleState, announced: list[dict[str, Any]], place: dict[str, str]
) -> None:
    choir = meeting(publish_to=place)
    for _ in range(2):
        publish(choir, report(choir, ONE), announced.append)
    assert announced == [OF_ONE]


def test_other_counts_are_announced(google: GoogleState, announced: list[dict[str, Any]]) -> None:
    for people in (ONE, TWO, TWO, ONE):
        publish(meeting(), report(meeting(), people), announced.append)
    assert [headline["people"] for headline in announced] == [1, 2, 1]


def test_each_session_is_announced(google: GoogleState, announced: list[dict[str, Any]]) -> None:
    for week in range(3):
        publish(meeting(), report(meeting(), week=week), announced.append)
    assert [headline["people"] for headline in announced] == [3, 3, 3]


def test_a_try_that_dies_after_writing_has_announced_before(
    google: GoogleState, announced: list[dict[str, Any]]
) -> None:
    google.faults.add("lost-reply", BATCH, times=2)
    with pytest.raises(GoogleUnavailable):
        publish(meeting(), report(meeting(), ONE), announced.append)
    assert announced == [OF_ONE]
    publish(meeting(), report(meeting(), ONE), announced.append)
    assert announced == [OF_ONE]
