"""The notice that there is a new report, or other numbers in one that was there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from airflow.sdk import BaseNotifier

from include.meetings import Meeting
from include.notifications.mail import Notice, send

KEY = "news"


def announcer(context: Mapping[str, Any]) -> Callable[[dict[str, Any]], None]:
    """Return what keeps a headline in the task's state store, until the task has succeeded."""
    return partial(context["task_state_store"].set, KEY)


class ReportNotifier(BaseNotifier):
    """Mails the meeting's people the report's link and its counts, if they are news.

    `load` leaves them in its task's state store before it writes the report, where a retry finds
    them again: a crash between report and mail loses no mail.
    """

    def __init__(self, meeting: Meeting) -> None:
        super().__init__()
        self.meeting = meeting

    def notify(self, context: Mapping[str, Any]) -> None:
        """Mail the headline that `load` left, if it left one."""
        store = context["task_state_store"]
        if news := store.get(KEY):
            store.delete(KEY)
            # Whoever backfills half a year wants no 26 mails.
            if self.meeting.notify and context["dag_run"].run_type != "backfill":
                ti = context["ti"]
                link = ti.xcom_pull(task_ids=ti.task_id, map_indexes=ti.map_index)["link"]
                notice = published(self.meeting.title, ti.rendered_map_index, news, link)
                send(notice, self.meeting.notify)


def published(title: str, label: str, headline: Mapping[str, Any], link: str) -> Notice:
    """Compose the notice of a report with this headline (see `Report`): counts, no names."""
    people = "1 person" if headline["people"] == 1 else f"{headline['people']} people"
    paragraphs = [f"{people}, {headline['hours']:.2f} hours in all."]
    if headline["incomplete"]:
        paragraphs.insert(0, "The report is incomplete: it says itself what is missing.")
    if below := headline["below"]:
        listed = ", ".join(f"{heading} ({lines})" for heading, lines in below.items())
        paragraphs.append(f"Please check what stands below the table: {listed}.")
    return Notice(
        subject=f"Zoom attendance: {title} {label}, {people}",
        paragraphs=tuple(paragraphs),
        link=("Open the report", link),
    )
