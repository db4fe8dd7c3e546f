"""The events that Zoom delivers, as far as anything here acts on them."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any, NoReturn

LONGEST_TEXT = 100
"""Characters; Zoom's UUIDs have 24. A run id made from it must fit Airflow's 250."""


@dataclass(frozen=True)
class UrlValidation:
    """Zoom asks whether the endpoint knows the secret: when it is set up, then every 72 hours."""

    plain_token: str


@dataclass(frozen=True)
class MeetingEnded:
    """One instance of a meeting has ended. Its report is not there yet.

    :param meeting_id: the meeting's number, the same for every instance.
    :param uuid: the instance's.
    """

    meeting_id: int
    uuid: str


class DeliverAgain(Exception):
    """The event cannot be taken now: Zoom delivers it again after 5, 20 and 60 minutes."""


def read_event(body: bytes) -> UrlValidation | MeetingEnded | None:
    """Read a delivery's JSON; None for an event that nothing here acts on.

    Raises ValueError for a body that is not what Zoom documents.
    """
    try:
        # Decoded here: the parser lets broken UTF-8 pass.
        envelope = json.loads(body.decode(), parse_constant=_no_constant)
        return _event(envelope)
    except (KeyError, TypeError, RecursionError) as error:
        raise ValueError(f"missing, of another type or nested too deep: {error}") from None


def _event(envelope: Any) -> UrlValidation | MeetingEnded | None:
    match _text(envelope["event"]):
        case "endpoint.url_validation":
            return UrlValidation(_text(envelope["payload"]["plainToken"]))
        case "meeting.ended":
            ended = envelope["payload"]["object"]
            return MeetingEnded(_number(ended["id"]), _text(ended["uuid"]))
    return None


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON")


def _number(value: object) -> int:
    # A string in most events, a number in some of Zoom's examples.
    if isinstance(value, bool) or not re.fullmatch(r"[0-9]{1,18}", str(value)):
        raise ValueError("a meeting's number is none")
    return int(str(value))


def _text(value: object) -> str:
    # Zoom's are ASCII. Half a surrogate pair cannot be encoded, a NUL not kept in a database.
    if not isinstance(value, str) or not 0 < len(value) <= LONGEST_TEXT:
        raise ValueError("an event's name, a UUID or token is empty, too long or no text")
    if not (value.isascii() and value.isprintable()):
        raise ValueError("an event's name, a UUID or token has letters that Zoom does not use")
    return value
