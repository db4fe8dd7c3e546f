"""Waiting for the workers' queue, which starts at the same time."""

from __future__ import annotations

import socket
import subprocess
import sys

from deploy.wait_for_broker import reachable
from sandbox.stack import ROOT, free_port


def test_a_queue_that_listens_is_reached() -> None:
    with socket.create_server(("127.0.0.1", 0)) as queue:
        assert reachable(*queue.getsockname())


def test_a_queue_that_starts_late_is_waited_for() -> None:
    port = free_port()
    script = ROOT / "deploy" / "wait_for_broker.py"
    address = {"AIRFLOW__CELERY__BROKER_URL": f"redis://:secret@127.0.0.1:{port}/0"}
    waiting = subprocess.Popen([sys.executable, script], env=address)
    with socket.create_server(("127.0.0.1", port)) as queue:
        queue.accept()[0].close()
        assert waiting.wait(timeout=60) == 0


def test_patience_ends() -> None:
    assert not reachable("127.0.0.1", free_port(), patience=0)
