"""The rules of counting, written down slowly, from the rows to the table and the review.

Knows nothing of the product. A session is given as groups of rows that share no name and no
identifier, so that many small sessions can be counted in one.
"""

from __future__ import annotations

from tests.attendance.slow_people import identify
from tests.attendance.slow_review import doubts, in_table_order, never_admitted, without_a_name
from tests.attendance.slow_rows import Sent, delivered_once, is_fine, read_row
from tests.attendance.slow_table import table

Groups = list[list[Sent]]

ALWAYS = (0, 1 << 40)


def slow_count(groups: Groups, end: int, window: tuple[int, int]) -> tuple[list, list]:
    """The table (id, name, e-mail, seconds, join, leave) and the review (kind, names, says)."""
    sent = [delivered_once(read_row(row, end) for row in group) for group in groups]
    fine = [[row for row in rows if is_fine(row)] for rows in sent]
    met = [identify([row for row in rows if not row.waiting]) for rows in fine]
    waited = [identify([row for row in rows if row.waiting]) for rows in fine]
    people = [one for who in met for one in who.people]
    waiting = [one for who in waited for one in who.people]
    shown = table(people, window)
    table(waiting, ALWAYS)  # it gives them their labels
    lines = [line for who in met for line in doubts(who)] + [*without_a_name(met)]
    never = [
        line
        for who, others, rows in zip(waited, met, sent, strict=True)
        for line in never_admitted(who, others, rows)
    ]
    review = in_table_order(lines, people) + in_table_order(never, waiting)
    return shown, [
        (line.kind, tuple(one.label for one in line.people), line.says) for line in review
    ]


def slow_rejected(groups: Groups, end: int) -> int:
    """How many rows cannot be counted."""
    rows = (row for group in groups for row in delivered_once(read_row(one, end) for one in group))
    return sum(not is_fine(row) for row in rows)
