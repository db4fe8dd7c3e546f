"""What can go wrong with Zoom, sorted by what to do about it.

ZoomError
├── ZoomRefused              another try changes nothing: a person must act
│   ├── ZoomBadCredentials
│   ├── ZoomMissingScope
│   ├── ZoomPlanLacksReports
│   ├── ZoomBadRequest
│   │   └── ZoomHostGone
│   └── ZoomUnknownMeeting
│       ├── ZoomWebinar
│       └── ZoomReportTooOld
├── ZoomReportNotReady       wait: not a fault
├── ZoomLimitReached         try again at `retry_at`
└── ZoomUnavailable          try again soon
    └── ZoomAnswerCutShort
        └── ZoomRowsDoNotAddUp
            └── ZoomPagesRepeat

Every message says what happened and what to do at Zoom or in the Airflow connection, without
names, e-mails or secrets. What a caller may want to know besides is an attribute.
"""

from __future__ import annotations

from datetime import datetime


class ZoomError(Exception):
    """Zoom refused a request, or answered something that cannot be used."""


class ZoomRefused(ZoomError):
    """Another try changes nothing: a person must act first."""


class ZoomBadCredentials(ZoomRefused):
    """The connection's client id, secret, account id or login type is wrong or dead."""


class ZoomMissingScope(ZoomRefused):
    """The Zoom app lacks a scope.

    :param scopes: the scopes that Zoom names; any one of them is enough.
    """

    def __init__(self, message: str, scopes: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.scopes = scopes


class ZoomPlanLacksReports(ZoomRefused):
    """The account's plan, licence or role does not include the report."""


class ZoomBadRequest(ZoomRefused):
    """Zoom takes the login, but not this request; no cause is known that a person could remove."""


class ZoomHostGone(ZoomBadRequest):
    """The meeting's host is no longer a user of this account (codes 1001 and 1010)."""


class ZoomUnknownMeeting(ZoomRefused):
    """No such meeting in this account, or it has expired.

    :param meeting_id: the meeting's number, where the caller gave one.
    """

    def __init__(self, message: str, meeting_id: int | None = None) -> None:
        super().__init__(message)
        self.meeting_id = meeting_id


class ZoomWebinar(ZoomUnknownMeeting):
    """The number belongs to a webinar, which this hook does not read."""


class ZoomReportTooOld(ZoomUnknownMeeting):
    """The instance is older than the year for which Zoom keeps reports (code 12702)."""


class ZoomReportNotReady(ZoomError):
    """Zoom has no report for this instance (HTTP 404, code 3001): too early, or never."""


class ZoomLimitReached(ZoomError):
    """A limit that lifts later than the hook waits.

    :param retry_at: when Zoom takes calls again, aware UTC.
    """

    def __init__(self, message: str, retry_at: datetime) -> None:
        super().__init__(message)
        self.retry_at = retry_at


class ZoomUnavailable(ZoomError):
    """Server error, timeout, broken response or per-second limit: try again soon."""


class ZoomAnswerCutShort(ZoomUnavailable):
    """A response did not come whole, or its rows or pages cannot be trusted."""


class ZoomRowsDoNotAddUp(ZoomAnswerCutShort):
    """The report came to its end with fewer (or more) rows than Zoom says it has.

    :param total_records: as Zoom says.
    :param delivered: the rows that came, without those that an earlier page brought.
    """

    cause = ""

    def __init__(self, total_records: int, delivered: int) -> None:
        super().__init__(
            f"{self.cause}Zoom says the report has {total_records} rows but delivered {delivered}."
        )
        self.total_records, self.delivered = total_records, delivered


class ZoomPagesRepeat(ZoomRowsDoNotAddUp):
    """Rows of earlier pages came again where others should have been."""

    cause = "Zoom repeats a page of the report. "
