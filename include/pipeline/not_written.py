"""Why a report is not written, and what to do, in words for the people of the sheet."""

from __future__ import annotations

from include.sheets.renewal import Refused
from include.sheets.report import Report
from include.sheets.tab import sheet_id_of

KEEP = "duplicate it, and delete the one with this number: it is then made anew."

PEOPLE_HAVE: dict[Refused, str] = {
    "changed": "The report in the tab with {} in its address has new content, but people have "
    "moved or overwritten columns, rows or cells of it: nothing was changed. Undo that in the "
    f"sheet (File > Version history). Or keep the tab: {KEEP}",
    "remarks": "The report in the tab with {} in its address has new content, and people have "
    "written beside or below it where the remark would come to stand beside somebody else, because "
    "its row is gone, stands in another order, or has a namesake: nothing was changed. Keep the "
    f"tab: {KEEP}",
}
"""What people have done that the new report must not undo."""


def theirs(report: Report, why: Refused) -> str:
    """Say that people's work is in the way, and how to keep it."""
    return PEOPLE_HAVE[why].format(_tab(report))


def no_room(report: Report) -> str:
    """Say that the report has more columns now: people may have written where they would go."""
    return (
        f"The report in the tab with {_tab(report)} in its address has fewer columns "
        f"than {len(report.columns)}, and people may have written beside it: nothing was changed. "
        "Copy their remarks and delete the tab, or take the new names out of `columns:` in the "
        "meeting's file."
    )


def foreign(report: Report) -> str:
    """Say that a tab of the report's id is not this project's."""
    return (
        f"The tab with {_tab(report)} in its address stands where this report belongs "
        "but lacks the mark that this project leaves on its own tabs, so it is left as it is. "
        "Duplicate it if you need it, and delete it."
    )


def too_many(report: Report, most: int) -> str:
    """Say that no tab takes so many people."""
    return (
        f"The report has {report.people} people, and one tab takes {most} at most: nothing was "
        "written. Look whether Zoom's own report (Reports > Usage) shows so many."
    )


def too_many_cells(cells: int, most: int) -> str:
    """Say that the spreadsheet has no room for the report."""
    return (
        f"With this report the spreadsheet would have {cells} cells, and Google allows {most}: "
        "nothing was written. Delete tabs or empty rows, or use a new spreadsheet."
    )


def _tab(report: Report) -> str:
    return f"#gid={sheet_id_of(report)}"
