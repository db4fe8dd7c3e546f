"""Serving an application for the length of a block."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
import requests
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from sandbox.server import serve
from sandbox.zoom import World, ZoomState, routes


def test_serves_on_loopback_and_stops_with_the_block():
    app = Starlette(routes=[Route("/", lambda request: PlainTextResponse("here"))])
    with serve(app) as base:
        assert urlsplit(base).hostname == "127.0.0.1"
        assert requests.get(base, timeout=5).text == "here"
    with pytest.raises(requests.ConnectionError):
        requests.get(base, timeout=5)


def test_a_port_can_be_chosen_again_at_once_and_not_twice():
    with serve(Starlette()) as base:
        port = urlsplit(base).port
        with pytest.raises(OSError, match="in use"), serve(Starlette(), port):
            pass
    with serve(Starlette(), port) as again:
        assert again == base
        assert requests.get(again, timeout=5).status_code == 404


def test_zoom_keeps_its_own_404_beside_other_routes():
    other = Route("/sheets", lambda request: PlainTextResponse("sheets"))
    with serve(Starlette(routes=[other, *routes(ZoomState(World.empty()))])) as base:
        assert requests.get(f"{base}/sheets", timeout=5).text == "sheets"
        assert requests.get(f"{base}/v2/nothing", timeout=5).json()["code"] == 2300
        assert requests.get(f"{base}/elsewhere", timeout=5).status_code == 404
