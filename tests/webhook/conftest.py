"""The webhook over HTTP, and what it hands on."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from sandbox.server import serve
from tests.webhook.posting import SECRET
from zoom_provider.webhook.app import webhook_app
from zoom_provider.webhook.events import MeetingEnded


@pytest.fixture
def handed_on() -> list[MeetingEnded]:
    return []


@pytest.fixture
def url(handed_on: list[MeetingEnded]) -> Iterator[str]:
    with serve(webhook_app(lambda: SECRET, handed_on.append)) as address:
        yield f"{address}/webhook"
