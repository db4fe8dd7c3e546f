"""Mails about a failure, a new report, nobody, a report that is late, and to leaders of classes."""

from include.notifications.nobody import NoSessionNotifier, nobody_notifier
from include.notifications.notices import (
    ReportNotifier,
    announcer,
    late_report_alert,
    leaders_mailer,
    task_defaults,
)

__all__ = [
    "NoSessionNotifier",
    "ReportNotifier",
    "announcer",
    "late_report_alert",
    "leaders_mailer",
    "nobody_notifier",
    "task_defaults",
]
