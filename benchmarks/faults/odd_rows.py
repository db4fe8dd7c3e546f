"""Odd participant rows: none of them ends the counting, and none is lost.

python -m benchmarks.faults.odd_rows
"""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from benchmarks.faults.odd import CASES, VALUE, tries
from include.attendance.attendance import Attendance, take_attendance
from include.attendance.fields import FIELDS, WAITING, staged_row
from include.attendance.sessions import SessionFacts

ROWS = 50
START = datetime(2026, 6, 14, 9, 30, tzinfo=UTC)
END = START + timedelta(hours=1)
FACTS = SessionFacts("choir", "Choir", "Australia/Sydney", START, END, None)
Row = dict[str, Any]

counted = {"rows": 0, "odd sessions": 0}

NO_ID = st.sampled_from([None, "", " ", "\t", 0, False, True, [], {}, 0.5])
NO_ADDRESS = NO_ID | st.sampled_from(["nobody", "a at b"])
MOMENT = st.integers(-4000, 8000).map(
    lambda seconds: f"{START + timedelta(seconds=seconds):%Y-%m-%dT%H:%M:%SZ}"
)
TIME = MOMENT | st.sampled_from(
    [None, "", "0001-01-01T00:00:00Z", "2026-02-30T09:30:00Z", "2026-06-14T09:30:00", "soon", 7, []]
)
STATUS = st.sampled_from(["in_meeting"] * 8 + [WAITING, None, 7])
ROW = st.fixed_dictionaries(
    {"join_time": TIME, "leave_time": TIME},
    optional={
        **dict.fromkeys(set(FIELDS) - {"join_time", "leave_time", "status"}, VALUE),
        "status": STATUS,
        "duration": VALUE,
        "more": VALUE,
    },
)
OWN_ROW = st.fixed_dictionaries(
    {"join_time": MOMENT, "leave_time": TIME, "name": VALUE},
    optional={
        "status": STATUS,
        "user_email": NO_ADDRESS,
        "id": NO_ID,
        "participant_user_id": NO_ID,
    },
)
"""A row that a registration of its own makes somebody's alone, and no other identifier does."""


def _taken(rows: Iterable[Row]) -> Attendance:
    """Count the rows as extract stages them."""
    lines = [json.dumps(staged_row(row), ensure_ascii=False, separators=(",", ":")) for row in rows]
    staged = "".join(f"{line}\n" for line in lines).encode("utf-8", "replace")
    assert staged.count(b"\n") == len(lines)
    return take_attendance(FACTS, [io.BytesIO(staged)])[0]


def _moment(value: Any) -> datetime | None:
    """A time as Zoom documents it, read without the product."""
    try:
        return datetime.strptime(str(value).strip(), "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    except ValueError:
        return None


def _is_fine(row: Row) -> bool:
    """A leave time that is none is the session's end."""
    join, leave = _moment(row["join_time"]), _moment(row.get("leave_time"))
    last = leave if leave and leave.year >= 2000 else END
    return bool(join and 2000 <= join.year < 2100 and last >= join)


@tries(CASES // 2 // ROWS)
@given(st.lists(OWN_ROW, min_size=ROWS, max_size=ROWS))
def each_row_is_somebody(rows: list[Row]) -> None:
    """People, rejected rows and those who only waited are all the rows there are."""
    counted["rows"] += len(rows)
    own = [row | {"registrant_id": f"r{place}"} for place, row in enumerate(rows)]
    result = _taken(own)
    fine = [row for row in own if _is_fine(row)]
    here = [row for row in fine if row.get("status") != WAITING]
    assert len(result.rejected) == len(own) - len(fine), (len(result.rejected), len(own))
    assert len(result.people) == len(here), (len(result.people), len(here))
    waited = sum(len(line.names) for line in result.review if line.kind == "never admitted")
    assert waited == len(fine) - len(here)


@tries(CASES // 2 // ROWS)
@given(st.lists(ROW, min_size=ROWS, max_size=ROWS), st.randoms())
def odd_rows_are_counted_or_listed(rows: list[Row], random: Any) -> None:
    """Whatever the fields hold: each fine row lies within somebody's time, in any order of rows."""
    counted["rows"] += len(rows)
    result = _taken(rows)
    fine = [row for row in rows if _is_fine(row) and row.get("status") != WAITING]
    times = list(zip(result.people["join_time"], result.people["leave_time"], strict=True))
    for row in fine:
        join = min(max(_moment(row["join_time"]) or START, START), END)
        assert any(first <= join <= last for first, last in times) or not START <= join < END
    random.shuffle(rows)
    assert _taken(rows).people.equals(result.people)


def main() -> int:
    """Try so many rows; an AssertionError shows the smallest that fail."""
    each_row_is_somebody()
    odd_rows_are_counted_or_listed()
    print(f"rows: {counted['rows']:,} odd participant rows, none ended the counting, none was lost")
    return 0


if __name__ == "__main__":
    sys.exit(main())
