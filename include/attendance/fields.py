"""The fields of Zoom's participant report that attendance is made from; no others are kept.

They are those of ``GET /report/meetings/{meetingId}/participants``. Left out on purpose:
``duration`` (the times are more trustworthy).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

ACCOUNT = ("participant_user_id", "id")
"""Both hold the id of the Zoom account; the second is to be removed one day, says Zoom."""

FIELDS = (
    "registrant_id",
    *ACCOUNT,
    "user_email",
    "name",
    "user_id",  # the connection, not a person
    "join_time",
    "leave_time",
    "status",
    "bo_mtg_id",  # only rows of a breakout room have one
)

WAITING = "in_waiting_room"
"""The ``status`` of a row that never counts."""


def staged_row(row: Mapping[str, Any]) -> dict[str, str]:
    """Reduce a participant row to FIELDS, all text: "" where Zoom sent null or no key."""
    return {field: "" if row.get(field) is None else str(row[field]) for field in FIELDS}
