"""Participant rows as Zoom writes them in its report."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from random import Random
from typing import Any

from sandbox.zoom.connections import Connection

Row = dict[str, Any]

FIRST_USER_ID = 16_778_240
USER_ID_STEP = 1_024
_ALWAYS_EMPTY = {"attentiveness_score": "", "customer_key": ""}


def zoom_time(moment: datetime) -> str:
    """An aware datetime in Zoom's form: UTC, whole seconds, ending in Z."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def participant_row(
    name: str,
    join: datetime,
    leave: datetime | None,
    *,
    account_id: str = "",
    email: str = "",
    registrant_id: str = "",
    room: str = "",
    waiting: bool = False,
    failover: bool = False,
) -> Row:
    """One row of GET /report/meetings/{meetingId}/participants, without its user_id.

    Guests have no `participant_user_id` key and an empty `id`; main-room rows no `bo_mtg_id`; a
    row without `leave` (still connected) no `leave_time`, and a duration of 0. Seconds elsewhere.
    """
    row = {
        "id": account_id,
        "name": name,
        "user_email": email,
        "join_time": zoom_time(join),
        "duration": max(0, int((leave - join).total_seconds())) if leave else 0,
        "failover": failover,
        "status": "in_waiting_room" if waiting else "in_meeting",
        "registrant_id": registrant_id,
    }
    optional = {"participant_user_id": account_id, "bo_mtg_id": room}
    optional |= {"leave_time": zoom_time(leave)} if leave else {}
    return row | _ALWAYS_EMPTY | {key: value for key, value in optional.items() if value}


def report_rows(connections: Iterable[Connection], rng: Random) -> list[Row]:
    """The rows of one instance, ordered by user_id, some without the keys that come and go."""
    # Ids rise roughly with the join time; rooms get theirs late, so rows are not in join order.
    order = sorted(
        connections, key=lambda stay: stay.join + 90 * rng.random() + 600 * bool(stay.room)
    )
    return numbered(_thinned(_row(stay), rng) for stay in order)


def numbered(rows: Iterable[Row]) -> list[Row]:
    """The rows with user_ids from 16778240 in steps of 1024, where they have none."""
    return [
        {"user_id": str(FIRST_USER_ID + place * USER_ID_STEP)} | row
        for place, row in enumerate(rows)
    ]


def _row(stay: Connection) -> Row:
    return participant_row(
        stay.name,
        datetime.fromtimestamp(stay.join, UTC),
        datetime.fromtimestamp(stay.leave, UTC) if stay.ended else None,
        account_id="" if stay.bare else stay.person.account_id,
        email="" if stay.bare else stay.person.email,
        registrant_id="" if stay.bare else stay.person.registrant_id,
        room=stay.room,
        waiting=stay.waiting,
        failover=stay.failover,
    )


def _thinned(row: Row, rng: Random) -> Row:
    gone = {key for key in ("failover", "customer_key") if rng.random() < 0.05}
    if row["status"] == "in_meeting" and rng.random() < 0.03:
        gone.add("status")
    return {key: value for key, value in row.items() if key not in gone}
