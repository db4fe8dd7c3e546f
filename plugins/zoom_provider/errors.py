"""What can go wrong with Zoom, sorted by what to do about it.

ZoomError
├── ZoomRefused              another try changes nothing: a person must act
│   ├── ZoomBadCredentials
│   ├── ZoomMissingScope
│   ├── ZoomPlanLacksReports
│   └── ZoomUnknownMeeting
├── ZoomReportNotReady       wait: not a fault
├── ZoomLimitReached         try again at `retry_at`
└── ZoomUnavailable          try again soon
    └── ZoomAnswerCutShort
        └── ZoomRowsDoNotAddUp

Every message says what happened and what to do, without names, e-mails or secrets.
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
    """The Zoom app lacks a scope; the message names it."""


class ZoomPlanLacksReports(ZoomRefused):
    """The account's plan, licence or role does not include the report."""


class ZoomUnknownMeeting(ZoomRefused):
    """No such meeting in this account, or too old for Zoom to remember."""


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
    """Server error, time-out, broken answer or per-second limit: try again soon."""


class ZoomAnswerCutShort(ZoomUnavailable):
    """A report did not come whole, or its pages cannot be trusted."""


class ZoomRowsDoNotAddUp(ZoomAnswerCutShort):
    """The report came to its end with fewer (or more) rows than Zoom says it has.

    :param said: Zoom's ``total_records``.
    :param delivered: the rows that came.
    """

    def __init__(self, said: int, delivered: int) -> None:
        super().__init__(
            f"Zoom says the report has {said} rows but delivered {delivered}. Nothing is published "
            "from half a report. If it stays so, trigger the Dag with this session's date and "
            "'Publish although rows are missing': the report then says at its top what is missing."
        )
        self.said, self.delivered = said, delivered
