"""The five weeks, backfilled once."""

from __future__ import annotations

import pytest

from tests.dags.weeks import DAG_ID, FIRST, LAST, Stack
from tests.live.stack import Live


@pytest.fixture(scope="module")
def stack(live: Live) -> Stack:
    live.airflow.unpause(DAG_ID)
    live.airflow.backfill(DAG_ID, FIRST, LAST)
    return Stack(live)
