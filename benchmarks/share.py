"""What of a run is Airflow's: a run beside one of the same shape with empty tasks, and its CPU.

    python -m benchmarks.share

A real Airflow; both Dags run alone and in turn, each round another session of 300 rows. CPU seconds
are those of the executor's workers with their tasks. Below: what a task's process imports, measured
in processes forked from one that has imported what a worker has.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime, timedelta

from benchmarks.dags_side_by_side import EMPTY, NUMBER, OURS, Stack, both_dags
from benchmarks.imports import imports_table
from benchmarks.section import ROUNDS, Section, median, print_section, progress
from sandbox.zoom import World

ROWS = 300
BAR, CPU_BAR = 1.25, 3.0

Figures = dict[str, list[tuple[float, float]]]
"""Of each Dag: seconds by the clock and of CPU, a round each."""


def measure(section: Section) -> None:
    today = datetime.now(UTC).replace(hour=0, minute=30, second=0, microsecond=0)
    days = [today - timedelta(days=number + 2) for number in range(ROUNDS)]
    world = World.empty()
    for day in days:
        world.add_bulk(NUMBER, day, ROWS)
    with both_dags(world) as stack:
        figures = _rounds(stack, days)
    _tell(section, figures)
    imports_table(section)


def _rounds(stack: Stack, days: list[datetime]) -> Figures:
    figures: Figures = {OURS: [], EMPTY: []}
    for number, day in enumerate(days, 1):
        progress(f"share: round {number} of {len(days)}")
        figures[OURS].append(_one(stack, OURS, session=f"{day:%Y-%m-%d}"))
        figures[EMPTY].append(_one(stack, EMPTY))
    return figures


def _one(stack: Stack, dag_id: str, **conf: str) -> tuple[float, float]:
    before = stack.worker_seconds()
    run = stack.run(dag_id, **conf)
    begun, ended = (datetime.fromisoformat(run[name]) for name in ("start_date", "end_date"))
    return (ended - begun).total_seconds(), stack.worker_seconds() - before


def _tell(section: Section, figures: Figures) -> None:
    clock = {dag_id: median(one for one, _ in found) for dag_id, found in figures.items()}
    cpu = {dag_id: median(one for _, one in found) for dag_id, found in figures.items()}
    ratio = median(ours / empty for (ours, _), (empty, _) in zip(*figures.values(), strict=True))
    names = {OURS: "this project", EMPTY: "empty tasks"}
    rows = [(names[one], f"{clock[one]:.2f} s", f"{cpu[one]:.2f} s") for one in figures]
    section.say(f"A session of {ROWS} rows, first run; nothing else runs. Medians of {ROUNDS}.")
    section.table(("run", "by the clock", "CPU of the workers"), rows)
    section.bar("a run beside one with empty tasks", ratio, BAR, " ×")
    section.bar("CPU of one run", cpu[OURS], CPU_BAR, " s")


if __name__ == "__main__":
    sys.exit(print_section("Airflow's share: a run", measure))
