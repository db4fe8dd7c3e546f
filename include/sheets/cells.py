"""Typed cells, in Sheets' CellData form. Text is never interpreted: names are data."""

from __future__ import annotations

from typing import Any

import pandas as pd

Cell = dict[str, Any]
Row = list[Cell]

EPOCH = pd.Timestamp("1899-12-30")
"""Day 0 of Sheets' serial numbers, which have no time zone."""

LONGEST_TEXT = 50_000
"""Characters Sheets takes in one cell."""

EMPTY: Cell = {}


def text(value: str) -> Cell:
    """Return a cell that shows the text as typed, also when it begins with ``=``."""
    return {"userEnteredValue": {"stringValue": value[:LONGEST_TEXT]}} if value else EMPTY


def number(value: float) -> Cell:
    """Return a cell that holds a number."""
    return {"userEnteredValue": {"numberValue": value}}


def texts(column: pd.Series) -> list[Cell]:
    """Return a cell for each text."""
    return [text(value) for value in column]


def numbers(column: pd.Series) -> list[Cell]:
    """Return a cell for each number."""
    return [number(value) for value in column.tolist()]


def local_times(column: pd.Series) -> list[Cell]:
    """Return date-time cells for naive local times."""
    return [number(value) for value in serials(column)]


def serials(column: pd.Series) -> list[float]:
    """Return days since EPOCH, exact to the second."""
    days = (column - EPOCH).dt.total_seconds() / 86_400
    return [float(day) for day in days]
