"""Finding the sessions of a run."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from include.attendance.sessions import GAP, Session, join_instances
from include.meeting import Meeting
from include.pipeline.screens import nothing_to_do, title
from include.pipeline.selection.held_instances import LONGEST_MEETING, held_around
from include.pipeline.selection.own_sessions import asked_for, label_of, no_class, of_window, when
from include.pipeline.selection.window import EarlierRuns, RunWindow, window_of_run
from include.pipeline.task_data import InstanceData, SessionData
from include.pipeline.waiting import (
    GIVE_UP_AFTER,
    SETTLING,
    day_and_time,
    patience_is_over,
    wait,
    wait_a_little,
    wait_until,
)
from zoom_provider.errors import ZoomRefused, ZoomReportNotReady, ZoomUnknownMeeting
from zoom_provider.hooks.zoom import ZoomHook
from zoom_provider.instances import Instance, usable_time

log = logging.getLogger(__name__)

LISTED_BY = timedelta(hours=2)
"""How long after its tick a run that finds nothing keeps asking: Zoom may list a session late."""

NOT_LISTED = "Zoom lists no session of the class since the run before; it may list it late."

COUNTING = "Zoom may not have listed and counted it all yet."


NOT_ALL_PUBLISHED = " Earlier runs have not published all of it."


def sessions_of_run(
    meeting: Meeting,
    hook: ZoomHook,
    context: Mapping[str, Any],
    earlier: EarlierRuns | None = None,
) -> list[SessionData]:
    """Return the run's sessions, oldest first.

    Waits (AirflowRescheduleException) while the meeting runs or has only just ended.

    :param earlier: what the runs before it have done, if it is the scheduler's.
    """
    if uuid := context["params"]["uuid"]:
        near, found = _by_uuid(uuid, meeting, hook, context)
        late = list[Session]()
    else:
        window = window_of_run(context, meeting, earlier)
        near, found = _in_window(window, meeting, hook, context["params"])
        late = [session for session in found if window.is_late(session.start)]
    return [
        _session_data(session, label_of(session, near, meeting), meeting, late=session in late)
        for session in found
    ]


def _in_window(
    window: RunWindow, meeting: Meeting, hook: ZoomHook, params: Mapping[str, Any]
) -> tuple[list[Session], list[Session]]:
    """Return the sessions around the window, and those of them that the run takes."""
    _wait_while_running(meeting, hook, window)
    # Listed after that look: a meeting that ends in between is in the list.
    instances = _listed_instances(meeting, hook, window)
    _wait_for_the_newest(meeting, hook, instances, window)
    near = join_instances(held_around(window, meeting, hook, instances))
    listed = of_window(near, window, meeting)
    day, hour = params["session"], params["time"]
    found = asked_for(listed, meeting, instances, day_named=bool(day), hour=hour)
    _wait_for_stragglers(meeting, found, window)
    if day and not found:
        raise nothing_to_do(_no_session(meeting, window, instances))
    if listed and not found:
        raise no_class(meeting)
    _log_found(meeting, found, window)
    return near, found


def _listed_instances(meeting: Meeting, hook: ZoomHook, window: RunWindow) -> list[Instance]:
    """Return the past instances; waits a while for the start of one that is listed without it."""
    patient = not patience_is_over(window.end, LISTED_BY)
    try:
        return _past_instances(meeting, hook, patient=patient)
    except ZoomReportNotReady:
        wait_a_little(f"{meeting.title}: {COUNTING}", meeting.timezone)


def _past_instances(meeting: Meeting, hook: ZoomHook, *, patient: bool = False) -> list[Instance]:
    instances = hook.list_past_instances(meeting.meeting_id, patient=patient)
    if not instances:
        hook.get_meeting(meeting.meeting_id)  # raises for a number that Zoom does not know
    return instances


def _by_uuid(
    uuid: str, meeting: Meeting, hook: ZoomHook, context: Mapping[str, Any]
) -> tuple[list[Session], list[Session]]:
    """Return the sessions around the one with this UUID, and that one.

    If the webhook gives the UUID, the session must be of the class; if a person does, any is taken.
    """
    running = _is_running(meeting, hook)
    instances = _past_instances(meeting, hook)
    start = _start_of(uuid, instances, meeting, context)
    window = RunWindow(start - LONGEST_MEETING, start + LONGEST_MEETING)
    near = join_instances(held_around(window, meeting, hook, instances, asked=uuid))
    session = next(each for each in near if any(held.uuid == uuid for held in each.instances))
    _wait_until_over(session, meeting, may_go_on=running and session == near[-1])
    if not context["params"].get("just_ended"):
        return near, [session]
    _wait_for_its_end(session, meeting, since=context["dag_run"].run_after)
    if not (own := asked_for([session], meeting, instances, day_named=False)):
        raise no_class(meeting)
    return near, own


def _wait_for_its_end(session: Session, meeting: Meeting, *, since: datetime) -> None:
    if not session.ended and not patience_is_over(since):
        wait_a_little("Zoom does not tell yet when the session ended.", meeting.timezone)


def _start_of(
    uuid: str, instances: list[Instance], meeting: Meeting, context: Mapping[str, Any]
) -> datetime:
    known = {instance.uuid: instance.start for instance in instances}
    if uuid in known:
        return known[uuid]
    if context["params"].get("just_ended"):  # the webhook says so; the form does not offer it
        wait(
            f"Zoom does not list the instance {uuid} yet, which has just ended.",
            since=context["dag_run"].run_after,
            give_up="Look it up in Zoom's own reports (Reports > Usage), then clear this task.",
            timezone=meeting.timezone,
        )
    raise nothing_to_do(
        f"This meeting has no past instance {uuid!r}. Copy the UUID from the log of an earlier "
        f"run's `sessions` task, or trigger the Dag with '{title('session')}' instead."
    )


def _no_session(meeting: Meeting, window: RunWindow, instances: list[Instance]) -> str:
    """Say what is wrong with a day, and name the nearest before and after it."""
    zone = ZoneInfo(meeting.timezone)
    before = [instance.start for instance in instances if instance.start < window.start][-1:]
    after = [instance.start for instance in instances if instance.start >= window.end][:1]
    near = " and ".join(f"{start.astimezone(zone):%a %Y-%m-%d}" for start in before + after)
    return (
        f"Zoom lists no session of {meeting.title} on {window.start.astimezone(zone):%a %Y-%m-%d} "
        f"({meeting.timezone}). The nearest: {near or 'none at all'}. Trigger the Dag again with "
        f"another '{title('session')}'."
    )


def _wait_until_over(session: Session, meeting: Meeting, *, may_go_on: bool) -> None:
    """Wait for Zoom to count, and for a host who has reopened; by 30 hours Zoom ends a meeting."""
    if (now := datetime.now(UTC)) < session.end + SETTLING:
        wait_until(session.end + SETTLING, COUNTING, meeting.timezone)
    if may_go_on and now < session.end + GAP + LONGEST_MEETING:
        reason = "The meeting runs again: it may still be the same session."
        wait_until(now + SETTLING, reason, meeting.timezone)


def _wait_while_running(meeting: Meeting, hook: ZoomHook, window: RunWindow) -> None:
    if datetime.now(UTC) < window.end + GIVE_UP_AFTER + SETTLING and _is_running(meeting, hook):
        wait(
            f"Meeting {meeting.meeting_id} is still running.",
            since=window.end,
            give_up="End it in Zoom (or wait until it has ended), then clear this task.",
            timezone=meeting.timezone,
        )


def _wait_for_the_newest(
    meeting: Meeting, hook: ZoomHook, instances: list[Instance], window: RunWindow
) -> None:
    """Wait until the instance that ended last is listed: the meeting may have run on long."""
    if datetime.now(UTC) > window.end + GIVE_UP_AFTER + SETTLING:
        return
    try:
        newest = hook.get_past_meeting(str(meeting.meeting_id))
    except (ZoomReportNotReady, ZoomRefused):  # what is listed is reported on all the same
        return
    start, end = (usable_time(newest.get(field)) for field in ("start_time", "end_time"))
    listed = {instance.uuid for instance in instances}
    if not start or newest.get("uuid") in listed or not window.is_new(start):
        return
    if not patience_is_over(end or window.end, LISTED_BY):
        wait_a_little(f"{meeting.title}: {COUNTING}", meeting.timezone)


def _is_running(meeting: Meeting, hook: ZoomHook) -> bool:
    try:
        return hook.get_meeting(meeting.meeting_id).get("status") == "started"
    except ZoomUnknownMeeting:
        return False  # expired since: its past instances are still there


def _wait_for_stragglers(meeting: Meeting, found: list[Session], window: RunWindow) -> None:
    """Wait until Zoom has had time to list and count what has only just ended."""
    ends = [session.end for session in found]
    if window.on_tick:  # what ended just before may not be listed yet
        ends.append(window.end)
    settled = max(ends, default=window.start) + SETTLING
    if datetime.now(UTC) < settled:
        wait_until(settled, f"{meeting.title}: {COUNTING}", meeting.timezone)
    nobody = window.on_tick and not any(window.is_new(session.start) for session in found)
    if nobody and not patience_is_over(window.end, LISTED_BY):
        wait_a_little(f"{meeting.title}: {NOT_LISTED}", meeting.timezone)


def _log_found(meeting: Meeting, found: list[Session], window: RunWindow) -> None:
    start, end = (day_and_time(at, meeting.timezone) for at in (window.start, window.end))
    between = f"between {start} and {end} ({meeting.timezone})"
    if not found:
        log.info("Nobody met: Zoom lists no session of %s %s.", meeting.title, between)
    for session in found:
        late = NOT_ALL_PUBLISHED if window.is_late(session.start) else ""
        count, times = len(session.instances), when(session, meeting)
        log.info("Session %s: %s, %d instance(s).%s", session.uuid, times, count, late)


def _session_data(session: Session, label: str, meeting: Meeting, *, late: bool) -> SessionData:
    instances = tuple(map(InstanceData.model_validate, session.instances))
    return SessionData(
        uuid=session.uuid,
        label=label,
        start=session.start,
        end=session.end,
        instances=instances,
        timezone=meeting.timezone,
        late=late,
    )
