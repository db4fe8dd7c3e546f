"""The fields of Zoom's participant report that attendance is made from; no others are kept.

They are those of ``GET /report/meetings/{meetingId}/participants``. Left out on purpose:
``duration`` (the times are more trustworthy).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
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
    """Reduce a participant row to FIELDS, all text: "" where Zoom sent null or no key.

    What cannot be an identifier or a name is missing, too: taken at its word it would make one
    person of all who have it.
    """
    dropped = set(unusable(row))
    return {
        field: "" if field in dropped or row.get(field) is None else str(row[field])
        for field in FIELDS
    }


def unusable(row: Mapping[str, Any]) -> list[str]:
    """Return the identifiers and names of a row that hold what Zoom does not document.

    An id is a text, perhaps a number other than 0; an e-mail address is a text with "@"; a name is
    a text. Blank ones are what Zoom sends where it has nothing.
    """
    return [field for field, may_be in _MAY_BE.items() if not may_be(row.get(field))]


def _may_be_id(value: Any) -> bool:
    return _may_be_name(value) or (type(value) is int and value != 0)


def _may_be_address(value: Any) -> bool:
    return _may_be_name(value) and (not (value or "").strip() or "@" in value)


def _may_be_name(value: Any) -> bool:
    return value is None or isinstance(value, str)


_MAY_BE: dict[str, Callable[[Any], bool]] = {
    **dict.fromkeys(("registrant_id", *ACCOUNT, "user_id", "bo_mtg_id"), _may_be_id),
    "user_email": _may_be_address,
    "name": _may_be_name,
}
