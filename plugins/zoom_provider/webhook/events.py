"""The events that Zoom delivers, as far as anything here acts on them."""

from __future__ import annotations

import json
from dataclasses import dataclass

LONGEST_UUID = 100
"""Characters; Zoom's have 24. A run id made from it must fit Airflow's 250."""


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
        envelope = json.loads(body)
        match envelope["event"]:
            case "endpoint.url_validation":
                return UrlValidation(_text(envelope["payload"]["plainToken"]))
            case "meeting.ended":
                ended = envelope["payload"]["object"]
                # A string in most events, a number in some of Zoom's examples.
                return MeetingEnded(int(str(ended["id"])), _text(ended["uuid"]))
    except (KeyError, TypeError) as error:
        raise ValueError(f"a field is missing or of another type: {error}") from None
    return None


def _text(value: object) -> str:
    if not isinstance(value, str) or not 0 < len(value) <= LONGEST_UUID:
        raise ValueError("a UUID or token is empty, too long or no text")
    return value
