"""Mails about a failure, a new report, nobody, a report that is late, and to leaders of classes."""

from include.notifications.nobody import NobodyNotifier
from include.notifications.notices import (
    ReportNotifier,
    announcer,
    late_report_alert,
    leaders_mailer,
    task_defaults,
)

__all__ = [
    "NobodyNotifier",
    "ReportNotifier",
    "announcer",
    "late_report_alert",
    "leaders_mailer",
    "task_defaults",
]
