"""HTTP 429: Zoom's per-second limit, which passes soon, and the daily limit, which does not."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import partial

from zoom_provider.errors import ZoomError, ZoomLimitReached, ZoomUnavailable

LONGEST_LIMIT = timedelta(hours=25)
"""Zoom's longest limit is the daily one; an hour more for clocks that differ."""


def limit_reached(headers: Mapping[str, str], message: str, response_text: str) -> ZoomError:
    """Return the error that a 429 means.

    :param headers: the response's, whose names compare without regard to case.
    :param message: Zoom's own words; a user's daily limit comes without headers.
    :param response_text: Zoom's status and code, the end of the error's message.
    """
    now = datetime.now(UTC)
    retry_at = _retry_after(headers.get("Retry-After") or "", now)
    if retry_at and now < retry_at <= now + LONGEST_LIMIT:
        return _until(retry_at, response_text)
    kind = headers.get("X-RateLimit-Type", "")
    if retry_at and retry_at > now:
        return _until(
            _midnight_after(now),
            "That is the next midnight: the time that Zoom names is more than a day away, which no "
            f"limit of Zoom's is. {response_text}",
        )
    if kind.lower().startswith("daily") or "daily" in message.lower():
        return _until(_midnight_after(now), response_text)
    return ZoomUnavailable(f"Zoom's per-second limit is reached. {response_text}")


def _until(retry_at: datetime, response_text: str) -> ZoomLimitReached:
    return ZoomLimitReached(
        f"Zoom takes no more calls of this kind until {retry_at:%Y-%m-%d %H:%M} UTC, the daily "
        "limit of the account's plan. Other apps on the same Zoom account count, "
        f"too. {response_text}",
        retry_at,
    )


def _retry_after(value: str, now: datetime) -> datetime | None:
    """Read a Retry-After header: Zoom's ISO instant, an HTTP date, or seconds.

    The latest of several values; None for what is none of these.
    """
    # A date has a comma of its own: the whole first.
    instants = [_instant(part.strip(), now) for part in (value, *value.split(","))]
    return max(filter(None, instants), default=None)


def _instant(value: str, now: datetime) -> datetime | None:
    for read in (partial(_in_seconds, now), datetime.fromisoformat, parsedate_to_datetime):
        try:
            found = read(value)
            return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
        except OverflowError:
            return datetime.max.replace(tzinfo=UTC)
        except (ValueError, TypeError, IndexError):
            continue
    return None


def _in_seconds(now: datetime, value: str) -> datetime:
    if not re.fullmatch(r"[0-9]+(\.[0-9]+)?", value):
        raise ValueError(value)
    return now + timedelta(seconds=float(value))


def _midnight_after(now: datetime) -> datetime:
    tomorrow = now + timedelta(days=1)
    return tomorrow.replace(hour=0, minute=0, second=0, microsecond=0)
