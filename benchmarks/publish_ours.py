"""Our side of `benchmarks.publish`: a process that publishes whenever a line says where.

    python -m benchmarks.publish_ours ROWS.jsonl TABLE.csv

Counts the rows first, and writes their table for the other side. Each line of standard input is the
id of a spreadsheet; its answer is a line with the seconds from the staged attendance to the sheet.
"""

from __future__ import annotations

import io
import sys
import time
from pathlib import Path

from benchmarks.our_way import attendance_of
from include.attendance.results import StagedAttendance
from include.meeting import Meeting, Spreadsheet
from include.pipeline.load import publish
from include.sheets.incomplete import ReportedInstance, ReportedSession
from include.sheets.report import make_report


def main(rows: str, table: str) -> None:
    attendance = attendance_of(Path(rows), "Europe/Berlin")
    attendance.table.to_csv(table, index=False)
    print(len(attendance.people), flush=True)
    staged = io.BytesIO()
    attendance.to_json(staged)
    for line in sys.stdin:
        begun = time.perf_counter()
        _publish(staged.getvalue(), line.strip())
        print(time.perf_counter() - begun, flush=True)


def _publish(staged: bytes, spreadsheet_id: str) -> None:
    attendance = StagedAttendance.from_json(io.BytesIO(staged))
    meeting = Meeting(
        name="all_hands",
        title="All hands",
        meeting_id=81_234_567_890,
        timezone="Europe/Berlin",
        schedule="0 23 * * MON",
        publish_to=Spreadsheet(spreadsheet=spreadsheet_id),
    )
    start = attendance.facts.start.isoformat()
    instances = (ReportedInstance(attendance.people),)
    session = ReportedSession("invented==", "2026-03-02", start, instances)
    publish(meeting, make_report(meeting.name, meeting.title, session, attendance, meeting.columns))


if __name__ == "__main__":
    main(*sys.argv[1:])
