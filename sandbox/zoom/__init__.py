"""A strict stand-in of Zoom's REST API over an invented world of three weekly meetings."""

from __future__ import annotations

from sandbox.zoom.app import create_app, routes
from sandbox.zoom.rows import participant_row
from sandbox.zoom.state import ZoomState
from sandbox.zoom.world import World

__all__ = ["World", "ZoomState", "create_app", "participant_row", "routes"]
