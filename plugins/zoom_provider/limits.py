"""Reading HTTP 429: Zoom's limit of a second, which passes, and of a day, which does not."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from zoom_provider.errors import ZoomError, ZoomLimitReached, ZoomUnavailable


def limit_reached(headers: Mapping[str, str], message: str, said: str) -> ZoomError:
    """Return the error that a 429 means.

    :param headers: the answer's, whose names compare without regard to case.
    :param message: Zoom's own words; a user's daily limit comes without headers.
    :param said: the end of the error's message.
    """
    retry_at = _retry_after(headers.get("Retry-After"))
    kind = headers.get("X-RateLimit-Type", "")
    if retry_at is None and (kind.lower().startswith("daily") or "daily" in message.lower()):
        retry_at = _next_midnight_utc()
    if retry_at is None:
        return ZoomUnavailable(f"Zoom's per-second limit is reached. {said}")
    return ZoomLimitReached(
        f"Zoom takes no more calls of this kind until {retry_at:%Y-%m-%d %H:%M} UTC, the daily "
        "limit of the account's plan. Other apps on the same Zoom account count, "
        f"too. {said}",
        retry_at,
    )


def _retry_after(value: str | None) -> datetime | None:
    """Read a Retry-After header: Zoom's ISO instant, an HTTP date, or seconds."""
    if not value:
        return None
    now = datetime.now(UTC)
    if value.strip().isdigit():
        return now + timedelta(seconds=int(value))
    for parse in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            instant = parse(value)
        except ValueError:
            continue
        return instant.astimezone(UTC) if instant.tzinfo else instant.replace(tzinfo=UTC)
    return _next_midnight_utc()


def _next_midnight_utc() -> datetime:
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    return tomorrow.replace(hour=0, minute=0, second=0, microsecond=0)
