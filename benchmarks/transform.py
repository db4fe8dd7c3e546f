"""Staged rows to the finished table, against the plain way: time and memory of whole processes.

    python -m benchmarks.transform [rows]

Exits with 1 when a bar is missed. The two run in turn, each in a process of its own, import time
included; medians are compared.
"""

from __future__ import annotations

import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path

import pandas as pd

from include.attendance.facts import SessionFacts
from include.attendance.report import take_attendance

START = datetime(2026, 3, 2, 8, 30, tzinfo=UTC)
SECONDS = 2 * 3600
CLOCK = [f"{START + timedelta(seconds=second):%Y-%m-%dT%H:%M:%SZ}" for second in range(SECONDS + 1)]
TIMEZONE = "Australia/Sydney"
WAYS = ("benchmarks.plain_way", "benchmarks.transform")
CALL = "import pathlib, sys; from {0} import {1}; {1}(pathlib.Path(sys.argv[1]), {2!r})"
ROUNDS = 3
BAR = 0.5  # of the plain way's time, and of its memory
FIRST = ["Ana", "Bo", "Dmitri", "Esra", "Gül", "Hana", "Ines", "Kofi", "Lena", "Noor", "愛", "Zoë"]
LAST = [
    "Adler",
    "Brown",
    "Costa",
    "Diaz",
    "Eze",
    "Haddad",
    "Ito",
    "Jones",
    "Lee",
    "Müller",
    "Novak",
]
DEVICES = ["iPhone", "iPad", "Galaxy Tab A", "Conference room"]

Row = dict[str, str | int]


def _stays(rng: random.Random, count: int) -> Iterator[tuple[int, int]]:
    """Times of one person who follows one connection with the next: rejoins and breakouts."""
    cuts = sorted(rng.sample(range(SECONDS), 2 * count))
    return zip(cuts[::2], cuts[1::2], strict=True)


def _row(name: str, stay: tuple[int, int], **ids: str) -> Row:
    empty = dict.fromkeys(("registrant_id", "id", "participant_user_id", "user_email"), "")
    rest = {"duration": stay[1] - stay[0], "status": "in_meeting", "bo_mtg_id": ""}
    times = {"join_time": CLOCK[stay[0]], "leave_time": CLOCK[stay[1]]}
    return {**empty, "name": name, **times, **rest, **ids}


def _name(rng: random.Random, number: int) -> str:
    return f"{rng.choice(FIRST)} {rng.choice(LAST)} {number}"


def _member(rng: random.Random, number: int) -> Iterator[Row]:
    """An account member: rejoins, breakouts that may lose the id, a changed name, two devices."""
    account, email = f"u{number:021x}", f"Member{number}@example.org"
    ids = {"id": account, "participant_user_id": account, "user_email": email}
    name = _name(rng, number)
    for stay in _stays(rng, rng.randint(2, 6)):
        luck = rng.random()
        if luck < 0.05:
            yield _row(name, stay, bo_mtg_id="k2x8Q1vTRy6bP0==")
        else:
            yield _row(f"{name} (she/her)# staff" if luck < 0.15 else name, stay, **ids)
    if rng.random() < 0.02:
        yield _row(name, (0, SECONDS), **ids)


def _registrant(rng: random.Random, number: int) -> Iterator[Row]:
    ids = {"registrant_id": f"r{number:021x}", "user_email": f"reg{number}@example.com"}
    name = _name(rng, number)
    return (_row(name, stay, **ids) for stay in _stays(rng, rng.randint(1, 4)))


def _guest(rng: random.Random, number: int) -> Iterator[Row]:
    name = rng.choice([rng.choice(DEVICES), *[f"6128{number:07d}"] * 3, *[_name(rng, number)] * 16])
    return (_row(name, stay) for stay in _stays(rng, rng.randint(1, 3)))


def _session(count: int) -> Iterator[Row]:
    """60 % rows of account members, 25 % of registrants, 15 % of guests; the same every time."""
    rng = random.Random(20260302)
    for people, share in ((_member, 0.60), (_registrant, 0.25), (_guest, 0.15)):
        rows = (row for number in range(count) for row in people(rng, number))
        yield from islice(rows, round(count * share))


def stage(path: Path, count: int) -> None:
    """Write a session of so many rows, in no order."""
    rows = [json.dumps(row, ensure_ascii=False) for row in _session(count)]
    random.Random(7).shuffle(rows)
    path.write_text("\n".join(rows), encoding="utf-8")


def attendance(path: Path, timezone: str) -> pd.DataFrame:
    """Our way: presence of each person, identity and overlaps settled."""
    facts = SessionFacts("81234567890", "All hands", timezone, START, START + timedelta(hours=2))
    with path.open("rb") as file:
        return take_attendance(facts, [file]).table


def _measure(module: str, function: str, path: Path, argument: object) -> tuple[float, float]:
    """Wall seconds and peak megabytes of a call in a process of its own."""
    began = time.perf_counter()
    code = CALL.format(module, function, argument)
    child = subprocess.Popen([sys.executable, "-c", code, str(path)])
    _, status, usage = os.wait4(child.pid, 0)
    if status:
        raise SystemExit(f"{module}.{function} failed")
    return time.perf_counter() - began, usage.ru_maxrss / 1024


def main(count: int) -> int:
    """Print the comparison; 1 when a bar is missed."""
    runs: dict[str, list[tuple[float, float]]] = {module: [] for module in WAYS}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "rows.jsonl")
        _measure(WAYS[1], "stage", path, count)  # a child's peak begins with its parent's memory
        for module in WAYS * ROUNDS:
            runs[module].append(_measure(module, "attendance", path, TIMEZONE))
    plain, ours = (tuple(map(statistics.median, zip(*run, strict=True))) for run in runs.values())
    ratio = ours[0] / plain[0], ours[1] / plain[1]
    print(f"{count:,} staged rows to the table, medians of {ROUNDS}")
    print(f"plain way  {plain[0]:7.2f} s {plain[1]:7.0f} MB")
    print(f"our way    {ours[0]:7.2f} s {ours[1]:7.0f} MB")
    print(f"ratio      {ratio[0]:7.2f}   {ratio[1]:7.2f}     bar {BAR}")
    return int(max(ratio) > BAR)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if sys.argv[1:] else 1_000_000))
