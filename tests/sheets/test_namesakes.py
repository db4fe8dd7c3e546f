"""Rows of one name without times: nothing tells which of them somebody wrote beside."""

from __future__ import annotations

import pytest

from include.sheets.renewal import MOST_CHANGES, Rows, row_changes
from include.sheets.report import HEADER_ROW

TOP: list[list[object]] = [[] for _ in range(HEADER_ROW + 1)]
FIRST = HEADER_ROW + 1


def rows(*cells: list[object], fields: tuple[str, ...] = ("name", "minutes")) -> Rows:
    return Rows([*TOP, *cells], fields, len(cells))


@pytest.mark.parametrize("name", ["iPhone (2)", "iPhone"])
def test_a_remark_never_goes_over_to_another_of_the_name(name: str) -> None:
    """The first iPhone of before, whom somebody remarked, did not come: another is the first."""
    old = rows(["iPhone", 60], [name, 45], ["Zoë", 50])
    new = rows(["iPhone", 60], [name, 30], ["Zoë", 50])
    assert row_changes(old, new, {FIRST}) is None


def test_a_remark_beside_another_name_goes_along() -> None:
    old = rows(["iPhone", 60], ["iPhone (2)", 45], ["Zoë", 50])
    new = rows(["iPhone", 60], ["iPhone (2)", 45], ["Yan", 20], ["Zoë", 50])
    (change,) = row_changes(old, new, {FIRST + 2}) or ()
    assert (change.at, change.count) == (FIRST + 2, 1)


def test_with_their_times_the_whole_row_tells() -> None:
    fields = ("name", "join_time", "leave_time")
    cells: list[list[object]] = [["iPhone", 1, 2], ["iPhone (2)", 3, 4]]
    assert row_changes(rows(*cells, fields=fields), rows(*cells, fields=fields), {FIRST}) == []


def test_rows_in_which_nobody_wrote_stay_with_their_people_up_to_a_limit() -> None:
    names = [[f"Person {number:05}", 60] for number in range(2 * MOST_CHANGES + 2)]
    few, all_few = rows(*names[1::2][:MOST_CHANGES]), rows(*names[: 2 * MOST_CHANGES])
    assert len(row_changes(few, all_few, set()) or ()) == MOST_CHANGES
    many, all_many = rows(*names[1::2]), rows(*names)
    assert row_changes(many, all_many, set()) == []
    assert len(row_changes(many, all_many, {FIRST}) or ()) == MOST_CHANGES + 1
