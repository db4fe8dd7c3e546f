"""A notice, and sending it by mail: through Airflow's SMTP provider, never at a task's expense."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from threading import Thread
from typing import TYPE_CHECKING
from urllib.parse import quote

from airflow.sdk.configuration import conf
from airflow.sdk.exceptions import AirflowNotFoundException

if TYPE_CHECKING:
    from airflow.providers.smtp.hooks.smtp import SmtpHook

log = logging.getLogger(__name__)

CONNECTION = "smtp_default"

TIMEOUT = 10
"""Seconds that a mail server is given. Airflow kills what still runs 20 s after a task's end
([core] task_success_overtime), and would then try again what has failed for good."""


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


def link_of_run(dag_id: str, run_id: str) -> tuple[str, str]:
    """Return the link that opens a run in Airflow."""
    base = conf.get("api", "base_url", fallback="http://localhost:8080")
    return "Open the run", f"{base.rstrip('/')}/dags/{dag_id}/runs/{quote(run_id)}"


def send(notice: Notice, to: Sequence[str]) -> None:
    """Mail a notice. If that fails, log why, in one line. Raises nothing."""
    # Imported here: Dag files are parsed again and again, and there is seldom anything to mail.
    from airflow.providers.smtp.hooks.smtp import SmtpHook

    try:
        SmtpHook.get_connection(CONNECTION)
    except AirflowNotFoundException:
        log.info(
            "No mail was sent: there is no connection %s. Make it at Admin > Connections "
            "(docs/operating.md, under 'Mails', shows its fields).",
            CONNECTION,
        )
        return
    except Exception as error:
        _say_why_not(error)
        return
    # A thread can be left behind: the connection's own time-out counts anew for each of a server's
    # answers and each retry, and the lookup of its name knows none.
    sending = Thread(target=_send, args=(SmtpHook(CONNECTION), notice, list(to)), daemon=True)
    sending.start()
    sending.join(TIMEOUT)
    if sending.is_alive():
        log.warning("No mail was sent: the server of %s is silent or slow.", CONNECTION)


def _send(hook: SmtpHook, notice: Notice, to: list[str]) -> None:
    try:
        with hook:
            hook.send_email_smtp(to=to, subject=notice.subject_line, html_content=notice.html)
    except Exception as error:
        _say_why_not(error)
    else:
        log.info("Mailed to %d: %s", len(to), notice.subject_line)


def _say_why_not(error: Exception) -> None:
    # The class only: a mail server's answer quotes addresses.
    log.warning("No mail was sent (%s): check the connection %s.", type(error).__name__, CONNECTION)
