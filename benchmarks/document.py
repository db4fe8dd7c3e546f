"""docs/benchmarks.md: the sections that the parts have printed, each with its day.

A part that is measured alone replaces its own section; the others stay as they are.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from benchmarks import host
from benchmarks.section import ROUNDS
from local.airflow import ROOT

PATH = ROOT / "docs" / "benchmarks.md"

PARTS = {
    "delivered": "Delivered",
    "extract": "At the plan's limit",
    "publish": "Publish",
    "share": "Airflow's share: a run",
    "parse": "Airflow's share: reading the Dags",
    "backfills": "Airflow's share: a year's backfill",
    "transform": "Transform",
    "register": "Register",
    "install": "Set-up",
}
"""The title of each part's section, in the order of the document."""

HEAD = """# Benchmarks

This project beside what a person would otherwise take, on the same work. `make bench` measures all
of it and writes this page. No test depends on a figure here.

- Versions: {versions}
- Machine: {machine}
- Zoom and Google are the stand-ins of `sandbox/`, on the same machine: what they take is in the
  seconds.
- Each ratio is of one run: both sides in turn, medians of {rounds} rounds unless another number is
  given.
- A bar says what a figure should at most be. One that **falls short** is marked.
- A section that was measured while other work kept the processors busy says so: take its seconds
  for an upper bound, its ratios with care, and its calls, rows and bytes as they are.

## How to repeat

`make bench` for everything; one part alone, such as `.venv/bin/python -m benchmarks publish`,
renews its section of this page, and `.venv/bin/python -m benchmarks.publish` only prints it. The
parts: {parts}. The tools that others made are
installed into the folder .bench-peers, each into an environment of its own, and never into the
product's.
"""


@dataclass
class Document:
    """The page: its sections by their titles, Markdown with the heading."""

    sections: dict[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, text: str) -> Document:
        """Return the page that stands in a text."""
        found = re.split(r"^(?=## )", text, flags=re.MULTILINE)[1:]
        return cls({one.partition("\n")[0].removeprefix("## "): one for one in found})

    def take(self, part: str, printed: str, code: int, minutes: float, busy: float) -> None:
        """Take over what a part has printed.

        :param busy: percent of the processors that other work used, before or after.
        """
        title = PARTS[part]
        _, found, text = printed.partition(f"## {title}\n")  # what is logged stands before it
        text = text if found else f"\n**Not measured**: the part ended with code {code}.\n"
        when = f"`benchmarks/{part}.py`, {host.today()}, in {minutes:.0f} min."
        if busy > host.BUSY:
            when += (
                f" **Measured on a busy machine**: other work used {busy:.0f} % of its processors."
            )
        self.sections[title] = f"## {title}\n\n{when}\n{text}"

    def __str__(self) -> str:
        """Return the page; what has not been measured yet is named."""
        head = HEAD.format(
            versions=host.versions(),
            machine=host.machine(),
            rounds=ROUNDS,
            parts=", ".join(f"`{part}`" for part in PARTS),
        )
        missing = "## {}\n\n**Not measured yet.**\n"
        parts = [self.sections.get(title, missing.format(title)) for title in PARTS.values()]
        return "\n".join([head, *(part.rstrip() + "\n" for part in parts)])
