"""The mail to the leaders of a class: how many came, and where to read on."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from include.meeting import Meeting
from include.notifications.mail import Notice, send

if TYPE_CHECKING:  # Dag files are read again and again, and need no client of Google's for it
    from include.pipeline.leaders import News


def leaders_mailer(meeting: Meeting) -> Callable[[News], None]:
    """Return what mails a class's leaders its news."""
    return lambda news: send(class_notice(meeting.title, news), news.leaders)


def class_notice(title: str, news: News) -> Notice:
    """Compose the notice: numbers and a link, no names of people."""
    return Notice(
        subject=f"{title} {news.label}, {news.numbers}",
        paragraphs=(f"{news.numbers}.", "Who came, and who was missing, stands in your sheet."),
        link=("Open your class's sheet", news.link),
    )
