"""What stands below the table: people to review, and data problems."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from include.attendance.attendance import Attendance
from include.sheets.cells import EMPTY, Row, text
from include.sheets.incomplete import differences


def sections(session: Mapping[str, Any], attendance: Attendance) -> Iterator[tuple[str, list[Row]]]:
    """Yield a heading and its lines for each section that has any."""
    if review := _review(attendance):
        yield "People to review", review
    if problems := [
        *_rows_that_differ(session),
        *_missing_reports(session),
        *_problems(attendance),
    ]:
        yield "Data problems", problems


def _review(attendance: Attendance) -> list[Row]:
    return [
        [text(case.kind), text(", ".join(case.names)), text(case.text)]
        for case in attendance.review
    ]


def _problems(attendance: Attendance) -> list[Row]:
    return [
        [text("row not counted"), text(row.name), text(row.reason), EMPTY]
        + [text(row.join_time), text(row.leave_time)]
        for row in attendance.rejected
    ]


def _rows_that_differ(session: Mapping[str, Any]) -> list[Row]:
    said = "Zoom says {}. Published all the same, as somebody asked."
    return [[text(one.kind), EMPTY, text(said.format(one.numbers))] for one in differences(session)]


def _missing_reports(session: Mapping[str, Any]) -> list[Row]:
    said = "Zoom makes no report of an instance with one participant; their time in it is missing."
    return [
        [text("one alone"), EMPTY, text(said)] for file in session["files"] if file["name"] is None
    ]
