"""An HTTP adapter that tells when a request has left: Zoom counts arrivals, not answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, PoolManager
from urllib3.connection import HTTPConnection, HTTPSConnection

_left: ContextVar[Callable[[], object] | None] = ContextVar("left", default=None)


@contextmanager
def telling(left: Callable[[], object]) -> Iterator[None]:
    """Call ``left`` when a request that this block makes through the adapter has been sent."""
    told = _left.set(left)
    try:
        yield
    finally:
        _left.reset(told)


class TellingAdapter(HTTPAdapter):
    """Sends as requests does, and tells; the connection has been made by then."""

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        """Make the pools of direct connections."""
        super().init_poolmanager(*args, **kwargs)
        _tell(self.poolmanager)

    def proxy_manager_for(self, proxy: Any, **kwargs: Any) -> Any:
        """Make the pools of connections through a proxy."""
        manager = super().proxy_manager_for(proxy, **kwargs)
        _tell(manager)
        return manager


def _tell(manager: PoolManager) -> None:
    manager.pool_classes_by_scheme = {"http": _Pool, "https": _SecurePool}


class _Telling:
    def request(self, *args: Any, **kwargs: Any) -> None:
        super().request(*args, **kwargs)  # type: ignore[misc]
        if left := _left.get():
            left()


class _Connection(_Telling, HTTPConnection):
    pass


class _SecureConnection(_Telling, HTTPSConnection):
    pass


class _Pool(HTTPConnectionPool):
    ConnectionCls = _Connection


class _SecurePool(HTTPSConnectionPool):
    ConnectionCls = _SecureConnection
