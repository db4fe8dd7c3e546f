"""A total time limit for a call: the timeouts of sockets begin anew with every byte.

It knows nothing of Google. `zoom_provider` has a copy, for each package is installed alone.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, TypeVar

T = TypeVar("T")


def within(seconds: float, thread: str, call: Callable[..., T], *args: Any) -> T:
    """Return what the call returns, or raise what it raises.

    :param thread: the name of the thread in which it is made.

    Raises TimeoutError after so many seconds, whatever the call is doing: looking up a name,
    waiting for the next byte. Its thread is left behind; it ends with the connection or process.
    """
    future: Future[T] = Future()

    def carry_out() -> None:
        try:
            future.set_result(call(*args))
        except BaseException as error:
            future.set_exception(error)

    threading.Thread(target=carry_out, name=thread, daemon=True).start()
    return future.result(seconds)
