"""Airflow with your own meetings and connections, on this machine: ``make run``.

``python -m local COMMAND ...`` runs a command with Airflow's settings and its database, whether
Airflow runs or not, such as ``python -m local airflow connections list``.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from local.airflow import airflow_running, healthy, migrate, settings_of
from local.home import HOME, InUse, alone_in, older_database
from local.postgres import postgres_in, running_in
from local.supervisor import Supervisor
from local.terminal import end_on_signals, say, wait_for_the_end

PORT = 8080

STARTING = 60
"""Seconds for the database of an Airflow that has just been started."""


def main() -> int:
    """Run Airflow, or a command with its database; returns the exit code."""
    if older := older_database(HOME):
        return _refused(older)
    end_on_signals()
    try:
        return _run_command(sys.argv[1:]) if sys.argv[1:] else _run_airflow()
    except InUse as error:
        return _refused(f"Airflow runs here already, or a command uses its database: {error}.")
    except (RuntimeError, OSError) as error:
        return _refused(str(error))


def _run_airflow() -> int:
    wanted = _port()
    with alone_in(HOME):
        say(f"Airflow is starting (about half a minute). Its logs: {HOME / 'logs'}/*.log")
        with airflow_running(_settings(), wanted, say, lasting=True) as url:
            try:
                _wait_until_healthy(url)
                _say_where(url, wanted)
                wait_for_the_end()
            finally:
                say("Stopping ...")
    return 0


def _port() -> int:
    named = os.environ.get("AIRFLOW__API__PORT", str(PORT))
    if not re.fullmatch("[0-9]{1,5}", named) or not 0 < int(named) < 2**16:
        raise RuntimeError("AIRFLOW__API__PORT is no port: use a number from 1 to 65535.")
    return int(named)


def _wait_until_healthy(url: str) -> None:
    # Without an end: the supervisor says what ends again and again.
    while not healthy(url):
        time.sleep(0.5)


def _say_where(url: str, wanted: int) -> None:
    if not url.endswith(f":{wanted}"):
        say(f"Port {wanted} is taken by another program.")
    say(f"Airflow runs: {url}")
    file = HOME / "simple_auth_manager_passwords.json.generated"
    with suppress(OSError, ValueError):
        for name, password in json.loads(file.read_text()).items():
            say(f"Log in as {name} with the password {password}")
    say("Ctrl-C stops it.")


def _run_command(command: list[str]) -> int:
    with (
        _database() as settings,
        subprocess.Popen(command, env=_settings() | settings) as process,
    ):
        try:
            return process.wait()
        except SystemExit as stopped:
            # Ctrl-C reaches the command by itself, and it may have a terminal to put right.
            if stopped.code:
                process.terminate()
            return process.wait()


@contextmanager
def _database() -> Iterator[dict[str, str]]:
    """Yield the settings of the database, which is started if Airflow does not run."""
    try:
        with alone_in(HOME), Supervisor(HOME, say) as supervisor:
            server = postgres_in(HOME / "postgres", lasting=True)
            is_new = not server.data.exists()
            server.start(supervisor)
            if is_new:
                print("Airflow's database is being made (half a minute or so).", file=sys.stderr)
                migrate(_settings() | server.settings, supervisor.log_of("migrate"))
            yield server.settings
    except InUse:
        yield _running_database()


def _running_database() -> dict[str, str]:
    end = time.monotonic() + STARTING
    while not (server := running_in(HOME / "postgres")):
        if time.monotonic() > end:
            raise RuntimeError(f"PostgreSQL does not answer. See {HOME / 'logs' / 'postgres.log'}.")
        time.sleep(0.5)
    return server.settings


def _settings() -> dict[str, str]:
    return {**os.environ, **settings_of(HOME)}


def _refused(why: str) -> int:
    print(why, file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
