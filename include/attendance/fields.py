"""The fields of Zoom's participant report that attendance is made from; no others are kept.

They are those of ``GET /report/meetings/{meetingId}/participants``. Left out on purpose:
``duration`` (the times are more trustworthy), ``bo_mtg_id`` (breakout rows count like all others).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

ACCOUNT = ("participant_user_id", "id")
"""Both hold the Zoom user id; the second is to be removed one day, says Zoom."""

FIELDS = ("registrant_id", "user_email", "name", "join_time", "leave_time", "status", *ACCOUNT)


def staged_row(row: Mapping[str, Any]) -> dict[str, str]:
    """Reduce a participant row to FIELDS, all text: "" where Zoom sent null or no key."""
    return {field: "" if row.get(field) is None else str(row[field]) for field in FIELDS}
