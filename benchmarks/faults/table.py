"""The document that says what has come of every cell."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby

from benchmarks.faults import answers, disk, kept, mails, places
from benchmarks.faults.matrix import PAGES, WHERE, Verdict

HEAD = """# What a fault does to the sheet

`make faults`, {day}: {cells:,} cells, {bad} of them fall short. In each a fault strikes a call of a
run, or a staged file. The run goes on to its end, as Airflow would take it there, and the sheet is
compared with that of a run without a fault. Everything that was logged is searched for names,
addresses and secrets. The run is one of a meeting's first Dag; in the columns with "book" one of
its second, which finds and writes the [book](book.md).

{legend}
Two words with a stroke: the fault happens once / it stays. Of a refusal only what stays is shown.
Reports go to a tab that has a former report and a remark of somebody's; in the columns with "file"
to a file of their own.
"""

LEGEND = {
    "same": "the same sheet, by itself",
    "error": "the tries end with a message that says what to do, and nothing was changed. Once the "
    "fault is gone and the task cleared: the same sheet",
    "waits": "the task waits for Zoom, without a try; the same sheet when the fault is gone. "
    '"waits, error": after six hours it is an error',
    "next run": "the run finds no session; the next scheduled run publishes the same sheet",
    "written": "an error, but the whole report is there: only Google's answer was lost",
    "empty file": "an error, and Drive has a file that is still empty; the next try uses it",
    "-": "not tried: the fault is none at this place",
    "**[1]**": "falls short: see [below](#what-falls-short)",
}

WHAT_FALLS_SHORT = """## What falls short

UNCLEAR: nothing was changed, but the message does not say what to do. UNSAID: no mail went out, and
no log says so. DIFFERS: all tasks are green,
and the sheet is not what it should be. NEVER CALLED: the run came past without what was to go
wrong, so nothing was tried. STUCK: the task fails again when it is cleared. CHANGED: an error, and
the sheet is neither the old one nor the new. HANGS: the run does not end. LEAKS: a name, an address
or a secret was logged.
"""

TAIL = """
## How to repeat it

`make faults` takes a quarter of an hour on two free processors, writes this file and ends with 1 if
a cell falls short. It is no part of `make test`. Its code is `benchmarks/faults/`: a proxy between
the product and the sandbox lets the call go wrong, the steps run in processes that can be killed,
and the tries are those of the product's own policy. Pauses are cut short, and so are the limits of
time of a call: that they end it is tried here, not when.
"""

SHORT = {"Drive find again": "find again", "Drive find": "find", "Drive folder": "folder"}


class Notes:
    """The cells that fall short, numbered; those with the same words share a number."""

    def __init__(self) -> None:
        self._texts: dict[str, list[Verdict]] = {}

    def number(self, one: Verdict) -> str:
        key = f"{one.word}: {one.said}" if one.said else one.word
        self._texts.setdefault(key, []).append(one)
        return f"**[{list(self._texts).index(key) + 1}]**"

    def lines(self) -> list[str]:
        if not self._texts:
            return ["Nothing."]
        return [
            f"{number}. {_where(cells)}. {_cut(text)}"
            for number, (text, cells) in enumerate(self._texts.items(), start=1)
        ]


def _where(cells: Sequence[Verdict]) -> str:
    at: dict[str, dict[str, None]] = {}
    for one in cells:
        at.setdefault(one.spec.fault, {})[one.spec.place] = None
    return "; ".join(f"*{fault}* at {', '.join(spots)}" for fault, spots in at.items())


def _cut(text: str) -> str:
    return " ".join(text.replace("|", "/").split())[:300]


def document(verdicts: Iterable[Verdict], random: Sequence[str], day: date) -> str:
    """Return the whole document; ``random`` are lines about the random cases and the measures."""
    known, notes = list(verdicts), Notes()
    bad = [one for one in known if not one.good]
    wire = [one for one in known if one.spec.group == "wire"]
    zoom, google = (
        [one for one in wire if (one.spec.place in places.ZOOM) is of_zoom]
        for of_zoom in (True, False)
    )
    columns = [(place, kind) for place, kind in WHERE["wire"] if place not in places.ZOOM]
    parts = [
        HEAD.format(
            day=day.isoformat(),
            cells=len(known),
            bad=len(bad),
            legend=_markdown(["in a cell", "meaning"], LEGEND.items()),
        ),
        "## Calls to Zoom\n",
        _table(zoom, [(place, "tab") for place in places.ZOOM], notes),
        "## Calls to Google\n",
        _table(google, columns, notes),
        "## What Zoom says\n",
        _table(_of(known, "pages"), [(place, "tab") for place in PAGES], notes),
        _table(_of(known, "instances"), [("instances", "tab")], notes),
        _table(_of(known, "details"), [("details", "tab")], notes),
        "## Values of another type\n\nThey stay.\n",
        _types(_of(known, "types"), notes),
        "## The disk\n",
        _table(_of(known, "disk"), [(place, "tab") for place in _disk_places(known)], notes),
        "## The attendance records\n",
        _table(_of(known, "records"), [(kept.RECORD, "book")], notes),
        "## Mails\n",
        _table(_of(known, "mails"), [(mails.SERVER, "tab")], notes),
        "## Random cases and measures\n",
        "\n".join(f"- {line}" for line in random) + "\n",
        WHAT_FALLS_SHORT,
        "\n".join(notes.lines()) + "\n",
    ]
    return "\n".join(parts) + TAIL


def _of(known: Iterable[Verdict], group: str) -> list[Verdict]:
    return [one for one in known if one.spec.group == group]


def _disk_places(known: Iterable[Verdict]) -> list[str]:
    there = {one.spec.place for one in _of(known, "disk")}
    return [place for place in (*disk.FILES, disk.WHOLE, "extract", "transform") if place in there]


def _table(known: list[Verdict], columns: Sequence[tuple[str, str]], notes: Notes) -> str:
    faults = dict.fromkeys(one.spec.fault for one in known)
    rows = [
        [fault, *(_cell(known, fault, place, kind, notes) for place, kind in columns)]
        for fault in faults
    ]
    files = any(kind == "folder" for _, kind in columns)
    said = {"folder": ", file" if files else "", "book": ", book" if files else ""}
    heads = [f"{SHORT.get(place, place)}{said.get(kind, '')}" for place, kind in columns]
    return _markdown(["fault", *heads], rows)


def _cell(known: list[Verdict], fault: str, place: str, kind: str, notes: Notes) -> str:
    found = [
        one
        for one in known
        if (one.spec.fault, one.spec.place, one.spec.kind) == (fault, place, kind)
    ]
    found.sort(key=lambda one: one.spec.lasting)
    words = [one.word if one.good else notes.number(one) for one in found]
    return " / ".join(dict.fromkeys(words)) or "-"


def _types(known: list[Verdict], notes: Notes) -> str:
    kinds = [*answers.ODD, answers.GONE]
    rows = []
    for key, of_field in groupby(known, lambda one: (one.spec.place, _field(one))):
        cells = {one.spec.fault.rpartition(": ")[2]: one for one in of_field}
        words = [cells[kind] for kind in kinds]
        rows.append([*key, *(one.word if one.good else notes.number(one) for one in words)])
    return _markdown(["answer", "field", *kinds], rows)


def _field(one: Verdict) -> str:
    return f"`{one.spec.fault.rpartition(': ')[0]}`"


def _markdown(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)
