"""The five weeks, backfilled once."""

from __future__ import annotations

import pytest

from tests.dags.weeks import DAG_ID, Stack
from tests.live.stack import Live


@pytest.fixture(scope="module")
def stack(live: Live) -> Stack:
    live.airflow.unpause(DAG_ID)
    stack = Stack(live)
    live.airflow.wait_for_backfill(stack.backfill("none"))
    return stack
