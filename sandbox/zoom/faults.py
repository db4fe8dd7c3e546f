"""Faults to come: which requests go wrong, how, and how often."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

ENDPOINTS = (
    "token",
    "past_instances",
    "past_meeting",
    "report_participants",
    "meeting",
)


class Kind(StrEnum):
    """What can go wrong."""

    SERVER_ERROR = "server_error"  # a 5xx, `status`
    PER_SECOND_LIMIT = "per_second_limit"  # 429
    DAILY_LIMIT = "daily_limit"  # 429 with Retry-After
    USER_DAILY_LIMIT = "user_daily_limit"  # 429 without Retry-After
    NOT_READY = "not_ready"  # 404/3001
    ZERO_DURATIONS = "zero_durations"  # every row of the answer has duration 0
    STALE_PAGE_TOKEN = "stale_page_token"  # a request with a page token: 400/300
    REPEATED_PAGE_TOKEN = "repeated_page_token"  # ... is given the token it sent
    REPEATED_PAGE = "repeated_page"  # ... is given rows of the first page, as many as its own
    EMPTY = "empty"  # no row, and total_records 0
    CUT_SHORT = "cut_short"  # the listing ends here, one row too early
    BROKEN_BODY = "broken_body"  # the connection closes in the middle of the body
    HTML = "html"  # a web page, status 200
    REVOKED_TOKEN = "revoked_token"  # all current access tokens become invalid
    MISSING_SCOPE = "missing_scope"  # 400/4711
    UNPAID = "unpaid"  # 400/200: the plan lacks the feature
    TOO_OLD = "too_old"  # 400/12702
    WEBINAR = "webinar"  # 400/3000: the number is a webinar's
    SLOW = "slow"  # answers after `seconds`, or when all faults are cleared


_PAGED_ONLY = {Kind.STALE_PAGE_TOKEN, Kind.REPEATED_PAGE_TOKEN, Kind.REPEATED_PAGE}
_ROWS_ONLY = _PAGED_ONLY | {Kind.ZERO_DURATIONS, Kind.EMPTY, Kind.CUT_SHORT}


@dataclass
class Fault:
    """The next `times` requests to `endpoint` (any under /v2 if None) fail, after skipping `after`.

    `meeting` limits it to one number or UUID, as the request names it.
    Kinds that change rows or pages concern the participant report only. Raises ValueError or
    TypeError for what it does not understand.
    """

    kind: Kind
    times: int = 1
    endpoint: str | None = None
    after: int = 0
    status: int = 500
    seconds: float = 1.0
    meeting: str | None = None

    def __post_init__(self) -> None:
        self.kind = Kind(self.kind)
        if self.endpoint is not None and self.endpoint not in ENDPOINTS:
            raise ValueError(f"endpoint is one of {', '.join(ENDPOINTS)}")
        if not all(type(count) is int for count in (self.times, self.after, self.status)):
            raise TypeError("times, after and status are whole numbers")
        if self.times < 1 or self.after < 0 or not 500 <= self.status <= 599 or self.seconds < 0:
            raise ValueError("times from 1, after and seconds from 0, status from 500 to 599")

    def concerns(self, endpoint: str, meeting: str, paged: bool) -> bool:
        """True for a request to `endpoint` about `meeting`; `paged` if it carries a page token."""
        if self.meeting not in (None, meeting):
            return False
        if self.kind in _ROWS_ONLY:
            wanted = endpoint == "report_participants" and self.endpoint in (None, endpoint)
            return wanted and (paged or self.kind not in _PAGED_ONLY)
        return endpoint == self.endpoint or (self.endpoint is None and endpoint != "token")


class Faults:
    """The faults still to come, in the order they were added; `cleared` counts how often all were
    taken away.
    """

    def __init__(self) -> None:
        self._coming: list[Fault] = []
        self.cleared = 0

    def add(self, kind: str, **fields: Any) -> Fault:
        """Add a `Fault`; its fields are the keywords."""
        fault = Fault(Kind(kind), **fields)
        self._coming.append(fault)
        return fault

    def list(self) -> list[dict[str, Any]]:
        """What is left of each, as JSON."""
        return [asdict(fault) for fault in self._coming]

    def clear(self) -> None:
        """Take all away; what is being held is answered."""
        self._coming.clear()
        self.cleared += 1

    def take(self, endpoint: str, meeting: str, paged: bool) -> Fault | None:
        """The fault that this request meets, if any; every fault it concerns counts it."""
        taken = None
        for fault in [one for one in self._coming if one.concerns(endpoint, meeting, paged)]:
            if fault.after:
                fault.after -= 1
            elif taken is None:
                taken = fault
                fault.times -= 1
        self._coming = [fault for fault in self._coming if fault.times]
        return taken
