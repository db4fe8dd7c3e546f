"""What stands behind the services: Postgres, Redis and an S3 stand-in, each on a free port."""

from __future__ import annotations

import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

import boto3
from celery import Celery

from local.postgres import Postgres
from sandbox.server import HOST
from sandbox.stack import free_port
from sandbox.waiting import wait_until
from tests.compose import parser
from tests.postgres import postgres
from tests.workers.settings import BUCKET, KEY, KEY_ID, REGION, fresh_settings

QUEUE = "default"
"""Airflow's own name for the queue of all tasks."""


@dataclass(frozen=True)
class Servers:
    """The running servers, and the settings whose passwords they have."""

    settings: dict[str, str]
    postgres: Postgres
    redis_port: int
    s3: S3

    @contextmanager
    def taking_no_work(self, worker: str) -> Iterator[None]:
        """Let a worker end what it has begun and take nothing more meanwhile."""
        password = self.settings["REDIS_PASSWORD"]
        to = {"destination": [f"celery@{worker}"], "reply": True, "timeout": 60, "limit": 1}
        with Celery(broker=f"redis://:{password}@{HOST}:{self.redis_port}/0") as celery:
            assert celery.control.cancel_consumer(QUEUE, **to)
            yield
            assert celery.control.add_consumer(QUEUE, **to)


@contextmanager
def servers() -> Iterator[Servers]:
    """Run all three, with fresh passwords and a bucket."""
    settings = fresh_settings()
    with (
        postgres(settings["POSTGRES_PASSWORD"]) as database,
        redis("--requirepass", settings["REDIS_PASSWORD"]) as redis_port,
        s3() as storage,
    ):
        storage.client.create_bucket(Bucket=BUCKET)
        yield Servers(settings, database, redis_port, storage)


def missing() -> list[str]:
    """Name the programs that are not installed."""
    wanted = {
        "redis-server": shutil.which("redis-server"),
        "docker-compose": parser.newest(),
    }
    return [name for name, found in wanted.items() if not found]


@contextmanager
def redis(*options: str) -> Iterator[int]:
    """Run a Redis that keeps nothing; its port."""
    port = free_port()
    where = ["--bind", HOST, "--port", str(port), "--save", ""]
    with _running(["redis-server", *where, *options], port):
        yield port


@dataclass(frozen=True)
class S3:
    """A stand-in of S3 with one bucket; it can be stopped in its tracks."""

    port: int
    process: subprocess.Popen

    @property
    def url(self) -> str:
        return f"http://{HOST}:{self.port}"

    @property
    def client(self) -> Any:
        """boto3's client, with a key that may do everything."""
        key = {"aws_access_key_id": KEY_ID, "aws_secret_access_key": KEY}
        return boto3.client("s3", endpoint_url=self.url, region_name=REGION, **key)

    def read(self, prefix: str) -> dict[str, bytes]:
        """Return what is stored below a prefix of the bucket, by name without the prefix."""
        client = self.client
        pages = client.get_paginator("list_objects_v2").paginate(Bucket=BUCKET, Prefix=prefix)
        keys = [entry["Key"] for page in pages for entry in page.get("Contents", [])]
        return {
            key.removeprefix(prefix): client.get_object(Bucket=BUCKET, Key=key)["Body"].read()
            for key in keys
        }

    @contextmanager
    def stopped(self) -> Iterator[None]:
        """Answer nothing meanwhile."""
        self.process.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self.process.send_signal(signal.SIGCONT)


@contextmanager
def s3() -> Iterator[S3]:
    """Run moto's server."""
    port = free_port()
    command = [sys.executable, "-m", "moto.server", "-H", HOST, "-p", str(port)]
    with _running(command, port) as process:
        yield S3(port, process)


@contextmanager
def _running(command: Sequence[str], port: int) -> Iterator[subprocess.Popen]:
    with tempfile.TemporaryDirectory(prefix="workers-server-") as folder:
        quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL}
        process = subprocess.Popen(command, cwd=folder, stderr=subprocess.STDOUT, **quiet)
        try:
            _wait_for(port, process)
            yield process
        finally:
            process.terminate()
            process.wait()


def _wait_for(port: int, process: subprocess.Popen) -> None:
    def reached() -> bool:
        assert process.poll() is None, process.args
        with suppress(OSError), socket.create_connection((HOST, port), timeout=1):
            return True
        return False

    wait_until(reached, f"an answer of {process.args}")
