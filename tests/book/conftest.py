"""A desk with a book in it, in a Google of the test's own."""

from __future__ import annotations

import pytest

from tests.book.desk import Desk
from tests.sandbox.google_book import Google
from tests.sandbox.stage import clients as clients
from tests.sandbox.stage import google as google
from tests.sandbox.stage import stage as stage


@pytest.fixture
def desk(google: Google) -> Desk:
    return Desk(google)
