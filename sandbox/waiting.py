"""Waiting for something that another process does."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

TIMEOUT = 600.0
"""Seconds. No duration is measured with it: a machine with much else to do may need them."""


def wait_until(
    seen: Callable[[], T],
    what: str,
    *,
    accept: Callable[[T], object] = bool,
    timeout: float = TIMEOUT,
    pause: float = 0.5,
) -> T:
    """Return what `seen` returns, as soon as `accept` accepts it.

    :param what: is waited for; it stands in the error.
    :param timeout: and `pause` between two looks: seconds.
    :raises TimeoutError: with what was seen last.
    """
    deadline = time.monotonic() + timeout
    while not accept(last := seen()):
        if time.monotonic() > deadline:
            raise TimeoutError(f"{what}: not within {timeout:.0f} s. Seen last: {last!r}")
        time.sleep(pause)
    return last
