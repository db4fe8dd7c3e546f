"""Zoom's and Google's stand-ins side by side on one address."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from starlette.applications import Starlette

from sandbox import google, zoom
from sandbox.server import serve


@dataclass(frozen=True)
class Sandbox:
    """A running sandbox: its address and what its two halves hold."""

    url: str
    zoom: zoom.ZoomState
    google: google.GoogleState

    @property
    def connections(self) -> dict[str, dict[str, Any]]:
        """The Airflow connections that lead here, by id, in Airflow's JSON form."""
        address = urlsplit(self.url)
        return {
            "zoom_default": {
                "conn_type": "zoom",
                "host": f"{address.scheme}://{address.hostname}",
                "port": address.port,
                "login": "sandbox-client",
                "password": "sandbox-secret",
                "extra": {"account_id": "sandbox-account", "token_url": f"{self.url}/oauth/token"},
            },
            "google_cloud_default": {
                "conn_type": "google_cloud_platform",
                "extra": {
                    "is_anonymous": True,
                    "sheets_api_endpoint": f"{self.url}/",
                    "drive_api_endpoint": f"{self.url}/drive/v3/",
                },
            },
        }


@contextmanager
def running(world: zoom.World, *, port: int = 0, latency: float = 0.0) -> Iterator[Sandbox]:
    """Serve both until the block ends, on a free port if none is given."""
    zoom_state, google_state = zoom.ZoomState(world, "pro", latency), google.GoogleState(latency)
    google.plant(google_state)
    app = Starlette(routes=[*zoom.routes(zoom_state), *google.routes(google_state)])
    with serve(app, port) as url:
        yield Sandbox(url, zoom_state, google_state)
