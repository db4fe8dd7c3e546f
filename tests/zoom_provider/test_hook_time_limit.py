"""A server that drips a byte now and then holds nobody for ever."""

from __future__ import annotations

import json

import pytest

from tests.raw_server import (
    DRIPPING_BODY,
    DRIPPING_HEAD,
    Drip,
    answer_well,
    raw_server,
    read_request,
)
from tests.zoom_provider.scripted_zoom import GRANTED
from zoom_provider.client import ZoomClient
from zoom_provider.errors import ZoomUnavailable

DRIPPING = pytest.mark.parametrize("at_once", [DRIPPING_HEAD, DRIPPING_BODY])


@DRIPPING
@pytest.mark.parametrize("login_drips", [False, True])
@pytest.mark.usefixtures("no_pauses")
def test_an_answer_that_only_drips_ends_in_an_error(zoom, hook_to, at_once, login_drips):
    drip = Drip(at_once)
    with raw_server(drip) as url:
        api, login = (zoom.url, url) if login_drips else (url, zoom.url)
        hook = hook_to(api, token_url=f"{login}/oauth/token")
        with pytest.raises(ZoomUnavailable, match=r"did not arrive whole \(TimeoutError\)"):
            ZoomClient(hook.account, time_limit=2).get("light", "/meetings/1")
        assert not drip.ended.is_set()
    assert len(zoom.heard) == (0 if login_drips else 1)


@DRIPPING
@pytest.mark.usefixtures("no_pauses")
def test_an_answer_that_drips_once_is_asked_for_again(zoom, hook_to, at_once):
    drip = Drip(at_once)
    with raw_server(drip, answer_well) as url:
        hook = hook_to(url, token_url=f"{zoom.url}/oauth/token")
        client = ZoomClient(hook.account, time_limit=5)
        assert client.get("light", "/meetings/1") == {"well": "yes"}
        assert not drip.ended.is_set()


@pytest.mark.usefixtures("no_pauses")
def test_a_login_that_drips_once_is_tried_again(zoom, hook_to):
    zoom.will_say({"id": 1})
    drip = Drip(DRIPPING_BODY)
    granted = json.dumps(GRANTED).encode()

    def grant(connection):
        read_request(connection)
        head = b"HTTP/1.1 200 OK\r\ncontent-length: %d\r\n\r\n"
        connection.sendall(head % len(granted) + granted)

    with raw_server(drip, grant) as url:
        hook = hook_to(zoom.url, token_url=f"{url}/oauth/token")
        assert ZoomClient(hook.account, time_limit=5).get("light", "/meetings/1") == {"id": 1}
