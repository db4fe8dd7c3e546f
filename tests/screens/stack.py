"""A running Airflow with the evening class, the invented meeting whose Dag the tests click on."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sandbox.airflow_api import AirflowApi
from sandbox.both import Sandbox
from sandbox.google.seed import SHARED_SPREADSHEET
from sandbox.zoom.session import Session

DAG_ID = "zoom_attendance_evening_class"
NUMBER = 85550001111
ZONE = "America/New_York"

PATIENCE = 300
"""Seconds until a run must have ended."""

Sheets = dict[int, tuple[str, list[list[str]]]]
"""Title and cells of each tab, by the tab's id."""


@dataclass(frozen=True)
class Stack:
    """A running Airflow and the sandbox that its connections lead to."""

    airflow: AirflowApi
    sandbox: Sandbox

    def session(self, day: str) -> Session:
        """Return the session that was held on a day."""
        held = self.sandbox.zoom.world.sessions(NUMBER)
        return next(one for one in held if str(one.plan.day) == day)

    def sessions_of(self, run: dict[str, Any]) -> list[Session]:
        """Return what was held in a run's week."""
        start, end = interval(run)
        held = self.sandbox.zoom.world.sessions(NUMBER)
        return [one for one in held if start <= one.instances[0].start < end]

    def found(self, run_id: str) -> list[list[str]]:
        """Return the sessions that a run has found, each as the UUIDs of its instances."""
        sessions = self.airflow.result(DAG_ID, run_id, "sessions")
        return [[instance["uuid"] for instance in one["instances"]] for one in sessions]

    def trigger(self, day: str) -> str:
        """Start a run with the session of a day; returns its run id."""
        self.airflow.unpause(DAG_ID)
        return self.airflow.trigger(DAG_ID, session=day)

    def wait_for(self, run_id: str, state: str) -> None:
        """Wait until a run has ended in this state."""
        deadline = time.monotonic() + PATIENCE
        while (now := self._state(run_id)) != state:
            assert time.monotonic() < deadline, now
            time.sleep(0.5)

    def _state(self, run_id: str) -> str | None:
        states = {run["dag_run_id"]: run["state"] for run in self.airflow.runs(DAG_ID)}
        return states.get(run_id)

    def sheets(self) -> Sheets:
        spreadsheet = self.sandbox.google.spreadsheets[SHARED_SPREADSHEET]
        read = self.sandbox.google.read_cells
        return {
            sheet.id: (sheet.title, read(SHARED_SPREADSHEET, f"'{sheet.title}'!A1:F200"))
            for sheet in spreadsheet.sheets
        }


def interval(run: dict[str, Any]) -> tuple[datetime, datetime]:
    """Return start and end of a run's week."""
    start, end = (datetime.fromisoformat(run[f"data_interval_{edge}"]) for edge in ("start", "end"))
    return start, end


def uuids(sessions: list[Session]) -> list[list[str]]:
    """Return the UUIDs of each session's instances."""
    return [[instance.uuid for instance in one.instances] for one in sessions]
