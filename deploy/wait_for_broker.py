"""Waits until the workers' queue can be reached; fails with a sentence when it cannot."""

from __future__ import annotations

import os
import socket
import sys
import time
from urllib.parse import urlsplit

PATIENCE = 60.0
"""Seconds: it starts at the same time as the database."""


def reachable(host: str, port: int, patience: float = PATIENCE) -> bool:
    """Tell whether somebody listens there before ``patience`` (seconds) is over."""
    deadline = time.monotonic() + patience
    while True:
        try:
            socket.create_connection((host, port), timeout=5).close()
            return True
        except OSError:
            if time.monotonic() > deadline:
                return False
            time.sleep(0.5)


def main() -> str | None:
    """Return what is wrong, if anything."""
    broker = urlsplit(os.environ["AIRFLOW__CELERY__BROKER_URL"])
    if broker.hostname and broker.port and reachable(broker.hostname, broker.port):
        return None
    return (
        "Not started: EXECUTOR is CeleryExecutor, but no queue answers. "
        "Set COMPOSE_PROFILES=celery in .env, which starts it and the workers."
    )


if __name__ == "__main__":
    sys.exit(main())
