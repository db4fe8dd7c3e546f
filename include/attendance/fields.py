"""The fields of Zoom's participant report that attendance is made from; no others are kept.

They are those of ``GET /report/meetings/{meetingId}/participants``. Left out on purpose:
``duration`` (the times are more trustworthy).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from include.attendance.names import visible

ACCOUNT = ("participant_user_id", "id")
"""Both hold the id of the Zoom account. Zoom says that the second will be removed one day."""

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

# Nothing but zeros and signs, or a word that programs write for a missing value.
_NOTHING = re.compile(r"[\W_0]*((null|nil|none|nan|n/?a|undefined)[\W_]*)?", re.IGNORECASE)


def staged_row(row: Mapping[str, Any]) -> dict[str, str]:
    """Reduce a participant row to FIELDS, all text: "" where Zoom sent null or no key.

    A value that cannot be an identifier or a name is left out, too: it would make one person of
    everybody who has it.
    """
    dropped = set(unusable(row))
    return {
        field: "" if field in dropped or row.get(field) is None else str(row[field])
        for field in FIELDS
    }


def unusable(row: Mapping[str, Any]) -> list[str]:
    """Return the identifiers and names of a row whose values are none that Zoom documents.

    An id is a text or a number, and more than zeros or a word for nothing. An e-mail address is a
    text with something on both sides of "@". A name is a text. Blank values do not count: Zoom
    sends them where it has nothing.
    """
    return [field for field, may_be in _MAY_BE.items() if not may_be(row.get(field))]


def _may_be_id(value: Any) -> bool:
    return _is_blank(value) or (type(value) in {int, str} and _says_something(str(value)))


def _may_be_address(value: Any) -> bool:
    if _is_blank(value) or not isinstance(value, str):
        return _is_blank(value)
    sides = value.partition("@")[::2]
    shown = all(any(map(str.isalnum, visible(side))) for side in sides)
    return shown and any(map(_says_something, sides))


def _may_be_name(value: Any) -> bool:
    return value is None or isinstance(value, str)


def _is_blank(value: Any) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _says_something(text: str) -> bool:
    return not _NOTHING.fullmatch(visible(text))


_MAY_BE: dict[str, Callable[[Any], bool]] = {
    **dict.fromkeys(("registrant_id", *ACCOUNT, "user_id", "bo_mtg_id"), _may_be_id),
    "user_email": _may_be_address,
    "name": _may_be_name,
}
