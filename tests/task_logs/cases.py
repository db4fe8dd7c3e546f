"""The troubles of an operator: what is wrong, which task shows it, and what its log must say."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sandbox.google.seed import PRIVATE_SPREADSHEET
from tests.google_calls import BATCH
from tests.task_logs.evenings_held import (
    Hold,
    just_now,
    many_people,
    never,
    still_running,
    yesterday,
)

FAILED, RETRY, WAITING = "failed", "up_for_retry", "up_for_reschedule"
SKIPPED = "skipped"

ALWAYS = 99
"""Times: more often than a task asks."""


@dataclass(frozen=True)
class Case:
    """One trouble, with a meeting of its own.

    :param says: stands in the last lines of the log.
    :param hold: holds the meeting.
    :param zoom: faults of Zoom, for this meeting alone.
    :param google: a fault of Google, for this meeting's spreadsheet alone.
    :param publish_to: where the report goes, if not to a spreadsheet of its own.
    :param conf: what the run is triggered with.
    """

    says: str
    task: str = "sessions"
    state: str = FAILED
    hold: Hold = yesterday
    zoom: list[dict[str, Any]] = field(default_factory=list)
    google: dict[str, Any] = field(default_factory=dict)
    publish_to: dict[str, str] = field(default_factory=dict)
    conf: dict[str, Any] = field(default_factory=dict)


def instances(kind: str, says: str, state: str = FAILED) -> Case:
    """Zoom's list of past instances is at fault."""
    fault = {"kind": kind, "endpoint": "past_instances", "times": ALWAYS}
    return Case(says, "sessions", state, zoom=[fault])


def report(
    kind: str, says: str, state: str = FAILED, hold: Hold = yesterday, times: int = ALWAYS
) -> Case:
    """Zoom's participant report is at fault; after so many times, the plan."""
    fault = {"kind": kind, "endpoint": "report_participants", "times": times}
    then = {"kind": "unpaid", "endpoint": "report_participants", "after": times}
    return Case(says, "report.extract", state, hold, zoom=[fault, then])


def sheet(kind: str, says: str, state: str = FAILED, **more: Any) -> Case:
    """Google's answer to the report's batchUpdate is at fault."""
    fault = {"kind": kind, "method": BATCH, "times": ALWAYS}
    return Case(says, "report.load", state, google=fault | more)


def place(says: str, **publish_to: str) -> Case:
    """The report's place in Google is no good."""
    return Case(says, "report.load", publish_to=publish_to)


def wrong_form(says: str, **conf: str) -> Case:
    """The run is triggered with something that cannot be."""
    return Case(says, state=SKIPPED, conf=conf)


NO_RETRY_HELPS = {
    "scope_of_list": instances(
        "missing_scope", "add scope one of meeting:read:list_past_instances:admin"
    ),
    "scope_of_report": report(
        "missing_scope", "add scope one of report:read:list_meeting_participants:admin"
    ),
    "plan": report("unpaid", "It needs a Pro plan or higher, a licensed host"),
    "unknown_number": Case("Check `meeting_id` in the meeting's file", hold=never),
    "webinar": instances("webinar", "This number belongs to a webinar"),
    "too_old": report("too_old", "Zoom keeps reports for one year; this one is older"),
    "never_a_report": report("not_ready", "If people are shown there, clear this task"),
    "no_folder": place("no folder named 'Nowhere'. Make it in a shared drive", folder="Nowhere"),
    "two_folders": place("2 folders named 'Doubles'. Rename all but one", folder="Doubles"),
    "no_storage": place("owns no storage, so somebody else must own", folder="My Drive folder"),
    "not_shared": place("press Share and add the account's", spreadsheet=PRIVATE_SPREADSHEET),
    "no_spreadsheet": place("It stands under `spreadsheet:`", spreadsheet="1" * 44),
    "api_disabled": sheet("disabled", "Enable 'Google Sheets API'"),
    "google_scopes": sheet("scopes", "into its field 'Scopes'"),
    "bad_request": sheet("error", "Report it as a bug", status=400, message="Invalid requests[0]"),
}

TYPED_WRONGLY = {
    "dates_reversed": wrong_form(
        "these two the other way round", from_date="2026-11-15", to_date="2026-11-08"
    ),
    "unknown_session": wrong_form(
        "Copy the UUID from the log of an earlier run", uuid="mistyped+mistyped+misty=="
    ),
}

PASSES_BY_ITSELF = {
    "name_taken": sheet(
        "error",
        "Tabs, rows or columns have come or gone",
        RETRY,
        status=400,
        message='A sheet with the name "X" already exists.',
    ),
    "server_error": instances("server_error", "Zoom has a fault of its own", RETRY),
    "web_page": instances("html", "Zoom answered something that is not JSON", RETRY),
    "cut_off": report("broken_body", "Zoom's answer did not arrive whole", RETRY),
    "second_limit": report("per_second_limit", "Zoom's per-second limit is reached", RETRY),
    "rows_missing": report("cut_short", "has 2 rows but delivered 1", RETRY, times=1),
    "page_repeated": report(
        "repeated_page", "Zoom repeats a page of the report", RETRY, hold=many_people
    ),
    "page_expired": report(
        "stale_page_token", "Zoom's page tokens ran out 3 times", RETRY, hold=many_people
    ),
    "google_quota": sheet("quota", "its quota per minute is used up", RETRY),
    "google_down": sheet("unavailable", "Google is busy", RETRY),
    "google_hangs_up": sheet("hang-up", "check that this machine reaches Google", RETRY),
    "google_web_page": sheet("garbage", "Google answered something that is not JSON", RETRY),
}

UNTIL_MIDNIGHT = {
    "daily_limit": instances("daily_limit", "Zoom takes no more calls of this kind until", RETRY),
    "user_daily_limit": report("user_daily_limit", "the daily limit of the account's plan", RETRY),
}

WAITS = {
    "still_running": Case("is still running. Waiting", state=WAITING, hold=still_running),
    "not_ready": report("not_ready", "Zoom has not finished the report", WAITING, hold=just_now),
    "not_counted": report("zero_durations", "duration 0 for everybody", WAITING, hold=just_now),
}

CASES = NO_RETRY_HELPS | TYPED_WRONGLY | PASSES_BY_ITSELF | UNTIL_MIDNIGHT | WAITS

CONNECTIONS = "connections"
"""A meeting at which nothing is wrong but the connections."""

NUMBERS = {name: 812_0000_0000 + place for place, name in enumerate([CONNECTIONS, *CASES])}


def dag_id_of(name: str) -> str:
    return f"zoom_attendance_case_{name}"


def spreadsheet_of(name: str) -> str:
    return f"spreadsheet-of-the-case-{name}"


def _entry(name: str) -> dict[str, Any]:
    """A meeting that runs when it is triggered."""
    case = CASES.get(name)
    return {
        "name": f"case_{name}",
        "title": f"Case {name}",
        "meeting_id": NUMBERS[name],
        "timezone": "UTC",
        "publish_to": (case and case.publish_to) or {"spreadsheet": spreadsheet_of(name)},
        "schedule": "0 23 * * SUN",
    }


ENTRIES = [_entry(name) for name in NUMBERS]
