"""One time a meeting was held."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from math import ceil

from sandbox.zoom.people import Person
from sandbox.zoom.rows import Row

HOST = Person("host", "Ruth Adeyemi", account_id="x1yCzABCDEfg23HiJKl4mN", email="ruth@example.org")


@dataclass(eq=False)
class Instance:
    """An instance and its report; `end` None: still running; `ready_at`: when it is there.

    `make_rows` runs when the report is first read: a year of sessions costs nothing until then.
    """

    uuid: str
    number: int
    topic: str
    start: datetime
    end: datetime | None
    make_rows: Callable[[], list[Row]]
    ready_at: datetime | None = None
    host: Person = HOST

    @cached_property
    def rows(self) -> list[Row]:
        return self.make_rows()

    @cached_property
    def people_count(self) -> int:
        """How many Zoom can tell apart, for its rule that a report needs two."""
        return len({row.get("id") or row.get("user_email") or row.get("name") for row in self.rows})

    @cached_property
    def total_minutes(self) -> int:
        """Minutes over all rows."""
        return ceil(sum(row.get("duration", 0) for row in self.rows) / 60)

    @property
    def minutes(self) -> int:
        """Length in minutes, rounded up as Zoom does; 0 while it runs."""
        return ceil((self.end - self.start).total_seconds() / 60) if self.end else 0
