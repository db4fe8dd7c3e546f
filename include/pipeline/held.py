"""When an instance was held and how many connections it had: Zoom's details, as far as usable.

One instance of which Zoom tells nothing usable stops no other: its own extract says so.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from include.attendance.sessions import GAP, HeldInstance
from include.meeting import Meeting
from include.pipeline.waiting import local, patience_is_over, wait_a_little
from include.pipeline.window import Window
from zoom_provider.errors import ZoomBadRequest, ZoomReportNotReady, ZoomReportTooOld
from zoom_provider.hooks.zoom import ZoomHook
from zoom_provider.instances import Instance, usable_time

log = logging.getLogger(__name__)

LONGEST_MEETING = timedelta(hours=30)
"""Zoom ends a meeting then: an older instance cannot reach into the window."""

LATE_TIMEOUT = timedelta(minutes=2)
"""So long somebody who is back may still be counted as there: two connections of one person."""


def held_around(
    window: Window, meeting: Meeting, hook: ZoomHook, instances: Iterable[Instance]
) -> Iterator[HeldInstance]:
    """Yield the window's instances, what they continue and reach into.

    Waits (AirflowRescheduleException) for the details of one that began in the last hours.

    :param instances: oldest first.
    """
    earliest = end = window.earliest - LONGEST_MEETING
    for instance in instances:
        near = earliest <= instance.start
        if near and (instance.start < window.end or instance.start - end <= GAP):
            held = _held(hook, instance, window, meeting.timezone)
            end = max(end, held.end)
            yield held


def _held(hook: ZoomHook, instance: Instance, window: Window, zone: str) -> HeldInstance:
    return held_as_told(instance, _details(hook, instance, window, zone), zone)


def _details(hook: ZoomHook, instance: Instance, window: Window, zone: str) -> dict[str, Any]:
    """Return Zoom's details; empty if it has none, and will not have them soon."""
    try:
        return hook.get_past_meeting(instance.uuid)
    except ZoomReportTooOld:
        if instance.start >= window.earliest:
            raise
    except ZoomBadRequest as error:
        log.warning("%s", error)
    except ZoomReportNotReady:
        if not patience_is_over(instance.start):
            began = local(instance.start, zone)
            wait_a_little(f"Zoom has no details yet of the instance of {began}.", zone)
    return {}


def held_as_told(instance: Instance, details: Mapping[str, Any], zone: str) -> HeldInstance:
    """Return what the details tell of an instance; the log says what is unusable in them."""
    end = _end(instance, details, zone)
    joins = _whole_number(details.get("participants_count"))
    return HeldInstance(
        instance.uuid,
        instance.start,
        end or instance.start,
        joins,
        alone=_fits_one(details, joins, (end or instance.start) - instance.start),
        ended=end is not None,
    )


def _end(instance: Instance, details: Mapping[str, Any], zone: str) -> datetime | None:
    end = usable_time(details.get("end_time"))
    if end and timedelta() <= end - instance.start <= LONGEST_MEETING:
        return end
    began = local(instance.start, zone)
    minutes = _whole_number(details.get("duration"))
    if minutes and timedelta(minutes=minutes) <= LONGEST_MEETING:
        log.warning(
            "Zoom tells no usable end of the instance of %s: it is taken to have lasted %d min, as "
            "Zoom says besides.",
            began,
            minutes,
        )
        return instance.start + timedelta(minutes=minutes)
    log.warning("Zoom does not tell when the instance of %s ended (%s).", began, instance.uuid)
    return None


def _fits_one(details: Mapping[str, Any], joins: int | None, length: timedelta) -> bool:
    """Tell whether Zoom's numbers are those of one person alone, of whom it makes no report."""
    if joins is not None and joins <= 1:
        return True
    minutes = _whole_number(details.get("total_minutes"))  # of all connections together
    return bool(minutes) and timedelta(minutes=minutes or 0) <= length + LATE_TIMEOUT


def _whole_number(value: Any) -> int | None:
    return value if type(value) is int and value >= 0 else None
