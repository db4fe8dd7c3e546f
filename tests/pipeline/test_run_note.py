from __future__ import annotations

from typing import Any

import pytest

from include.pipeline.records import Published
from include.pipeline.run_note import FAILED, LONGEST, fitting, outcome


def published(link: str, **changes: Any) -> Published:
    counts = {"people": 80, "hours": 120.5, "incomplete": False}
    return Published(spreadsheet_id="1", range="A6:F86", link=link, **(counts | changes))


@pytest.mark.parametrize(
    ("reports", "first", "text"),
    [
        ([], "", "Nobody met."),
        ([published("https://a")], "", "80 people: https://a"),
        ([published("https://a", people=1)], "", "1 person: https://a"),
        ([published("https://a", incomplete=True)], "", "80 people, incomplete: https://a"),
        ([published("https://a"), published("https://b")], "", None),
        ([], FAILED, FAILED),
        ([published("https://a")], FAILED, f"{FAILED}\n80 people: https://a"),
    ],
)
def test_it_says_what_came_of_the_run(reports: list[Published], first: str, text: str) -> None:
    expected = text or "80 people: https://a\n80 people: https://b"
    assert "\n".join(outcome(reports, first)) == expected


def test_airflow_takes_its_length_and_every_link_in_it_is_whole() -> None:
    link = "https://example.org/" + "a" * 90
    lines = fitting(outcome([published(link)] * 40)).splitlines()
    assert set(lines) == {f"80 people: {link}"}
    assert LONGEST - len(lines[0]) <= len("\n".join(lines)) <= LONGEST
