"""One section of docs/benchmarks.md: what one part has measured, and which bars it keeps."""

from __future__ import annotations

import statistics
import sys
import traceback
from collections.abc import Callable, Iterable, Sequence

ROUNDS = 5
"""Of a ratio or a time, medians are told. Both sides of a ratio are measured in turn."""

MISSED, FAILED = 1, 2
"""How a part's process ends: a bar is missed; something could not be measured."""


class Section:
    """Markdown below a heading of its own."""

    def __init__(self, title: str) -> None:
        self.title = title
        self.missed = self.failed = False
        self._blocks: list[str] = []
        self._bars: list[Sequence[str]] = []

    def say(self, text: str) -> None:
        """Add a paragraph or a list."""
        self._blocks.append(text)

    def table(self, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
        """Add a table; the first column is text, the others are figures."""
        line = "| " + " | ".join(["---", *["---:"] * (len(headings) - 1)]) + " |"
        self.say("\n".join([_row(headings), line, *map(_row, rows)]))

    def bar(
        self, what: str, measured: float, most: float, unit: str = "", form: str = ".2f"
    ) -> None:
        """Compare a figure with the most that it may be."""
        kept = measured <= most
        self.missed |= not kept
        figures = (f"{measured:{form}}{unit}", f"{most:{form}}{unit}")
        self._bars.append((what, *figures, "kept" if kept else "**falls short**"))

    def demand(self, what: str, kept: bool) -> None:
        """Tell whether something is as it must be."""
        self.missed |= not kept
        self._bars.append(
            (what, "yes" if kept else "no", "yes", "kept" if kept else "**falls short**")
        )

    def fail(self, what: str, error: BaseException) -> None:
        """Tell what could not be measured, and why."""
        self.failed = True
        self.say(f"**Not measured**: {what}. {reason(error)}")

    @property
    def code(self) -> int:
        """How the process of the part ends."""
        return FAILED if self.failed else MISSED if self.missed else 0

    def __str__(self) -> str:
        bars = [_row(("bar", "measured", "at most", "")), "| --- | ---: | ---: | --- |"]
        bars += map(_row, self._bars)
        blocks = [f"## {self.title}", *self._blocks, *(["\n".join(bars)] if self._bars else [])]
        return "\n\n".join(blocks) + "\n"


def reason(error: BaseException) -> str:
    """Return what an error says, in one line that fits a document."""
    text = " ".join(f"{type(error).__name__}: {error}".split()).replace("|", "\\|")
    return text if len(text) <= 300 else f"{text[:300]} …"


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def print_section(title: str, measure: Callable[[Section], None]) -> int:
    """Print what a part has measured, and what it could not; returns how the process ends."""
    section = Section(title)
    try:
        measure(section)
    except Exception as error:
        traceback.print_exc()
        section.fail("what should follow here", error)
    print(section, flush=True)
    return section.code


def progress(text: str) -> None:
    """Tell the terminal how far it is; the section goes to standard output."""
    print(f"  {text}", file=sys.stderr, flush=True)


def median(values: Iterable[float]) -> float:
    """Return the median of the rounds."""
    return statistics.median(values)
