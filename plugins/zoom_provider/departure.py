"""An HTTP adapter that tells when a request has left: Zoom counts arrivals, not answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import Any

from requests.adapters import HTTPAdapter
from urllib3 import PoolManager

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
    # Those that the manager has: a SOCKS proxy's are others.
    pools = manager.pool_classes_by_scheme
    manager.pool_classes_by_scheme = {scheme: _telling(pool) for scheme, pool in pools.items()}


class _Telling:
    def request(self, *args: Any, **kwargs: Any) -> None:
        super().request(*args, **kwargs)  # type: ignore[misc]
        if left := _left.get():
            left()


@cache
def _telling(pool: Any) -> Any:
    """Return the class of pools whose connections tell."""
    connection = type(pool.ConnectionCls.__name__, (_Telling, pool.ConnectionCls), {})
    return type(pool.__name__, (pool,), {"ConnectionCls": connection})
