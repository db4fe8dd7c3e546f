"""The demo: weekly reports and the book of invented people, made by a real Airflow.

The sandbox stands in for Zoom and Google; everything else is as in production.
"""

from __future__ import annotations

import argparse
import shutil
import signal
import sys
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from croniter import croniter

from local.terminal import wait_for_the_end
from sandbox.airflow_api import AirflowApi
from sandbox.both import Sandbox, running
from sandbox.meeting_files import read_entries, write_entries
from sandbox.roster import type_roster
from sandbox.stack import ROOT, airflow_running, airflow_settings, free_port, stop_left_behind
from sandbox.waiting import wait_until
from sandbox.zoom import World

HOME = ROOT / ".demo"
MEETINGS = ROOT / "sandbox" / "meetings"
DAG_IDS = [f"zoom_attendance_{name}" for name in ("bible_study", "town_hall", "evening_class")]
BACKFILLED = DAG_IDS[0]
REGISTER = "zoom_register_bible_study"
WEEKS = 5

AIRFLOW_PORT = 8080
SANDBOX_PORT = 8090
TABLE_LINES = 15
JUST = timedelta(minutes=50)


def main() -> int:
    """Run the demo; returns 0 when every run has succeeded."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--once", action="store_true", help="end when the reports are there")
    once = arguments.parse_args().once
    # A shell that starts this in the background has Ctrl-C ignored: hear it all the same.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda received, _: sys.exit(128 + received))
    stop_left_behind(HOME)  # a demo that was killed may have left it running
    shutil.rmtree(HOME, ignore_errors=True)
    HOME.mkdir()
    try:
        return _demo(once)
    except KeyboardInterrupt:
        return 128 + signal.SIGINT


def _demo(once: bool) -> int:
    print("Starting the sandbox and Airflow (about half a minute) ...", flush=True)
    now = datetime.now(UTC)
    world = World(now.date() + timedelta(days=2), until=now)
    settings = airflow_settings(HOME, _meetings(now))
    with (
        running(world, port=free_port(SANDBOX_PORT)) as sandbox,
        airflow_running(settings, AIRFLOW_PORT) as airflow,
    ):
        well = _run(airflow, sandbox)
        book = _keep_book(airflow, sandbox)
        _show(airflow, sandbox)
        _show_book(sandbox, book)
        if not once:
            _wait_for_ctrl_c()
    return 0 if well else 1


def _meetings(now: datetime) -> Path:
    """Return the meetings, an hour earlier if one is due just now: its run would wait for Zoom."""
    meetings = read_entries(MEETINGS)
    if any(_was_just_due(meeting, now) for meeting in meetings):
        for meeting in meetings:
            minute, hour, *days = meeting["schedule"].split()
            meeting["schedule"] = " ".join([minute, str(int(hour) - 1), *days])
    return write_entries(HOME / "meetings", meetings)


def _was_just_due(meeting: dict[str, str], now: datetime) -> bool:
    local = now.astimezone(ZoneInfo(meeting["timezone"]))
    due = croniter(meeting["schedule"], local).get_prev(datetime)
    return local - due < JUST


def _wait_for_ctrl_c() -> None:
    print("\nCtrl-C stops everything.", flush=True)
    with suppress(KeyboardInterrupt):
        wait_for_the_end()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a second Ctrl-C would leave some behind
    print("Stopping ...", flush=True)


def _run(airflow: AirflowApi, sandbox: Sandbox) -> bool:
    """Run the newest week of every meeting and earlier weeks of one; tell whether all succeeded."""
    for conn_id, connection in sandbox.connections.items():
        airflow.add_connection(conn_id, connection)
    for dag_id in [*DAG_IDS, REGISTER]:
        airflow.wait_for_dag(dag_id)
        airflow.unpause(dag_id)
    print(f"Airflow runs: {airflow.url}\nReporting the newest week ...", flush=True)
    runs = airflow.wait_for_runs(BACKFILLED)
    print(f"Backfilling {WEEKS} weeks before it ...", flush=True)
    _backfill(airflow, datetime.fromisoformat(runs[-1]["logical_date"]))
    runs = [run for dag_id in DAG_IDS for run in airflow.wait_for_runs(dag_id)]
    print(f"{sum(run['state'] == 'success' for run in runs)} of {len(runs)} runs succeeded.")
    return all(run["state"] == "success" for run in runs)


def _backfill(airflow: AirflowApi, newest: datetime) -> None:
    first, last = newest - timedelta(weeks=WEEKS, hours=2), newest - timedelta(hours=3)
    airflow.backfill(BACKFILLED, first.isoformat(), last.isoformat())
    wait_until(lambda: len(airflow.runs(BACKFILLED)) > WEEKS, f"{WEEKS} runs of the backfill")


def _keep_book(airflow: AirflowApi, sandbox: Sandbox) -> str:
    """Type a roster into the book as an office does, and have it read; returns the book's link."""
    print("Typing a roster into the book, and having it read ...", flush=True)
    airflow.wait_for_runs(REGISTER)
    made = airflow.result(REGISTER, airflow.runs(REGISTER)[0]["dag_run_id"], "register")
    type_roster(sandbox.google, _spreadsheet_id(made["link"]), sandbox.zoom.world)
    run_id = airflow.trigger(REGISTER)
    airflow.wait_for_runs(REGISTER)
    return str(airflow.result(REGISTER, run_id, "register")["link"])


def _spreadsheet_id(link: str) -> str:
    return link.split("/")[-2]


def _show_book(sandbox: Sandbox, link: str) -> None:
    lines = sandbox.google.read_cells(_spreadsheet_id(link), "'This week'!A1:A60")
    print(f"\nThe book:      {link}\n\nThis week in it:\n")
    for line in lines:
        if text := " ".join(filter(None, line)):
            print(f"  {text}")


def _show(airflow: AirflowApi, sandbox: Sandbox) -> None:
    _, newest = list(airflow.published(BACKFILLED))[-1]
    spreadsheet = sandbox.google.spreadsheets[newest["spreadsheet_id"]]
    title = spreadsheet.sheets[0].properties["title"]
    lines = sandbox.google.read_cells(
        newest["spreadsheet_id"], f"'{title}'!A1:F{newest['people'] + 6}"
    )
    _print_table(lines)
    print(f"\nAirflow's UI:  {airflow.url}  (no login; Dags > a Dag > a run > load > Open report)")
    print(f"Spreadsheets:  {sandbox.url}/spreadsheets")
    print(f"This report:   {newest['link']}")


def _print_table(lines: list[list[str]]) -> None:
    head, body = lines[:6], lines[6:]
    for line in head[:4]:
        print("  ".join(part for part in line if part))
    widths = (18, 24, 26, 14, 19, 19)
    for line in [head[5], *body[:TABLE_LINES]]:
        print(
            "  ".join(f"{part[:width]:<{width}}" for part, width in zip(line, widths, strict=True))
        )
    if len(body) > TABLE_LINES:
        print(f"... and {len(body) - TABLE_LINES} more")


if __name__ == "__main__":
    sys.exit(main())
