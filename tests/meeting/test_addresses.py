"""Addresses in a meeting's file: wherever one stands, no message quotes it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.meeting.files import TEXT, mistake, read_text


@pytest.mark.parametrize(
    "notify",
    [
        "office@example.org",
        {"office@example.org": "yes"},
        ["office@example.org", "Pat Doe <pat@example.org>"],
        ["office@example.org, pat@example.org"],
        ["office@example.org\tBcc: pat@example.org"],
        ["office@localhost", "pat@localhost"],
        ["pät@example.org"],
        [["pat@example.org"]],
        [7],
    ],
)
def test_addresses_that_are_none_are_not_quoted(tmp_path: Path, notify: Any) -> None:
    sentence = mistake(tmp_path, notify=notify)
    assert sentence.endswith(
        ", field `notify`: must be a list of e-mail addresses, such as [office@example.org]."
    )
    assert "pat@" not in sentence


def test_an_address_has_no_line_break(tmp_path: Path) -> None:
    header = 'notify: ["office@example.org\\nBcc: pat@example.org"]'
    _, (mistake,) = read_text(tmp_path, TEXT + header)
    assert mistake.startswith("choir.yaml, line 7, field `notify`: must be a list of e-mail addr")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("timezone: pat@example.org", "line 3, field `timezone`: use a name from the IANA list"),
        ("pat@example.org: UTC", "line 3: there is no such field."),
        ("pat@example.org", "line 3: there is no colon. Write `field: value`."),
    ],
)
def test_an_address_in_the_wrong_place_is_not_quoted(tmp_path: Path, line: str, said: str) -> None:
    _, mistakes = read_text(tmp_path, TEXT.replace("timezone: Australia/Sydney", line))
    assert f"choir.yaml, {said}" in mistakes[-1]
    assert "pat@" not in "".join(mistakes)


def test_an_address_in_two_spellings_is_one(tmp_path: Path) -> None:
    header = "notify: [Pat@example.org, office@example.org, pat@Example.org]"
    (meeting,), _ = read_text(tmp_path, TEXT + header)
    assert [address.casefold() for address in meeting.notify] == [
        "pat@example.org",
        "office@example.org",
    ]
