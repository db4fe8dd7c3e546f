"""The table of a session, counted slowly: second by second."""

from __future__ import annotations

from tests.attendance.slow_people import SlowPerson
from tests.attendance.slow_rows import SlowRow, in_order, key_of


def table(people: list[SlowPerson], window: tuple[int, int]) -> list[tuple]:
    # Who is equal in all that is shown comes in the order of their first rows, guests who joined
    # them apart.
    people.sort(
        key=lambda one: (
            *table_order(one),
            _present(one, window),
            in_order(_own_rows(one)[0]),
        )
    )
    taken = {_name(one) for one in people}
    bare: dict[str, int] = {}
    for one in people:
        name = one.label = _name(one)
        if not (_first_account(one) or _first_email(one)):
            key = key_of(name)
            bare[key] = bare.get(key, 0) + 1
            while bare[key] > 1 and (label := f"{name} ({bare[key]})") in taken:
                bare[key] += 1
            if bare[key] > 1:
                one.label = label
    return [
        (
            _first_account(one),
            one.label,
            _first_email(one),
            _present(one, window),
            span(one.rows).join,
            span(one.rows).leave,
        )
        for one in people
    ]


def _own_rows(one: SlowPerson) -> list[SlowRow]:
    rows = one.sorted_rows()
    return [row for row in rows if row.identifiers] or rows


def table_order(one: SlowPerson) -> tuple:
    whole = span(one.rows)
    name = _name(one)
    ids = ((text != "", text) for text in (_first_account(one), _first_email(one)))
    seen = name != "(no name)"
    return not seen or is_device(name), seen, key_of(name), whole.join, whole.leave, *ids, name


DEVICES = {"iphone", "ipad", "galaxy", "zoom user", "android"}


def is_device(name: str) -> bool:
    """Those of the invented sessions."""
    return key_of(name) in DEVICES


def _present(one: SlowPerson, window: tuple[int, int]) -> int:
    first, last = window
    inside = ((max(row.join, first), min(row.leave, last)) for row in one.rows)
    return len({second for join, leave in inside for second in range(join, leave)})


def _name(one: SlowPerson) -> str:
    used: dict[str, set[int]] = {}
    for row in one.sorted_rows():
        if row.name:
            used.setdefault(row.name, set()).update(range(row.join, row.leave))
    return max(used, key=lambda name: len(used[name])) if used else "(no name)"


def _first_account(one: SlowPerson) -> str:
    return next((row.account for row in one.sorted_rows() if row.account), "")


def _first_email(one: SlowPerson) -> str:
    return next((row.email for row in one.sorted_rows() if row.email), "")


def span(rows: list[SlowRow]) -> SlowRow:
    """A row from the first join to the last leave."""
    first, last = min(row.join for row in rows), max(row.leave for row in rows)
    return rows[0]._replace(join=first, leave=last)
