"""A total time limit for a call: the timeouts of sockets begin anew with every byte.

`google_workspace` has the same: this package is installed alone.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, TypeVar

T = TypeVar("T")


def within(seconds: float, call: Callable[..., T], *args: Any) -> T:
    """Return what the call returns, or raise what it raises.

    Raises TimeoutError after so many seconds, whatever the call is doing: looking up a name,
    waiting for the next byte. Its thread is left behind; it ends with the connection or process.
    """
    future: Future[T] = Future()

    def carry_out() -> None:
        try:
            future.set_result(call(*args))
        except BaseException as error:
            future.set_exception(error)

    threading.Thread(target=carry_out, name="zoom call", daemon=True).start()
    return future.result(seconds)
