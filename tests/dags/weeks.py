"""Five weeks of the invented Bible study, run by a real Airflow."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sandbox.airflow_api import AirflowApi
from sandbox.both import Sandbox

BIBLE_STUDY = "zoom_attendance_bible_study"
NUMBER = 98765432101

FIRST, LAST = "2026-09-27T00:00:00+10:00", "2026-10-26T00:00:00+11:00"
"""Five weekly intervals begin here: Sydney's clocks change in the first, the last is a holiday."""


@dataclass(frozen=True)
class Stack:
    """A running Airflow, its home, and the sandbox that its connections lead to."""

    airflow: AirflowApi
    sandbox: Sandbox
    home: Path

    def backfill(self, reprocess: str) -> None:
        """Backfill the five weeks and wait for the end."""
        self.airflow.wait_for_backfill(self.airflow.backfill(BIBLE_STUDY, FIRST, LAST, reprocess))

    def weeks(self) -> list[dict[str, Any]]:
        """Return the backfilled runs, oldest first."""
        end = datetime.fromisoformat("2026-11-02T00:00:00+11:00")
        runs = self.airflow.runs(BIBLE_STUDY)
        return [run for run in runs if datetime.fromisoformat(run["data_interval_end"]) < end]
