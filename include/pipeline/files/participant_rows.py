"""The participant rows of one instance as JSON Lines, and their count."""

from __future__ import annotations

import json
import logging
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from include.attendance.fields import staged_row, unusable
from include.pipeline.files.storage import FileBeingWritten
from zoom_provider.errors import ZoomReportNotReady, ZoomRowsDoNotAddUp
from zoom_provider.instances import usable_time
from zoom_provider.report import ReportPage

log = logging.getLogger(__name__)


@dataclass
class RowCount:
    """The count of one instance's participant rows, while they are written.

    :param rows: all of them; ``timed``: those with a duration.
    :param connections: what tells them apart: a row that came twice is there once.
    :param total_records: how many rows Zoom says there are, if it is another number.
    :param unusable: by field, the rows in which it holds what Zoom does not document.
    :param before: a time after this cannot be.
    :param last: the latest of the other times at which somebody joined or left, aware UTC.
    """

    before: datetime
    rows: int = 0
    connections: set[str] = field(default_factory=set)
    timed: int = 0
    total_records: int | None = None
    unusable: Counter[str] = field(default_factory=Counter)
    last: datetime | None = None

    @property
    def untimed(self) -> bool:
        """Whether there are rows, and none has a duration."""
        return bool(self.rows) and not self.timed

    def add(self, row: Mapping[str, Any]) -> None:
        """Count a row."""
        self.rows += 1
        self.connections.add(self._connection(row))
        joined, left = map(usable_time, (row.get("join_time"), row.get("leave_time")))
        lasted = bool(joined and left and joined < left)
        self.timed += bool(row.get("duration", lasted))  # Zoom may leave the key out
        self.unusable.update(unusable(row))
        for seen in (joined, left):
            if seen and seen <= self.before:
                self.last = max(seen, self.last or seen)

    def log_unusable(self, uuid: str) -> None:
        """Log which fields held something else than Zoom documents."""
        if self.unusable:
            log.warning(
                "Zoom's report of instance %s has values that cannot be what they should, taken as "
                "missing: %s.",
                uuid,
                ", ".join(f"{field} in {rows} rows" for field, rows in self.unusable.items()),
            )

    def _connection(self, row: Mapping[str, Any]) -> str:
        """Return what is the same in a row that was delivered twice, as in counting."""
        if not (user_id := row.get("user_id")):
            return str(self.rows)
        return repr([user_id, *map(row.get, ("join_time", "leave_time", "status"))])


def write_rows(
    pages: Iterable[ReportPage],
    staged: FileBeingWritten,
    *,
    before: datetime,
    publish_incomplete: bool,
) -> RowCount:
    """Write the rows of all pages, and return their count.

    Raises ZoomReportNotReady for an empty report.

    :param before: a time after this cannot be; aware UTC.
    :param publish_incomplete: be content with another number of rows than Zoom says.
    """
    count = RowCount(before)
    try:
        for page in pages:
            if page.number == 1 and count.rows:
                staged.start_over()
                count = RowCount(before)
            _write_page(page, staged, count)
    except ZoomRowsDoNotAddUp as error:
        if not publish_incomplete:
            raise
        count.total_records = error.total_records
    if not count.rows and count.total_records is None:
        raise ZoomReportNotReady("Zoom's report is empty.")
    return count


def _write_page(page: ReportPage, staged: FileBeingWritten, count: RowCount) -> None:
    for row in page.rows:
        line = json.dumps(staged_row(row), ensure_ascii=False, separators=(",", ":"))
        # Half an emoji (a lone surrogate) is valid JSON but not valid UTF-8.
        staged.file.write(line.encode("utf-8", "replace") + b"\n")
        count.add(row)
