"""Participant rows as Zoom sends them, read slowly. Knows nothing of the product."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from datetime import datetime
from functools import cache
from typing import NamedTuple

Sent = dict[str, str]


class SlowRow(NamedTuple):
    """A participant row; times in seconds since 1970, None where there is none."""

    join: int | None
    leave: int | None
    name: str
    account: str
    email: str
    identifiers: frozenset[tuple[str, str]]
    breakout: bool
    waiting: bool
    as_sent: tuple[str, ...]

    @property
    def key(self) -> str:
        return key_of(self.name)


def read_row(sent: Sent, end: int) -> SlowRow:
    ids = {name: sent[name].strip() for name in ("participant_user_id", "id", "registrant_id")}
    email = sent["user_email"].strip()
    identifiers = {
        ("registrant", ids["registrant_id"]),
        ("account", ids["participant_user_id"]),
        ("account", ids["id"]),
        ("e-mail", email.casefold()),
    }
    return SlowRow(
        join=_seconds(sent["join_time"], end),
        leave=end if (leave := _seconds(sent["leave_time"], end)) is None else leave,
        name=sent["name"].replace("#", ",") if key_of(sent["name"]) else "",
        account=ids["participant_user_id"] or ids["id"],
        email=email,
        identifiers=frozenset(one for one in identifiers if one[1]),
        breakout=sent["bo_mtg_id"] != "",
        waiting=sent["status"] == "in_waiting_room",
        as_sent=tuple(
            sent[name] for name in ("user_id", "join_time", "leave_time", "id", "registrant_id")
        ),
    )


def _seconds(text: str, end: int) -> int | None:
    """None for what is no time near the session, which is short."""
    time = int(datetime.fromisoformat(text).timestamp()) if text.endswith("Z") else None
    return time if time and abs(time - end) < 29 * 3600 else None


@cache
def key_of(name: str) -> str:
    for _ in range(4):  # what an invisible letter kept apart belongs together
        folded = unicodedata.normalize("NFKC", name).casefold()
        name = "".join(letter for letter in folded if is_visible(letter))
    return " ".join(name.replace("#", ",").split())


def is_visible(letter: str) -> bool:
    kind, name = unicodedata.category(letter), unicodedata.name(letter, "")
    control = kind == "Cf" or (kind == "Cc" and not letter.isspace())
    blank = "FILLER" in name or "VARIATION SELECTOR" in name or name == "BRAILLE PATTERN BLANK"
    return not control and not blank


def is_fine(row: SlowRow) -> bool:
    return row.join is not None and row.leave is not None and row.leave >= row.join


def in_order(row: SlowRow) -> tuple:
    *_, one_id, registrant = row.as_sent
    texts = (row.name, row.account, row.email, one_id.strip(), registrant.strip())
    times = ((time is None, time or 0) for time in (row.join, row.leave))
    return *times, *((text == "", text) for text in texts), row.breakout


def delivered_once(rows: Iterable[SlowRow]) -> list[SlowRow]:
    kept: dict[tuple, SlowRow] = {}
    for number, row in enumerate(sorted(rows, key=in_order)):
        user_id, join, leave, *_ = row.as_sent
        kept.setdefault((user_id, join, leave, row.waiting) if user_id else (number,), row)
    return list(kept.values())


def clash(one: SlowRow, other: SlowRow) -> bool:
    """More than 120 seconds of both: a lost connection may time out late."""
    return min(one.leave, other.leave) - max(one.join, other.join) > 120


def fits(rows: Iterable[SlowRow], others: list[SlowRow]) -> bool:
    return not any(clash(one, other) for one in rows for other in others)
