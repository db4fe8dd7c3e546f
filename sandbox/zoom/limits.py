"""Rate limits of an account: a sliding second and a day, for each label of endpoints."""

from __future__ import annotations

from collections import Counter, deque
from datetime import UTC, datetime, timedelta

from sandbox.zoom.errors import Refusal
from sandbox.zoom.rows import zoom_time

# Requests per second and per day by plan, from Zoom's rate limit table; None: no daily cap.
PLANS: dict[str, dict[str, tuple[int, int | None]]] = {
    "free": {"LIGHT": (4, 6_000), "MEDIUM": (2, 2_000), "HEAVY": (1, 1_000)},
    "pro": {"LIGHT": (30, None), "MEDIUM": (20, None), "HEAVY": (10, 30_000)},
}

PER_SECOND = "You have reached the maximum per-second rate limit for this API. Try again later."
DAILY = (
    "You have reached the maximum daily rate limit for this API. Refer to the response header "
    "for details on when you can make another request."
)
USER_DAILY = (
    "You have exceeded the daily rate limit (100) of Meeting Create/Update API requests permitted "
    "for this particular user. You may resume these requests at GMT 00:00:00."
)


class RateLimits:
    """Counts what it admits. `per_second` and `daily` (by label) may be changed while it runs."""

    def __init__(self, plan: str) -> None:
        self.per_second = {label: rate for label, (rate, _) in PLANS[plan].items()}
        self.daily = {label: cap for label, (_, cap) in PLANS[plan].items()}
        self._admitted = {label: deque[float]() for label in self.per_second}
        self._today: Counter[tuple[str, str]] = Counter()

    def admit(self, label: str, arrival: float, epoch: float) -> dict[str, str]:
        """Headers for a request arriving now, or Refusal 429.

        `arrival` is monotonic seconds, for the sliding second; `epoch` tells the UTC day.
        """
        day = datetime.fromtimestamp(epoch, UTC).date().isoformat()
        cap, limit = self.daily[label], self.per_second[label]
        if cap is not None and self._today[label, day] >= cap:
            raise daily_limit(label, epoch, cap)
        recent = self._admitted[label]
        while recent and recent[0] <= arrival - 1:
            recent.popleft()
        if len(recent) >= limit:
            raise per_second_limit(label, limit)
        recent.append(arrival)
        self._today[label, day] += 1
        return _headers(label, "QPS", limit, limit - len(recent))


def per_second_limit(label: str, limit: int) -> Refusal:
    """429 for the second: no Retry-After."""
    return _too_many(PER_SECOND, _headers(label, "QPS", limit, 0))


def daily_limit(label: str, epoch: float, cap: int) -> Refusal:
    """429 for the day: Retry-After is the instant of the next midnight, UTC."""
    tomorrow = datetime.fromtimestamp(epoch, UTC).date() + timedelta(days=1)
    reset = zoom_time(datetime.combine(tomorrow, datetime.min.time(), UTC))
    return _too_many(DAILY, _headers(label, "Daily-limit", cap, 0) | {"Retry-After": reset})


def user_daily_limit(label: str) -> Refusal:
    """429 for one user's day: no Retry-After."""
    return _too_many(USER_DAILY, {"X-RateLimit-Category": label.capitalize()})


def _too_many(message: str, headers: dict[str, str]) -> Refusal:
    return Refusal(429, {"code": 429, "message": message}, headers)


def _headers(label: str, kind: str, limit: int, remaining: int) -> dict[str, str]:
    return {
        "X-RateLimit-Category": label.capitalize(),
        "X-RateLimit-Type": kind,
        "X-RateLimit-Limit": str(limit),
        "X-RateLimit-Remaining": str(remaining),
    }
