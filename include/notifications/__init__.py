"""Mails about a failure, a new report, a report that is late."""

from include.notifications.failure import task_defaults
from include.notifications.late import late_report_alert
from include.notifications.report import ReportNotifier, announcer

__all__ = ["ReportNotifier", "announcer", "late_report_alert", "task_defaults"]
