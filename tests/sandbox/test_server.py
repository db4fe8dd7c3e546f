"""Serving an application for the length of a block."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
import requests
from starlette.applications import Starlette

from sandbox.server import serve


def test_a_port_is_served_for_the_block_and_can_be_chosen_again_at_once_and_not_twice():
    with serve(Starlette()) as base:
        host, port = urlsplit(base).hostname, urlsplit(base).port
        assert (host, requests.get(base, timeout=60).status_code) == ("127.0.0.1", 404)
        with pytest.raises(OSError, match="in use"), serve(Starlette(), port):
            pass
    with pytest.raises(requests.ConnectionError):
        requests.get(base, timeout=60)
    with serve(Starlette(), port) as again:
        assert again == base
        assert requests.get(again, timeout=60).status_code == 404
