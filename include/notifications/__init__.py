"""Mails about a failure, a new report, a report that is late, and to the leaders of classes."""

from include.notifications.leaders import leaders_mailer
from include.notifications.notices import (
    ReportNotifier,
    announcer,
    late_report_alert,
    task_defaults,
)

__all__ = ["ReportNotifier", "announcer", "late_report_alert", "leaders_mailer", "task_defaults"]
