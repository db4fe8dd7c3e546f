"""The first meetings of the running Airflow that tests share; each folder names its own."""

from __future__ import annotations

from tests.dags.weeks import BIBLE_STUDY
from tests.live.stack import Live
from tests.notifications import stack as notifications
from tests.screens.stack import EVENING_CLASS
from tests.webhook import stack as webhook

WEEKLY = [BIBLE_STUDY, EVENING_CLASS, *webhook.WEEKLY, *notifications.WEEKLY]

ENTRIES = [
    BIBLE_STUDY.entry(),
    EVENING_CLASS.entry(),
    *webhook.ENTRIES,
    *notifications.ENTRIES,
]


def begin(live: Live) -> None:
    """Begin what takes its time."""
    notifications.Stack(live).begin()
