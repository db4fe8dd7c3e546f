"""The running Airflow's meetings of which people are notified, and what its tests ask of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.message import Message
from typing import Any

from sandbox.waiting import wait_until
from sandbox.zoom.session import Session
from tests.airflow_runs import finished
from tests.live.stack import Live
from tests.live.weekly import Weekly

EVERYBODY = ["office@example.org", "pat@example.org"]

CHOIR = Weekly("bible_study", "notify_choir", "Choir practice", 98765432301)
COUNCIL = Weekly("town_hall", "notify_council", "Council", 91234567803)
FRENCH = Weekly("evening_class", "notify_french", "French", 85550001303)
WEEKLY = (CHOIR, COUNCIL, FRENCH)

ENTRIES = [
    CHOIR.entry(notify=EVERYBODY),
    COUNCIL.entry(notify=EVERYBODY, report_within="1 minute"),
    FRENCH.entry(),
]
"""Nobody is to be notified of the French class."""

LATE = f"the report of {COUNCIL.title} is late"


@dataclass(frozen=True)
class Stack:
    """The running Airflow and the mails that have come out of it."""

    live: Live

    def begin(self) -> None:
        """Let the council go on and on, and a run of it wait from now on."""
        self.live.world.add(COUNCIL.number, datetime.now(UTC) - timedelta(hours=1), None, [])
        self.live.airflow.unpause(COUNCIL.dag_id)
        self.live.airflow.trigger(COUNCIL.dag_id)

    def run(self, meeting: Weekly, **form: str) -> dict[str, Any]:
        """Run what the form names, to the end; returns the run."""
        run_id = self.live.airflow.trigger(meeting.dag_id, **form)
        return finished(self.live.airflow, meeting.dag_id, run_id)

    def mails(self, words: str) -> list[Message]:
        """Return the mails with these words in the subject."""
        return [mail for mail in list(self.live.office.mails) if words in mail["Subject"]]

    def mail(self, words: str) -> Message:
        """Return the one mail with these words in its subject, as soon as it has come."""
        (mail,) = wait_until(lambda: self.mails(words), f"a mail with {words!r} in its subject")
        return mail

    def session(self, meeting: Weekly, weeks_ago: int) -> Session:
        """Return an ordinary session; each test takes one of its own."""
        return meeting.sessions(self.live.world)[-weeks_ago]

    @contextmanager
    def mail_server(self, port: int | None) -> Iterator[None]:
        """Let Airflow's mail connection lead to another port, or away with it."""
        self.mail(LATE)  # it may be under way and wants the usual one
        self.live.disconnect("smtp_default")
        if port:
            self.live.connect("smtp_default", port=port)
        yield
        self.live.connect("smtp_default")
