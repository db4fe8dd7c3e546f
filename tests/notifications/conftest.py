"""The running Airflow, with its Dags switched on once for the tests of a module."""

from __future__ import annotations

import pytest

from tests.live.stack import Live
from tests.notifications.stack import CHOIR, FRENCH, Stack


@pytest.fixture(scope="module")
def stack(live: Live) -> Stack:
    for meeting in (CHOIR, FRENCH):
        live.airflow.unpause(meeting.dag_id)
    return Stack(live)
