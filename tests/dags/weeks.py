"""Five weeks of the invented Bible study, run by a real Airflow."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sandbox.airflow_api import ENDED
from sandbox.waiting import wait_until
from tests.live.stack import Live
from tests.live.weekly import Weekly, date_of

BIBLE_STUDY = Weekly("bible_study", "bible_study", "Sunday Bible study", 98765432101)
DAG_ID = BIBLE_STUDY.dag_id

FIRST, LAST = "2026-04-05T00:00:00+11:00", "2026-05-04T00:00:00+10:00"
"""Five Sundays: Sydney's clocks change on the first, and nobody met in the last one's week."""

WEEKS = 5


@dataclass(frozen=True)
class Stack:
    """The running Airflow, and the five weeks in it."""

    live: Live

    def weeks(self) -> list[dict[str, Any]]:
        """Return the backfilled runs, oldest first, when all have ended."""
        return wait_until(
            lambda: list(self._weeks()),
            "the end of the five weeks",
            accept=lambda runs: [run["state"] in ENDED for run in runs] == [True] * WEEKS,
        )

    def _weeks(self) -> Iterator[dict[str, Any]]:
        for run in self.live.airflow.runs(DAG_ID):
            if date_of(run) < datetime.fromisoformat(LAST):
                yield run
