"""From the counted table to the sheet: calls, bytes and seconds, beside gspread-dataframe.

    python -m benchmarks.publish

Sessions of 30 to 50,000 people, for the first time and again. Both write into a new spreadsheet in
each round, in turn. Google's stand-in answers after 80 ms; its own work is in the seconds.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from starlette.applications import Starlette

from benchmarks.peers import GSPREAD
from benchmarks.peers.lenient_google import Lenient, values_route
from benchmarks.section import ROUNDS, Section, median, print_section, progress
from benchmarks.transform import CLOCK, row
from benchmarks.wire import Wire
from local.airflow import ROOT
from sandbox import google, zoom
from sandbox.both import Sandbox, app_over
from sandbox.server import serve
from sandbox.zoom import World

PEOPLE = (30, 300, 3_000, 50_000)
LATENCY = 0.08
OURS = "this project"
TURNS = ("first", "again")
NOTES = """Ours writes the whole report: headline, table, formats, review, and the mark by which it
is found again. *Again* it reads the tab and, since exactly this report is there, writes nothing.
gspread-dataframe writes the bare table, each time whole (`set_with_dataframe`, `resize=True`): it
does not know what is there. `benchmarks/peers/run_gspread.py` points it at the stand-in, by the
beginning of gspread's constants of Google's addresses, with anonymous credentials; what it asks
beyond the stand-in is answered in `benchmarks/peers/lenient_google.py`. Bytes are of the bodies,
not compressed."""


@dataclass
class Figures:
    """Of one way and turn: calls, bytes sent and received; seconds of each round."""

    calls: int = 0
    sent: int = 0
    received: int = 0
    seconds: list[float] = field(default_factory=list)


Table = dict[tuple[str, str], Figures]

Write = Callable[[str], float]
"""Writes into the spreadsheet of this id; returns the seconds."""


def measure(section: Section) -> None:
    section.say(
        f"Google answers after {LATENCY * 1000:.0f} ms. Seconds are medians of {ROUNDS} rounds, "
        "each in a new spreadsheet."
    )
    rows = []
    for people in PEOPLE:
        progress(f"publish: {people:,} people")
        found = _measure(people, section)
        rows += [_line(people, *one) for one in found.items()]
    section.table(("people, way, turn", "calls", "sent", "received", "seconds"), rows)
    section.say(NOTES)


def _line(people: int, way: tuple[str, str], found: Figures) -> Sequence[str]:
    sizes = (f"{size / 1e6:.3f} MB" for size in (found.sent, found.received))
    name, turn = way
    return (f"{people:,}, {name}, {turn}", str(found.calls), *sizes, f"{median(found.seconds):.2f}")


def _measure(people: int, section: Section) -> Table:
    """Write the same table in both ways, in turn."""
    with (
        _google() as (sandbox, wire),
        tempfile.TemporaryDirectory() as folder,
        _writers(people, sandbox, folder, section) as writers,
    ):
        table: Table = {(name, turn): Figures() for name in writers for turn in TURNS}
        for number in range(ROUNDS):
            for name, write in writers.items():
                book = sandbox.google.add_spreadsheet(f"{name} {number}")
                for turn in TURNS:
                    _note(table[name, turn], wire, write, book)
                del sandbox.google.spreadsheets[book]
    return table


def _note(figures: Figures, wire: Wire, write: Write, book: str) -> None:
    wire.reset()
    figures.seconds.append(write(book))
    figures.calls, figures.sent, figures.received = wire.calls, wire.sent, wire.received


@contextmanager
def _google() -> Iterator[tuple[Sandbox, Wire]]:
    states = zoom.ZoomState(World.empty()), google.GoogleState(LATENCY)
    app = Starlette(routes=[values_route(states[1]), *app_over(*states).routes])
    wire = Wire(Lenient(app))
    with serve(wire) as url:
        yield Sandbox(url, *states), wire


@contextmanager
def _writers(
    people: int, sandbox: Sandbox, folder: str, section: Section
) -> Iterator[dict[str, Write]]:
    """Start both processes; the other's way is left out, and named, if it cannot be had."""
    rows, table = str(Path(folder, "rows.jsonl")), str(Path(folder, "table.csv"))
    _stage(Path(rows), people)
    command = [sys.executable, "-m", "benchmarks.publish_ours", rows, table]
    with _lines(command, _environment(sandbox)) as ours:
        assert int(ours("")) == people
        writers: dict[str, Write] = {OURS: lambda book: float(ours(book))}
        try:
            command = GSPREAD.command(sandbox.url, table)
        except Exception as error:
            section.fail(GSPREAD.name, error)
            yield writers
            return
        with _lines(command, dict(os.environ)) as theirs:
            yield writers | {GSPREAD.name: lambda book: float(theirs(book))}


@contextmanager
def _lines(command: Sequence[str], settings: dict[str, str]) -> Iterator[Callable[[str], str]]:
    """Run a process that answers each line with one; an empty line is not sent."""
    pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, env=settings, cwd=ROOT, **pipes) as process:

        def ask(line: str) -> str:
            if line:
                process.stdin.write(f"{line}\n")
                process.stdin.flush()
            return process.stdout.readline()

        try:
            yield ask
        finally:
            process.stdin.close()


def _environment(sandbox: Sandbox) -> dict[str, str]:
    connection = json.dumps(sandbox.connections["google_cloud_default"])
    return {
        **os.environ,
        "AIRFLOW_CONN_GOOGLE_CLOUD_DEFAULT": connection,
        "AIRFLOW__LOGGING__LOGGING_LEVEL": "WARNING",
        "PYTHONPATH": f"{ROOT}:{ROOT}/plugins",
    }


def _stage(path: Path, people: int) -> None:
    """Write a row for each of so many account members, of whom none is to be reviewed."""
    with path.open("w", encoding="utf-8") as file:
        for number in range(people):
            stay = (number % 1200, len(CLOCK) - 1 - number % 600)
            ids = {"id": f"u{number:021x}", "user_email": f"person.{number}@example.org"}
            file.write(json.dumps(row(f"Person {number}", stay, user_id=str(number), **ids)) + "\n")


if __name__ == "__main__":
    sys.exit(print_section("Publish", measure))
