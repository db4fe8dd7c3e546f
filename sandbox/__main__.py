"""Serve Zoom's and Google's stand-ins with the invented world, until stopped."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime, timedelta

import uvicorn

from sandbox.both import app_over
from sandbox.google import GoogleState
from sandbox.zoom import World, ZoomState


def main() -> None:
    """Serve what the command line says."""
    arguments = argparse.ArgumentParser(prog="python -m sandbox", description=__doc__)
    arguments.add_argument("--host", default="127.0.0.1", help="the interface to listen on")
    arguments.add_argument("--port", type=int, default=8090)
    arguments.add_argument(
        "--people-url", default="", help="where people open the spreadsheets, if elsewhere"
    )
    chosen = arguments.parse_args()
    now = datetime.now(UTC)
    world = World(now.date() + timedelta(days=2), until=now)
    app = app_over(ZoomState(world, "pro"), GoogleState(people_url=chosen.people_url))
    uvicorn.run(app, host=chosen.host, port=chosen.port, access_log=False, log_level="warning")


if __name__ == "__main__":
    main()
