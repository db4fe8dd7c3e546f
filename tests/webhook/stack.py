"""The webhook of the running Airflow, and the meetings that Zoom tells it of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import requests

from sandbox.waiting import wait_until
from sandbox.zoom import World
from sandbox.zoom.instance import Instance
from sandbox.zoom.session import Session
from sandbox.zoom.webhook import Delivery, deliver, meeting_ended
from tests.airflow_runs import states
from tests.live.stack import Live
from tests.live.weekly import Weekly
from tests.webhook.posting import SECRET

HOME_GROUP = Weekly("bible_study", "webhook_home_group", "Home group", 98765432201)
LECTURE = Weekly("town_hall", "webhook_lecture", "Lecture", 91234567802)
ITALIAN = Weekly("evening_class", "webhook_italian", "Italian", 85550001202)
WEEKLY = (HOME_GROUP, LECTURE, ITALIAN)

ENTRIES = [HOME_GROUP.entry(), LECTURE.entry(), ITALIAN.entry()]


@dataclass(frozen=True)
class Stack:
    """The running Airflow, told of meetings that have ended."""

    live: Live

    def post(self, delivery: Delivery) -> requests.Response:
        url = f"{self.live.airflow.url}/zoom/webhook"
        return requests.post(url, data=delivery.body, headers=delivery.headers, timeout=120)

    def end(self, instance: Instance, **changes: str) -> requests.Response:
        """Tell Airflow that an instance has ended.

        :param changes: to what Zoom says of it.
        """
        payload = meeting_ended(instance)
        payload["object"] |= changes
        return self.post(deliver("meeting.ended", payload, SECRET))

    def log_with(self, line: str) -> str:
        """Return Airflow's log as soon as this line has got there."""
        log = self.live.home / "logs" / "api-server.log"
        return wait_until(log.read_text, f"the line {line!r}", accept=lambda text: line in text)

    def started(self, meeting: Weekly) -> list[dict[str, Any]]:
        """The runs that the webhook has started."""
        runs = self.live.airflow.runs(meeting.dag_id)
        return [run for run in runs if run["dag_run_id"].startswith("zoom__")]

    def reports(self, meeting: Weekly) -> list[dict[str, Any]]:
        return [report for _, report in self.live.airflow.published(meeting.dag_id)]

    def wait_for_state(self, meeting: Weekly, run_id: str, task_id: str, state: str) -> None:
        wait_until(
            lambda: states(self.live.airflow, meeting.dag_id, run_id, task_id),
            f"{state} of {task_id} in {run_id}",
            accept=lambda seen: state in seen,
        )


def held(world: World, meeting: Weekly, instances: int) -> Session:
    """An early session, held in so many instances."""
    return next(one for one in meeting.sessions(world) if len(one.instances) == instances)
