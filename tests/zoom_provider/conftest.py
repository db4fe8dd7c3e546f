"""Hooks over connections that lead to the sandbox or to a scripted Zoom."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest

from sandbox.both import Sandbox
from tests.zoom_provider.invented_hour import START, add_hour
from tests.zoom_provider.scripted_zoom import ScriptedZoom, scripted
from zoom_provider.hooks.zoom import ZoomHook

HookTo = Callable[..., ZoomHook]


@pytest.fixture
def hook(empty_sandbox: Sandbox) -> ZoomHook:
    """A hook over the default connection, which leads to the sandbox without meetings."""
    return ZoomHook()


@pytest.fixture(scope="session")
def scripted_server() -> Iterator[ScriptedZoom]:
    with scripted() as zoom:
        yield zoom


@pytest.fixture
def zoom(scripted_server: ScriptedZoom) -> ScriptedZoom:
    """A Zoom that says what the test prepares."""
    scripted_server.begin()
    return scripted_server


@pytest.fixture
def hook_to(monkeypatch: pytest.MonkeyPatch) -> HookTo:
    """Make a hook over a changed connection: ``hook_to(url, password="wrong", machines=2)``."""

    def hook_to(url: str, **changes: Any) -> ZoomHook:
        connection = json.dumps(_connection(url, changes))
        monkeypatch.setenv("AIRFLOW_CONN_ZOOM_CHANGED", connection)
        return ZoomHook("zoom_changed")

    return hook_to


@pytest.fixture
def scripted_hook(zoom: ScriptedZoom, hook_to: HookTo) -> ZoomHook:
    """A hook that asks the scripted Zoom."""
    return hook_to(zoom.url)


@pytest.fixture
def uuid(empty_sandbox: Sandbox) -> str:
    """An hour of two people, in the sandbox without meetings."""
    return add_hour(empty_sandbox.zoom.world, START).uuid


def _connection(url: str, changes: dict[str, Any]) -> dict[str, Any]:
    address = urlsplit(url)
    login = {"login": "sandbox-client", "password": "sandbox-secret"}
    extra = {"account_id": f"sandbox-account-{address.port}", "token_url": f"{url}/oauth/token"}
    return {
        "conn_type": "zoom",
        "host": f"{address.scheme}://{address.hostname}",
        "port": address.port,
        **{name: changes.pop(name, value) for name, value in login.items()},
        "extra": extra | changes,
    }
