"""Staged rows to the finished table: CPU time and memory of whole processes, and hard shapes.

    python -m benchmarks.transform

The plain way and ours run in turn, each in a process of its own,
import included; medians are compared. The hard shapes are timed without the import.
"""

from __future__ import annotations

import io
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from itertools import islice
from pathlib import Path

from benchmarks.our_way import LENGTH, START, facts
from benchmarks.section import ROUNDS, Section, median, print_section, progress
from include.attendance.attendance import take_attendance

SECONDS = int(LENGTH.total_seconds())
CLOCK = [f"{START + timedelta(seconds=second):%Y-%m-%dT%H:%M:%SZ}" for second in range(SECONDS + 1)]
TIMEZONE = "Australia/Sydney"
WAYS = ("benchmarks.plain_way", "benchmarks.our_way")
CALL = "import pathlib, sys; from {0} import {1}; {1}(pathlib.Path(sys.argv[1]), {2!r})"
BARS: dict[int, tuple[float, float] | None] = {
    300: None,  # imports are most of it
    50_000: (1.0, 1.25),
    1_000_000: (1.0, 0.6),
}
"""Rows: CPU and memory, at most so many times the plain way's."""
SHAPE_BAR = 2.0  # seconds of CPU
GROWTH_BAR = 3.0  # times as long for twice as much: n log n is 2.2, quadratic is 4
FIRST = ["Ana", "Bo", "Dmitri", "Esra", "Gül", "Hana", "Ines", "Kofi", "Lena", "Noor", "愛", "Zoë"]
LAST = ["Adler", "Brown", "Costa", "Diaz", "Eze", "Haddad", "Ito", "Lee", "Müller", "Novak", "Roy"]
DEVICES = ["iPhone", "iPad", "Galaxy Tab A", "Conference room"]

Row = dict[str, str | int]


def _stays(rng: random.Random, count: int) -> Iterator[tuple[int, int]]:
    """Times of one person who follows one connection with the next: rejoins and breakouts."""
    cuts = sorted(rng.sample(range(SECONDS), 2 * count))
    return zip(cuts[::2], cuts[1::2], strict=True)


def row(name: str, stay: tuple[int, int], **fields: str) -> Row:
    """Return a participant row; `stay` in seconds of the session."""
    empty = dict.fromkeys(("registrant_id", "id", "participant_user_id", "user_email"), "")
    rest = {"duration": stay[1] - stay[0], "status": "in_meeting", "bo_mtg_id": ""}
    times = {"join_time": CLOCK[stay[0]], "leave_time": CLOCK[stay[1]]}
    return {**empty, "name": name, "user_id": "", **times, **rest, **fields}


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
            yield row(name, stay, bo_mtg_id="k2x8Q1vTRy6bP0==")
        else:
            yield row(f"{name} (she/her)# staff" if luck < 0.15 else name, stay, **ids)
    if rng.random() < 0.02:
        yield row(name, (0, SECONDS), **ids)


def _registrant(rng: random.Random, number: int) -> Iterator[Row]:
    ids = {"registrant_id": f"r{number:021x}", "user_email": f"reg{number}@example.com"}
    name = _name(rng, number)
    return (row(name, stay, **ids) for stay in _stays(rng, rng.randint(1, 4)))


def _guest(rng: random.Random, number: int) -> Iterator[Row]:
    name = rng.choice([rng.choice(DEVICES), *[f"6128{number:07d}"] * 3, *[_name(rng, number)] * 16])
    return (row(name, stay) for stay in _stays(rng, rng.randint(1, 3)))


def _session(count: int) -> Iterator[Row]:
    """60 % rows of account members, 25 % of registrants, 15 % of guests; the same every time."""
    rng = random.Random(20260302)
    for people, share in ((_member, 0.60), (_registrant, 0.25), (_guest, 0.15)):
        rows = (one for number in range(count) for one in people(rng, number))
        yield from islice(rows, round(count * share))


def stage(path: Path, count: int) -> None:
    """Write a session of so many rows, in no order, each a connection of its own."""
    rows = list(_session(count))
    random.Random(7).shuffle(rows)
    with path.open("w", encoding="utf-8") as file:
        for number, one in enumerate(rows):
            one["user_id"] = str(16_778_240 + 1024 * number)
            file.write(json.dumps(one, ensure_ascii=False) + "\n")


def _namesakes(count: int) -> list[Row]:
    """An account and guests of its name, so many rows each, that clash."""
    stays = [(number % 5000, number % 5000 + 1000) for number in range(count)]
    guests = [row("Ann Lee", stay) for stay in stays]
    return guests + [row("Ann Lee", stay, id="ann") for stay in stays]


def _at_once(count: int) -> list[Row]:
    """So many guests of one name at the same time."""
    return [row("iPhone", (number % 1000, SECONDS)) for number in range(count)]


def _chain(count: int) -> list[Row]:
    """Accounts linked one by one, in no order."""
    ids = [{"participant_user_id": f"a{n}", "id": f"a{n + 1}"} for n in range(count)]
    random.Random(7).shuffle(ids)
    return [row(f"Ann {n}", (n % 7000, n % 7000 + 100), **one) for n, one in enumerate(ids)]


SHAPES: dict[str, tuple[Callable[[int], list[Row]], int]] = {
    "4,000 + 4,000 rows of one name": (_namesakes, 4_000),
    "5,000 guests of one name at once": (_at_once, 5_000),
    "a chain of 5,000 accounts": (_chain, 5_000),
}


def _seconds_of(rows: list[Row]) -> float:
    """CPU seconds of the function alone: the least of three."""
    text = "".join(json.dumps(one) + "\n" for one in rows).encode()
    times = []
    for _ in range(3):
        began = time.process_time()
        take_attendance(facts(TIMEZONE), [io.BytesIO(text)])
        times.append(time.process_time() - began)
    return min(times)


def _measure(module: str, function: str, path: Path, argument: object) -> tuple[float, float]:
    """CPU seconds (user and system) and peak megabytes of a call in a process of its own."""
    code = CALL.format(module, function, argument)
    child = subprocess.Popen([sys.executable, "-c", code, str(path)])
    _, status, usage = os.wait4(child.pid, 0)
    if status:
        raise SystemExit(f"{module}.{function} failed")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def tell(section: Section) -> None:
    """Tell the comparison with the plain way, and the hard shapes."""
    lines = [line for count in BARS for line in _compare(count, section)]
    section.say("Staged rows to the table, each in a process of its own, imports included:")
    headings = ("rows, way", "CPU", "memory", "CPU ÷ plain", "memory ÷ plain")
    section.table(headings, lines)
    section.say("Hard shapes, without imports, and how much longer twice as much takes:")
    shapes = [_shape(name, *shape, section) for name, shape in SHAPES.items()]
    section.table(("shape", "CPU", "20,000 ÷ 10,000 rows"), shapes)


def _compare(count: int, section: Section) -> list[Sequence[str]]:
    """Return a line for each way."""
    progress(f"transform: {count:,} rows")
    plain, ours = _measured(count)
    ratios = [
        median(o / p for o, p in zip(*one, strict=True)) for one in zip(ours, plain, strict=True)
    ]
    if bars := BARS[count]:
        section.bar(f"{count:,} rows: CPU beside the plain way", ratios[0], bars[0], " ×")
        section.bar(f"{count:,} rows: memory beside the plain way", ratios[1], bars[1], " ×")
    shown = [(f"{median(cpu):.2f} s", f"{median(memory):.0f} MB") for cpu, memory in (plain, ours)]
    return [
        (f"{count:,}, the plain way", *shown[0], "", ""),
        (f"{count:,}, this project", *shown[1], *(f"{ratio:.2f}" for ratio in ratios)),
    ]


def _measured(count: int) -> list[list[tuple[float, ...]]]:
    """Return CPU seconds and megabytes of all rounds, the plain way's first."""
    runs: dict[str, list[tuple[float, float]]] = {module: [] for module in WAYS}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "rows.jsonl")
        # In a child: its peak begins with its parent's memory.
        _measure("benchmarks.transform", "stage", path, count)
        for module in WAYS * ROUNDS:
            runs[module].append(_measure(module, "attendance", path, TIMEZONE))
    return [list(zip(*run, strict=True)) for run in runs.values()]


def _shape(
    name: str, rows: Callable[[int], list[Row]], count: int, section: Section
) -> Sequence[str]:
    """Return the line of a hard shape."""
    progress(f"transform: {name}")
    seconds, once, twice = (_seconds_of(rows(size)) for size in (count, 10_000, 20_000))
    section.bar(name, seconds, SHAPE_BAR, " s CPU")
    section.bar(f"{name}: twice as much", twice / once, GROWTH_BAR, " ×")
    return (name, f"{seconds:.2f} s", f"{twice / once:.1f} ×")


if __name__ == "__main__":
    sys.exit(print_section("Transform", tell))
