"""How large a report may be, and how large the request is that writes it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from google_workspace.batches import compact
from google_workspace.errors import GoogleRefused
from include.pipeline.load import MOST_PEOPLE, publish
from include.sheets.report import Report
from include.sheets.tab import tab_requests
from sandbox.both import Sandbox
from tests.pipeline.reports import person, report
from tests.pipeline.runs import meeting

LARGEST = 5000
"""People in Zoom's largest meeting."""

RECOMMENDED = 2 << 20
"""Bytes of one request, as Google has it."""


def crowd(people: int) -> Iterator[dict[str, object]]:
    names = "Zoë Beispielhausen {}", "Александра Константинова {}"
    return (person(names[n % 2].format(n), n % 60 + 0.3, 80) for n in range(people))


@pytest.fixture(scope="module")
def largest() -> Report:
    return report(meeting(), crowd(LARGEST))


def test_the_largest_meeting_is_one_request_of_two_megabytes(largest: Report) -> None:
    body = {"requests": tab_requests([], largest, blank=False)}
    assert len(compact(body)) < RECOMMENDED


def test_too_many_people_are_refused_before_anything_is_written(
    empty_sandbox: Sandbox, largest: Report
) -> None:
    too_many = replace(largest, people=MOST_PEOPLE + 1)
    with pytest.raises(GoogleRefused, match=r"50001 people, and one tab takes 50000 at most"):
        publish(meeting(), too_many)
    assert empty_sandbox.google.requests == []
