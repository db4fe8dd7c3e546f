"""Five weeks of the invented Bible study, run by a real Airflow."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sandbox.airflow_api import ENDED
from sandbox.waiting import wait_until
from tests.live.stack import Live
from tests.live.weekly import Weekly

BIBLE_STUDY = Weekly("bible_study", "bible_study", "Sunday Bible study", 98765432101)
DAG_ID = BIBLE_STUDY.dag_id

FIRST, LAST = "2026-03-29T00:00:00+11:00", "2026-04-27T00:00:00+10:00"
"""Five weekly intervals begin here: Sydney's clocks change in the first, the last is a holiday."""

WEEKS = 5
END = datetime.fromisoformat("2026-05-04T00:00:00+10:00")


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
            if datetime.fromisoformat(run["data_interval_end"]) < END:
                yield run
