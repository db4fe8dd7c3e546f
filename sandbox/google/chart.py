"""A chart of columns, drawn as SVG: side by side, stacked, or stacked to a hundred percent."""

from __future__ import annotations

import math
from typing import Any, NamedTuple

from .a1 import cell_name
from .cells import displayed, effective
from .looks import color
from .spreadsheet import Resource, Spreadsheet

PALETTE = ("#4285f4", "#ea4335", "#fbbc04", "#34a853", "#ff6d01", "#46bdc6", "#7baaf7", "#f07b72")
LEFT, RIGHT, TOP, BOTTOM = 56, 20, 56, 84
LETTER = 6.5  # pixels of a letter, about, in the size of labels
SLOT = 0.7  # how much of the room of a label its columns fill


class Bar(NamedTuple):
    x: float
    y: float
    width: float
    height: float
    color: str
    tip: str


class Series(NamedTuple):
    name: str
    color: str
    values: list[float]


class Chart:
    """A chart ready for the template; all its places are in pixels from its corner."""

    def __init__(self, book: Spreadsheet, chart: Resource) -> None:
        overlay, spec = chart["position"]["overlayPosition"], chart["spec"]
        anchor, self._chart = overlay["anchorCell"], spec["basicChart"]
        self.id, self.title = chart["chartId"], spec.get("title", "")
        self.subtitle = spec.get("subtitle", "")
        self.anchor = cell_name(anchor.get("rowIndex", 0), anchor.get("columnIndex", 0))
        self.offset = overlay.get("offsetXPixels", 0), overlay.get("offsetYPixels", 0)
        self.width, self.height = overlay["widthPixels"], overlay["heightPixels"]
        self._stacked = self._chart.get("stackedType", "NOT_STACKED")
        self.names = [displayed(cell) for cell in self._cells(book, "domains", "domain", 0)]
        self.series = [self._series(book, n) for n in range(len(self._chart["series"]))]
        self.right, self.bottom = self.width - RIGHT, self.height - BOTTOM
        self.left = LEFT
        self._top = self._highest()

    def bars(self) -> list[Bar]:
        return [bar for place in range(len(self.names)) for bar in self._bars(place)]

    def lines(self) -> list[tuple[float, str]]:
        """Height and number of each line across."""
        step = _step(self._top)
        sign = "%" if self._stacked == "PERCENT_STACKED" else ""
        count = round(self._top / step)
        return [(self._y(n * step), f"{n * step:g}{sign}") for n in range(count + 1)]

    def labels(self) -> list[tuple[float, str]]:
        """Place and text below the columns: as many as have room."""
        longest = max((len(name) for name in self.names), default=1) * LETTER + 8
        every = max(1, math.ceil(longest / self._slot()))
        shown = range(0, len(self.names), every)
        return [(self.left + (n + 0.5) * self._slot(), self.names[n]) for n in shown]

    def legend(self) -> list[tuple[float, str, str]]:
        """Place, colour and name of each series."""
        place, found = float(self.left), []
        for one in self.series:
            found.append((place, one.color, one.name))
            place += 26 + len(one.name) * LETTER
        return found

    def axis_titles(self) -> dict[str, str]:
        return {axis["position"]: axis.get("title", "") for axis in self._chart.get("axis", [])}

    def _bars(self, place: int) -> list[Bar]:
        values = [one.values[place] for one in self.series]
        scale = 100 / (sum(values) or 1) if self._stacked == "PERCENT_STACKED" else 1
        start, width = self.left + (place + (1 - SLOT) / 2) * self._slot(), self._slot() * SLOT
        beside = self._stacked == "NOT_STACKED"
        below, found = 0.0, []
        for number, (one, value) in enumerate(zip(self.series, values, strict=True)):
            part = width / len(values) if beside else width
            y = self._y(below + value * scale)
            tip = f"{self.names[place]}, {one.name}: {value:g}"
            x = start + (part * number if beside else 0)
            found.append(Bar(x, y, part, self._y(below) - y, one.color, tip))
            below += 0 if beside else value * scale
        return found

    def _series(self, book: Spreadsheet, number: int) -> Series:
        part = self._chart["series"][number]
        head = self._head(book, part["series"])
        values = [_number(cell) for cell in self._cells(book, "series", "series", number)]
        given = color(part.get("colorStyle", {}))
        values += [0.0] * (len(self.names) - len(values))
        return Series(head, given or PALETTE[number % len(PALETTE)], values)

    def _cells(self, book: Spreadsheet, list_: str, name: str, number: int) -> list[Resource]:
        return _cells(book, self._chart[list_][number][name])[self._chart.get("headerCount", 0) :]

    def _head(self, book: Spreadsheet, part: Resource) -> str:
        """The name of a series is its first cell, if the chart says that it has one."""
        return " ".join(
            displayed(c) for c in _cells(book, part)[: self._chart.get("headerCount", 0)]
        )

    def _highest(self) -> float:
        columns = list(zip(*(one.values for one in self.series), strict=True))
        if self._stacked == "PERCENT_STACKED":
            return 100
        height = max if self._stacked == "NOT_STACKED" else sum
        highest = max((height(values) for values in columns), default=0) or 1
        step = _step(highest)
        return math.ceil(highest / step) * step

    def _slot(self) -> float:
        return (self.right - self.left) / max(len(self.names), 1)

    def _y(self, value: float) -> float:
        return self.bottom - value / self._top * (self.bottom - TOP)


def _cells(book: Spreadsheet, part: Resource) -> list[Resource]:
    found: list[Resource] = []
    for area in part["sourceRange"]["sources"]:
        sheet = book.sheet(area.get("sheetId", 0))
        block = sheet.clipped(area)
        rows, columns = range(block.top, block.bottom), range(block.left, block.right)
        found += [sheet.cell(row, column) for row in rows for column in columns]
    return found


def _number(cell: Resource) -> float:
    value: Any = effective(cell)
    return float(value) if isinstance(value, int | float) else 0.0


def _step(highest: float) -> float:
    """A round distance of the lines across, so that there are about five."""
    power = 10 ** math.floor(math.log10(max(highest, 1) / 5))
    return next(n * power for n in (1, 2, 5, 10) if n * power >= max(highest, 1) / 5)
