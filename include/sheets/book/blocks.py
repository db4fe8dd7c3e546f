"""Cells and lines side by side, so that one request does for many."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from include.roster.table import Value

Place = tuple[int, int]
"""Row and column, from zero."""


def spans(numbers: list[int]) -> Iterator[tuple[int, int]]:
    """Yield runs of numbers that follow one another: from, up to and without."""
    start = None
    for index, number in enumerate(numbers):
        start = number if start is None else start
        if index + 1 == len(numbers) or numbers[index + 1] != number + 1:
            yield start, number + 1
            start = None


def blocks(cells: Mapping[Place, Value]) -> Iterator[tuple[int, int, list[list[Value]]]]:
    """Yield rectangles that cover exactly these cells: first row, first column, values."""
    by_row: dict[int, list[int]] = {}
    for row, column in sorted(cells):
        by_row.setdefault(row, []).append(column)
    open_: dict[tuple[int, int], tuple[int, list[list[Value]]]] = {}
    for row, columns in by_row.items():
        of_row = list(spans(columns))
        for span in [
            span
            for span, (top, rows) in open_.items()
            if span not in of_row or top + len(rows) != row
        ]:
            top, rows = open_.pop(span)
            yield top, span[0], rows
        for start, end in of_row:
            _, rows = open_.setdefault((start, end), (row, []))
            rows.append([cells[row, column] for column in range(start, end)])
    for (left, _), (top, rows) in open_.items():
        yield top, left, rows
