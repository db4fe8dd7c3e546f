"""One batchUpdate of a spreadsheet: all of its requests or none, and Google says that it is so."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from google_workspace.calls import send
from google_workspace.errors import GoogleUnavailable


def batch_update(
    spreadsheets: Any, spreadsheet_id: str, requests: list[dict[str, Any]], num_retries: int
) -> None:
    """Carry them out in one call; raises GoogleError, and has changed nothing then.

    :param spreadsheets: the resource of Google's client; ``num_retries``: see `send`.
    """
    request = spreadsheets.batchUpdate(spreadsheetId=spreadsheet_id, body={})
    request.body = compact({"requests": requests})
    request.body_size = len(request.body)
    answer = send(request, num_retries)
    with reading_an_answer():
        if answer["spreadsheetId"] != spreadsheet_id or len(answer["replies"]) != len(requests):
            raise ValueError


def compact(body: dict[str, Any]) -> bytes:
    """Return JSON without the spaces and escapes that Google's client would write."""
    text = json.dumps(body, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return text.encode()


@contextmanager
def reading_an_answer() -> Iterator[None]:
    """Turn what reading an answer stumbles over into GoogleUnavailable: another may be whole."""
    try:
        yield
    except (LookupError, TypeError, AttributeError, ValueError):
        raise GoogleUnavailable(
            "Google's answer lacks what was asked for. Nothing is taken from half an answer."
        ) from None
