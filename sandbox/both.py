"""Zoom's and Google's stand-ins side by side on one address."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from starlette.applications import Starlette

from sandbox import google, zoom
from sandbox.connections import connections
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
        return connections(self.url)


def app_over(zoom_state: zoom.ZoomState, google_state: google.GoogleState) -> Starlette:
    """Return the app that answers as both; Google's invented content is planted."""
    google.plant(google_state)
    return Starlette(routes=[*zoom.routes(zoom_state), *google.routes(google_state)])


@contextmanager
def running(world: zoom.World, *, port: int = 0, latency: float = 0.0) -> Iterator[Sandbox]:
    """Serve both until the block ends, on a free port if none is given."""
    zoom_state, google_state = zoom.ZoomState(world, "pro", latency), google.GoogleState(latency)
    with serve(app_over(zoom_state, google_state), port) as url:
        yield Sandbox(url, zoom_state, google_state)
