"""A throw-away Airflow: all of it on this machine, without login, gone when the block ends."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil

from sandbox.airflow_api import AirflowApi
from sandbox.waiting import wait_until

ROOT = Path(__file__).resolve().parent.parent
HOST = "127.0.0.1"

PID_FILE = "standalone.pid"

STOPPING = 5
"""Seconds until what has not stopped is killed."""


def free_port(wanted: int = 0) -> int:
    """Return the wanted port if it is free, else the next free one; 0 takes any."""
    for port in range(wanted, wanted + 100) if wanted else [0]:
        with socket.socket() as probe, suppress(OSError):
            probe.bind((HOST, port))
            return probe.getsockname()[1]
    raise OSError(f"no free port from {wanted} to {wanted + 99}: stop what listens there")


def airflow_settings(home: Path, meetings: Path) -> dict[str, str]:
    """Return the environment of an Airflow that runs this checkout's Dags out of ``home``."""
    inherited = {k: v for k, v in os.environ.items() if not k.startswith("AIRFLOW")}
    return {
        **inherited,
        "AIRFLOW_HOME": str(home),
        "AIRFLOW__CORE__DAGS_FOLDER": str(ROOT / "dags"),
        "AIRFLOW__CORE__PLUGINS_FOLDER": str(ROOT / "plugins"),
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "AIRFLOW__CORE__PARALLELISM": "4",
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_ALL_ADMINS": "True",
        "AIRFLOW__CORE__TEST_CONNECTION": "Enabled",
        # Seconds. Nobody changes its meetings, and reading them again would keep a processor busy.
        "AIRFLOW__DAG_PROCESSOR__MIN_FILE_PROCESS_INTERVAL": "600",
        # Seconds. The api-server's first answer to a task takes long on a busy machine.
        "AIRFLOW__WORKERS__EXECUTION_API_TIMEOUT": "60",
        "AIRFLOW__ZOOM_ATTENDANCE__MEETINGS_FILE": str(meetings),
        "AIRFLOW__ZOOM_ATTENDANCE__STAGING_URL": f"file://{home}/staging",
        "PYTHONPATH": str(ROOT),
        # The commands of this environment, also when it has not been activated.
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}",
    }


def _listening(port: int) -> dict[str, str]:
    url = f"http://{HOST}:{port}"
    return {
        "AIRFLOW__API__HOST": HOST,
        "AIRFLOW__API__PORT": str(port),
        "AIRFLOW__API__BASE_URL": url,
        "AIRFLOW__CORE__EXECUTION_API_SERVER_URL": f"{url}/execution/",
        "AIRFLOW__LOGGING__WORKER_LOG_SERVER_PORT": str(free_port()),
        "AIRFLOW__LOGGING__TRIGGER_LOG_SERVER_PORT": str(free_port()),
    }


@contextmanager
def airflow_running(settings: Mapping[str, str], port: int = 0) -> Iterator[AirflowApi]:
    """Run ``airflow standalone`` until the block ends; its log is airflow.log in its home."""
    port = free_port(port)
    home = Path(settings["AIRFLOW_HOME"])
    home.mkdir(parents=True, exist_ok=True)
    stop_airflow(home)
    with (home / "airflow.log").open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "airflow", "standalone"],
            env={**settings, **_listening(port)},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            # A session of its own: Ctrl-C reaches this program alone, which then stops the rest.
            start_new_session=True,
        )
    (home / PID_FILE).write_text(str(process.pid))
    try:
        api = AirflowApi(f"http://{HOST}:{port}")
        _wait_until_healthy(api, process, home)
        yield api
    finally:
        stop_airflow(home)


def _wait_until_healthy(api: AirflowApi, process: subprocess.Popen, home: Path) -> None:
    def healthy() -> bool:
        if process.poll() is not None:
            raise RuntimeError(f"Airflow did not start. See {home / 'airflow.log'}.")
        return api.healthy()

    wait_until(healthy, f"a healthy Airflow ({home / 'airflow.log'})")


def stop_airflow(home: Path) -> None:
    """Stop every process of the Airflow that was last started in this home, orphans included."""
    try:
        session = int((home / PID_FILE).read_text())
    except (OSError, ValueError):
        return
    processes = [process for process in psutil.process_iter() if _belongs(process, session)]
    for process in processes:
        _signal(process, signal.SIGTERM)
    for process in psutil.wait_procs(processes, timeout=STOPPING)[1]:
        _signal(process, signal.SIGKILL)
    (home / PID_FILE).unlink()


def _belongs(process: psutil.Process, session: int) -> bool:
    # Stopping the parent leaves scheduler and api-server behind. They rename themselves, which
    # wipes their environment, but stay in the session; the name guards against a re-used number.
    with suppress(OSError, psutil.Error):
        named = "airflow" in " ".join(process.cmdline())
        return os.getsid(process.pid) == session and named
    return False


def _signal(process: psutil.Process, number: int) -> None:
    with suppress(psutil.Error):
        process.send_signal(number)
