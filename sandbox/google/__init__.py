"""A strict stand-in of Google Drive v3 and Sheets v4, with pages on which people read and type.

Requests are checked against the discovery documents; what is valid but not implemented is answered
with 501. Point clients at it with the endpoints `http://HOST/` and `http://HOST/drive/v3/`.
"""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.routing import BaseRoute

from .endpoints import api_routes
from .login import login_routes
from .pages import page_routes
from .seed import plant
from .state import GoogleState
from .switches import switch_routes


def create_app(*, latency: float = 0.0) -> Starlette:
    """The sandbox with its invented content; its GoogleState is `app.state.google`.

    `latency` is what every API call takes at least, in seconds.
    """
    state = GoogleState(latency)
    plant(state)
    app = Starlette(routes=routes(state))
    app.state.google = state
    return app


def routes(state: GoogleState) -> list[BaseRoute]:
    """All routes, for an application that serves more than Google."""
    return [
        *api_routes(state),
        *login_routes(state),
        *switch_routes(state),
        *page_routes(state),
    ]


__all__ = ["GoogleState", "create_app", "plant", "routes"]
