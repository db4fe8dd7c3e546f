"""What stands in the tab of a report, and whether the report may be written there again."""

from __future__ import annotations

import logging
from collections.abc import Iterable

from airflow.sdk.exceptions import AirflowFailException

from google_workspace.batches import reading_response
from google_workspace.calls import send
from google_workspace.errors import GoogleRefused
from google_workspace.hooks import SheetsHook
from include.sheets.renewal import Refused, Renewal, renewal
from include.sheets.report import Report
from include.sheets.tab import Tab, has_no_room, sheet_id_of, tab_of_more
from include.sheets.tab_state import CELLS_FIELD_MASK, read_tab_content

log = logging.getLogger(__name__)


def fragment(report: Report) -> str:
    """Return what the address of the report's tab ends with."""
    return f"#gid={sheet_id_of(report)}"


def check_instances(tabs: Iterable[Tab], report: Report) -> None:
    """Raise AirflowFailException if one of these tabs has more of the session than the report."""
    if tab := tab_of_more(tabs, report):
        raise AirflowFailException(MORE_IN_TAB.format(f"#gid={tab.sheet_id}"))


class ReportLeftAlone(GoogleRefused):
    """The report that is there stays as it is, because of what people have done to it.

    :param link: opens it.
    """

    def __init__(self, what: str, link: str) -> None:
        super().__init__(what)
        self.link = link


def renewal_of(
    tab: Tab, report: Report, link: str, spreadsheet_id: str, hook: SheetsHook
) -> Renewal:
    """Return what is to be done with the report's tab.

    Raises ReportLeftAlone if that is nothing, GoogleRefused if the tab is not a report's.

    :param link: opens the tab.
    """
    if tab.metadata is None:
        raise GoogleRefused(FOREIGN.format(fragment(report)))
    by_id = {"dataFilters": [{"gridRange": {"sheetId": tab.sheet_id}}]}
    cells = hook.get_conn().spreadsheets().getByDataFilter
    request = cells(spreadsheetId=spreadsheet_id, body=by_id, fields=CELLS_FIELD_MASK)
    found = send(request, hook.num_retries)
    with reading_response():
        content = read_tab_content(found)
    there = renewal(tab.metadata, report, content)
    if not there.needed:
        log.info(ALREADY_THERE, LEFT if there.changed else "")
    elif there.refused:
        raise ReportLeftAlone(PEOPLE_HAVE[there.refused].format(fragment(report)), link)
    elif has_no_room(tab, report):
        raise ReportLeftAlone(NO_ROOM.format(fragment(report), len(report.columns)), link)
    return there


MORE_IN_TAB = (
    "The report in the tab with {} in its address has instances of this session of which this run "
    "does not know: nothing was written. Clear the task `sessions` of this run: it asks Zoom for "
    "all instances, and the tasks after it run again. If it then ends like this once more, delete "
    "the tab, and clear this task."
)

ALREADY_THERE = "Exactly this report is there already: nothing was written.%s"

LEFT = (
    " People have moved or changed cells of it, which is left as it is. To have the report afresh, "
    "delete its tab and clear this task."
)

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

NO_ROOM = (
    "The report in the tab with {} in its address has fewer columns than {}, and people may have "
    "written beside it: nothing was changed. Copy their remarks and delete the tab, or take the "
    "new names out of `columns:` in the meeting's file."
)

FOREIGN = (
    "The tab with {} in its address stands where this report belongs but lacks the mark that this "
    "project leaves on its own tabs, so it is left as it is. Duplicate it if you need it, and "
    "delete it."
)
