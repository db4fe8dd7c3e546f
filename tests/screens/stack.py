"""A running Airflow with the evening class, the invented meeting whose Dag the tests click on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sandbox.waiting import wait_until
from sandbox.zoom.faults import Faults
from sandbox.zoom.session import Session
from tests.airflow_runs import run_of
from tests.live.stack import Live
from tests.live.weekly import Weekly

EVENING_CLASS = Weekly("evening_class", "evening_class", "Evening class", 85550001111)
DAG_ID = EVENING_CLASS.dag_id
ZONE = "America/New_York"

Sheets = dict[int, tuple[str, list[list[str]]]]
"""Title and cells of each tab, by the tab's id."""


@dataclass(frozen=True)
class Stack:
    """The running Airflow and what was held of the evening class."""

    live: Live

    @property
    def faults(self) -> Faults:
        return self.live.sandbox.zoom.faults

    def session(self, day: str) -> Session:
        """Return the session that was held on a day."""
        return EVENING_CLASS.session_of(self.live.world, day)

    def sessions_of(self, run: dict[str, Any]) -> list[Session]:
        """Return what was held in a run's week."""
        held = EVENING_CLASS.sessions_of(self.live.world, run)
        return [one for one in held if not one.plan.stray]

    def found(self, run_id: str) -> list[list[str]]:
        """Return the sessions that a run has found, each as the UUIDs of its instances."""
        sessions = self.live.airflow.result(DAG_ID, run_id, "sessions")
        return [[instance["uuid"] for instance in one["instances"]] for one in sessions]

    def trigger(self, day: str) -> str:
        """Start a run with the session of a day; returns its run id."""
        self.live.airflow.unpause(DAG_ID)
        return self.live.airflow.trigger(DAG_ID, session=day)

    def wait_for(self, run_id: str, state: str) -> None:
        """Wait until a run has ended in this state."""
        wait_until(
            lambda: run_of(self.live.airflow, DAG_ID, run_id)["state"],
            f"{state} of {run_id}",
            accept=lambda now: now == state,
        )

    def sheets(self) -> Sheets:
        google, spreadsheet = self.live.sandbox.google, EVENING_CLASS.spreadsheet
        return {
            tab.id: (tab.title, google.read_cells(spreadsheet, f"'{tab.title}'!A1:F200"))
            for tab in google.spreadsheets[spreadsheet].sheets
        }


def uuids(sessions: list[Session]) -> list[list[str]]:
    """Return the UUIDs of each session's instances."""
    return [[instance.uuid for instance in one.instances] for one in sessions]
