"""The hidden tab Lists: what drop-downs offer and what the chart shows; and the chart itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import Any

from include.roster.roster import Tabs
from include.roster.table import Table, Value
from include.roster.vocabulary import ADD_TO_PEOPLE, EVERYBODY, NOT_A_PERSON, VISITOR
from include.sheets import requests as ask
from include.sheets.book.draft import TabDraft
from include.sheets.book.layout import WHO, WHOM
from include.sheets.book.reading import BookRead
from include.sheets.requests import Request

FIGURES_COLUMN = 3
"""The column in which the chart's figures begin; before it stand the choices."""

CHOICE_COLUMNS = {WHO: "A", WHOM: "B"}
"""Of the choices, by their kind."""

COLOURS = ("4a7c6a", "e0a458", "7d9bc1", "b5656b", "8a7fb0", "a3b18a", "d98c7a", "5f9ea0")
"""Of the classes in the chart, one after the other, then again."""


def chart_id(key: str) -> int:
    """Return the id of the chart; it is the same for ever."""
    return ask.number_of("chart", key)


def lists(tabs: Tabs, added: Sequence[str], chart: Table | None) -> list[list[Value]]:
    """Return all that stands in Lists, row by row.

    :param added: names of the lines that are added to People in this batch.
    """
    names = list(dict.fromkeys([*_texts(tabs, "people", "name"), *added]))
    classes = list(dict.fromkeys(_texts(tabs, "classes", "class")))
    who = ["Who is it?", VISITOR, NOT_A_PERSON, ADD_TO_PEOPLE, *names]
    whom = ["Who", EVERYBODY, *classes, *names]
    figures: list[list[Value]] = _figures(chart) if chart else []
    rows = zip_longest(who, whom, [None], figures)
    return [[name, member, gap, *(numbers or ())] for name, member, gap, numbers in rows]


def write_lists(draft: TabDraft, rows: list[list[Value]]) -> None:
    """Write Lists at fixed places: nobody but the pipeline has anything there."""
    height, width = len(rows) + 1, max(map(len, rows))
    if draft.rows < height or draft.width < width:
        grid = {"rowCount": max(draft.rows, height), "columnCount": max(draft.width, width)}
        draft.structure.append(ask.resize_tab(draft.sheet_id, grid))
    for row in range(max(height, len(draft.cells))):
        values = rows[row] if row < len(rows) else []
        there = len(draft.cells[row]) if row < len(draft.cells) else 0
        for column in range(max(len(values), there)):
            draft.write(row, column, values[column] if column < len(values) else None)


def chart_requests(read: BookRead, week: TabDraft, source: int, chart: Table) -> Iterator[Request]:
    """Make the chart, or point it at its figures as they are now; where it stands is people's.

    :param source: the id of the tab Lists.
    """
    if len(chart.columns) < 3 or not chart.rows:
        return
    spec = _spec(source, len(chart.rows) + 1, len(chart.columns) - 2)
    there = week.tab.charts.get(chart_id(read.key))
    if there is None:
        anchor = {"sheetId": week.sheet_id, "rowIndex": 1, "columnIndex": 2}
        position = {"overlayPosition": {"anchorCell": anchor}}
        new = {"chartId": chart_id(read.key), "spec": spec, "position": position}
        yield {"addChart": {"chart": new}}
    elif _sources(there) != _sources(spec):
        yield {"updateChartSpec": {"chartId": chart_id(read.key), "spec": spec}}


def _texts(tabs: Tabs, tab: str, column: str) -> list[str]:
    grid = getattr(tabs, tab)
    return [text for line in grid or () if (text := line.shown(column))]


def _figures(chart: Table) -> list[list[Value]]:
    """Without the column that only identifies the session."""
    head: list[Value] = [column.heading for column in chart.columns[1:]]
    return [head, *(list(row.values[1:]) for row in chart.rows)]


def _spec(source: int, rows: int, classes: int) -> dict[str, Any]:
    def column(index: int) -> dict[str, Any]:
        area = ask.grid_range(source, (0, rows), (index, index + 1))
        return {"sourceRange": {"sources": [area]}}

    series = [
        {
            "series": column(FIGURES_COLUMN + 1 + number),
            "targetAxis": "LEFT_AXIS",
            "colorStyle": _colour(COLOURS[number % len(COLOURS)]),
        }
        for number in range(classes)
    ]
    chart = {
        "chartType": "COLUMN",
        "stackedType": "STACKED",
        "legendPosition": "BOTTOM_LEGEND",
        "headerCount": 1,
        "axis": [{"position": "LEFT_AXIS", "title": "Came"}],
        "domains": [{"domain": column(FIGURES_COLUMN)}],
        "series": series,
    }
    return {"title": "Who came, by class", "basicChart": chart}


def _colour(text: str) -> dict[str, Any]:
    return ask.colour(*(round(int(text[start : start + 2], 16) / 255, 3) for start in (0, 2, 4)))


def _sources(spec: dict[str, Any]) -> list[Any]:
    """What a chart is made from; Google adds other things to what it was given."""
    chart = spec.get("basicChart", {})
    data = [domain.get("domain", {}) for domain in chart.get("domains", ())]
    data += [series.get("series", {}) for series in chart.get("series", ())]
    sources = [datum.get("sourceRange", {}).get("sources", []) for datum in data]
    return [[sorted(grid_range.items()) for grid_range in ranges] for ranges in sources]
