"""A real Airflow whose webhook is switched on, and what was held that Zoom may tell it of."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import requests

from sandbox.airflow_api import AirflowApi
from sandbox.both import Sandbox
from sandbox.zoom import World
from sandbox.zoom.instance import Instance
from sandbox.zoom.session import Session
from sandbox.zoom.webhook import Delivery, deliver, meeting_ended
from tests.webhook.posting import SECRET

BIBLE_STUDY, EVENING_CLASS, TOWN_HALL = 98765432101, 85550001111, 91234567890
DAGS = {
    BIBLE_STUDY: "zoom_attendance_bible_study",
    EVENING_CLASS: "zoom_attendance_evening_class",
    TOWN_HALL: "zoom_attendance_town_hall",
}


@dataclass(frozen=True)
class Stack:
    """A running Airflow whose webhook is switched on, its home, and the sandbox behind it.

    :param meetings: its meetings file, which the tests may change.
    """

    airflow: AirflowApi
    sandbox: Sandbox
    home: Path
    meetings: Path

    def post(self, delivery: Delivery) -> requests.Response:
        url = f"{self.airflow.url}/zoom/webhook"
        return requests.post(url, data=delivery.body, headers=delivery.headers, timeout=30)

    def end(self, instance: Instance) -> int:
        """Tell Airflow that an instance has ended; the answer's status."""
        return self.post(deliver("meeting.ended", meeting_ended(instance), SECRET)).status_code

    def log_with(self, line: str) -> str:
        """Return Airflow's log as soon as this line has got there, through a pipe."""
        deadline = time.monotonic() + 20
        while line not in (log := (self.home / "airflow.log").read_text()):
            assert time.monotonic() < deadline, line
            time.sleep(0.2)
        return log

    def started(self, number: int) -> list[dict[str, Any]]:
        """The runs that the webhook has started."""
        runs = self.airflow.runs(DAGS[number])
        return [run for run in runs if run["dag_run_id"].startswith("zoom__")]

    def reports(self, number: int) -> list[dict[str, Any]]:
        return [report for _, report in self.airflow.published(DAGS[number])]

    def wait_for_state(self, number: int, run_id: str, task_id: str, state: str) -> None:
        deadline = time.monotonic() + 60
        while state not in self._states(number, run_id, task_id):
            assert time.monotonic() < deadline
            time.sleep(0.5)

    def _states(self, number: int, run_id: str, task_id: str) -> list[str]:
        instances = self.airflow.task_instances(DAGS[number], run_id)
        return [one["state"] for one in instances if one["task_id"] == task_id]


def settled(world: World, number: int, instances: int) -> Session:
    """A session some weeks ago, held in so many instances."""
    held = [one for one in world.sessions(number) if len(one.instances) == instances]
    return [one for one in held if not one.plan.stray and one.plan.age >= 3][-1]
