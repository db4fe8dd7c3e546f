"""Very large sessions: how large the request is that writes the report, and that it is written.

python -m benchmarks.faults.sizes
"""

from __future__ import annotations

import sys
import time
from datetime import datetime

from benchmarks.faults import evening
from benchmarks.faults.cell import begin, stage, to_its_end
from sandbox.zoom import World
from sandbox.zoom.rows import participant_row

LARGEST, MANY = 5_000, 50_000
"""People of Zoom's largest meeting, and more than that."""

BAR = 2 << 20
"""Bytes for LARGEST; Google recommends 2 MB."""

PATIENCE = 600.0
NAME = "Екатерина Константинопольская {}"
"""Letters of another script take most room in JSON."""


def _world(now: datetime, people: int) -> World:
    made = World.empty()
    start = evening.tick(now, 4) - evening.minutes(50)
    end = start + evening.minutes(40)
    rows = (
        participant_row(
            NAME.format(place),
            start,
            end,
            account_id=f"x3JabHbBMODgZ7w{place:07}",
            email=f"firstname.lastname.{place}@university.example.org",
        )
        for place in range(people)
    )
    made.add(evening.NUMBER, start, end, rows)
    return made


def bytes_written(people: int) -> tuple[int, float]:
    """The size of the request for so many people, and the seconds of the whole run."""
    now, google = evening.now(), evening.new_google()
    with stage("tab", now, 4, google) as on:
        on.zoom.world = _world(now, people)
        began = time.monotonic()
        ended = to_its_end(on.job(call_limit=PATIENCE), on.proxy, PATIENCE)
        assert ended.outcome == "done", ended
        assert ended.handed_on["load"][0]["people"] == people
        return on.proxy.sizes["Sheets write"], time.monotonic() - began


def main() -> int:
    """Print the figures; 1 when the bar is missed."""
    begin()
    size, _ = bytes_written(LARGEST)
    print(f"size: {LARGEST:,} people with long Cyrillic names: {size:,} bytes (bar {BAR:,})")
    more, seconds = bytes_written(MANY)
    print(f"size: {MANY:,} people: {more:,} bytes, published; {seconds:.0f} s for the whole run")
    return int(size > BAR)


if __name__ == "__main__":
    sys.exit(main())
