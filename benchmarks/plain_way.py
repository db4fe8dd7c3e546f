"""The plain way: what the origin of this project did, as short as it is usually written.

No union of intervals, no identity: it only groups. It is the yardstick of `benchmarks.transform`.
"""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd

PERSON = ["id", "name", "user_email"]


def attendance(path: Path, timezone: str) -> pd.DataFrame:
    """Sum of durations in hours, first join and last leave of each id, name and e-mail."""
    with path.open(encoding="utf-8") as file:
        rows = pd.DataFrame([json.loads(line) for line in file])
    for column in ("join_time", "leave_time"):
        rows[column] = pd.to_datetime(rows[column])
    table = rows.groupby(PERSON, as_index=False).agg(
        total_duration=("duration", "sum"),
        join_time=("join_time", "min"),
        leave_time=("leave_time", "max"),
    )
    for column in ("join_time", "leave_time"):
        table[column] = table[column].dt.tz_convert(timezone).dt.tz_localize(None)
    table["total_duration"] = (table["total_duration"] / 3600).round(2)
    return table
