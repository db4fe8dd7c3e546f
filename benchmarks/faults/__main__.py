"""Try every cell, then the random cases and the measures; write docs/faults.md.

    python -m benchmarks.faults

Exits with 1 when a cell falls short or a bar is missed.
"""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor, as_completed
from multiprocessing import get_context

from benchmarks.faults import cell, evening, matrix, table, warm
from local.airflow import ROOT

PROCESSES = 2
RANDOM = ("faults.odd_rows", "faults.odd_files", "faults.odd_bodies")
SIZES = "faults.sizes"


def _verdicts() -> list[matrix.Verdict]:
    """All cells, in the order of the tables; those that fall short are said at once."""
    now, todo = evening.now(), list(matrix.specs())
    done: dict[matrix.Spec, matrix.Verdict] = {}
    with ProcessPoolExecutor(
        PROCESSES, mp_context=get_context("fork"), initializer=cell.begin
    ) as pool:
        for future in as_completed([pool.submit(matrix.verdict, spec, now) for spec in todo]):
            one = future.result()
            done[one.spec] = one
            if not one.good:
                _say(one)
    return [done[spec] for spec in todo]


def _say(one: matrix.Verdict) -> None:
    stays = ", it stays" if one.spec.lasting else ""
    print(f"{one.spec.fault}{stays} at {one.spec.place}: {one.word} {one.said}", flush=True)


def _measures() -> tuple[list[str], bool]:
    """What the random cases and measures say, and whether all are well."""
    with ThreadPoolExecutor(PROCESSES) as pool:
        runs = [*pool.map(_run, RANDOM), _run(SIZES)]
    return [line for lines, _ in runs for line in lines], all(well for _, well in runs)


def _run(name: str) -> tuple[list[str], bool]:
    called = [sys.executable, "-W", "ignore", "-m", f"benchmarks.{name}"]
    run = subprocess.run(called, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    lines = run.stdout.splitlines()
    print(run.stdout, run.stderr if run.returncode else "", sep="", end="", flush=True)
    return lines or [f"{name} failed"], run.returncode == 0


def main() -> int:
    warm.count_once()
    verdicts = _verdicts()
    lines, well = _measures()
    (ROOT / "docs" / "faults.md").write_text(table.document(verdicts, lines, evening.now().date()))
    bad = sum(not one.good for one in verdicts)
    print(f"{len(verdicts):,} cells, {bad} fall short: docs/faults.md")
    return int(bad > 0 or not well)


if __name__ == "__main__":
    sys.exit(main())
