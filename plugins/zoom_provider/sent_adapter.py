"""An HTTP adapter that knows when a request has been sent: Zoom counts arrivals, not responses."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import Any

from requests.adapters import HTTPAdapter
from urllib3 import PoolManager

_on_sent: ContextVar[Callable[[], object] | None] = ContextVar("on_sent", default=None)


@contextmanager
def call_when_sent(on_sent: Callable[[], object]) -> Iterator[None]:
    """Call ``on_sent`` when a request that this block makes through the adapter has been sent."""
    former = _on_sent.set(on_sent)
    try:
        yield
    finally:
        _on_sent.reset(former)


class SentAdapter(HTTPAdapter):
    """Sends as requests does, then calls ``on_sent``; the connection has been made by then."""

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        """Make the pools of direct connections."""
        super().init_poolmanager(*args, **kwargs)
        _replace_pools(self.poolmanager)

    def proxy_manager_for(self, proxy: Any, **kwargs: Any) -> Any:
        """Make the pools of connections through a proxy."""
        manager = super().proxy_manager_for(proxy, **kwargs)
        _replace_pools(manager)
        return manager


def _replace_pools(manager: PoolManager) -> None:
    # Those that the manager has: a SOCKS proxy's are others.
    pools = manager.pool_classes_by_scheme
    manager.pool_classes_by_scheme = {scheme: _pool_class(pool) for scheme, pool in pools.items()}


class _Connection:
    def request(self, *args: Any, **kwargs: Any) -> None:
        super().request(*args, **kwargs)  # type: ignore[misc]
        if on_sent := _on_sent.get():
            on_sent()


@cache
def _pool_class(pool: Any) -> Any:
    """Return a class of pools whose connections call ``on_sent``."""
    connection = type(pool.ConnectionCls.__name__, (_Connection, pool.ConnectionCls), {})
    return type(pool.__name__, (pool,), {"ConnectionCls": connection})
