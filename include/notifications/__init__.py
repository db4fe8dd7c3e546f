"""Mails about a failure, a new report, a report that is late."""

from include.notifications.notices import (
    ReportNotifier,
    announcer,
    late_report_alert,
    task_defaults,
)

__all__ = ["ReportNotifier", "announcer", "late_report_alert", "task_defaults"]
