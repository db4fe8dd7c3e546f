"""One batchUpdate of a spreadsheet: all of its requests or none, by what stood there.

Whoever writes has read before. Google refuses the whole batch where somebody else has changed since
what it is built on; then all is read again.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar
from urllib.parse import urlsplit

from tenacity import (
    Retrying,
    retry_if_exception_type,
    stop_after_attempt,
    wait_random_exponential,
)

from google_workspace.calls import send
from google_workspace.errors import GoogleTabsChanged, GoogleUnavailable

log = logging.getLogger(__name__)

TRIES, LONGEST_PAUSE = 8, 8
"""How often a spreadsheet is read when others write into it; seconds between two tries."""

Written = TypeVar("Written")


def retry_on_conflict(write: Callable[[], Written]) -> Written:
    """Return what ``write`` returns; call it again when somebody else has written since it read.

    :param write: reads, then writes in one `batch_update`. Others that write all the time are
        GoogleUnavailable at last.
    """
    again = Retrying(
        retry=retry_if_exception_type(GoogleTabsChanged),
        wait=wait_random_exponential(max=LONGEST_PAUSE),  # random: no two collide twice
        stop=stop_after_attempt(TRIES),
        before_sleep=lambda _: log.info("Somebody else has just written: reading it again."),
        reraise=True,
    )
    try:
        return again(write)
    except GoogleTabsChanged as error:
        raise GoogleUnavailable(str(error)) from None


def batch_update(
    spreadsheets: Any, spreadsheet_id: str, requests: list[dict[str, Any]], num_retries: int
) -> None:
    """Carry them out in one call; raises GoogleError, and has changed nothing then.

    :param spreadsheets: the resource of Google's client; ``num_retries``: see `send`.
    """
    request = spreadsheets.batchUpdate(spreadsheetId=spreadsheet_id, body={})
    request.body = compact({"requests": requests})
    request.body_size = len(request.body)
    response = send(request, num_retries)
    with reading_response():
        if response["spreadsheetId"] != spreadsheet_id or len(response["replies"]) != len(requests):
            raise ValueError


def address_of(spreadsheet: dict[str, Any]) -> str:
    """Return what opens a spreadsheet that was read with its ``spreadsheetUrl``: always the same.

    Google may add `?ouid=…`.
    """
    return urlsplit(str(spreadsheet["spreadsheetUrl"]))._replace(query="", fragment="").geturl()


def compact(body: dict[str, Any]) -> bytes:
    """Return JSON without the spaces and escapes that Google's client would write."""
    text = json.dumps(body, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return text.encode()


@contextmanager
def reading_response() -> Iterator[None]:
    """Turn what reading a response stumbles over into GoogleUnavailable: another may be whole."""
    try:
        yield
    except (LookupError, TypeError, AttributeError, ValueError):
        raise GoogleUnavailable(
            "Google's answer lacks what was asked for. Nothing is taken from half an answer."
        ) from None
