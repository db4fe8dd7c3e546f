"""A server that drips a byte now and then holds nobody for ever."""

from __future__ import annotations

import pytest

from tests.raw_server import DRIPPING_BODY, DRIPPING_HEAD, Drip, raw_server
from zoom_provider.client import ZoomClient
from zoom_provider.errors import ZoomUnavailable


@pytest.mark.parametrize("at_once", [DRIPPING_HEAD, DRIPPING_BODY])
@pytest.mark.parametrize("login_drips", [False, True])
def test_an_answer_that_drips_ends_at_the_time_limit(zoom, hook_to, at_once, login_drips):
    drip = Drip(at_once)
    with raw_server(drip) as url:
        api, login = (zoom.url, url) if login_drips else (url, zoom.url)
        hook = hook_to(api, token_url=f"{login}/oauth/token")
        with pytest.raises(ZoomUnavailable, match=r"did not arrive whole \(TimeoutError\)"):
            ZoomClient(hook.account, time_limit=0.5).get("light", "/meetings/1")
        assert not drip.ended.is_set()
    assert len(zoom.heard) == (0 if login_drips else 1)
