"""The running Airflow, with its Dags switched on once for the tests of a module."""

from __future__ import annotations

import pytest

from tests.live.stack import Live
from tests.notifications.stack import Stack


@pytest.fixture(scope="module")
def stack(live: Live) -> Stack:
    stack = Stack(live)
    stack.start()
    return stack
