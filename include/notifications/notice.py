"""A notice: what somebody is told in one mail."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape


@dataclass(frozen=True)
class Notice:
    """Plain text only; it becomes HTML, the one form that Airflow's SMTP provider sends.

    :param subject: a few words.
    :param paragraphs: what happened and what to do.
    :param link: the words of a link, and where it leads.
    """

    subject: str
    paragraphs: tuple[str, ...]
    link: tuple[str, str]

    @property
    def subject_line(self) -> str:
        """The subject as a mail's header takes it: a title may hold line breaks."""
        return " ".join(self.subject.split())

    @property
    def html(self) -> str:
        """The mail's content: a title may hold & and <, Zoom's words may, too."""
        words, url = self.link
        link = f'<a href="{escape(url)}">{escape(words)}</a>'
        return "".join(f"<p>{part}</p>\n" for part in [*map(escape, self.paragraphs), link])
