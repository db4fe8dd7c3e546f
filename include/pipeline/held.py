"""The sessions that were held in a window of time, pieced together from Zoom's instances."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from include.attendance.sessions import GAP, HeldInstance, Session, join_instances
from include.pipeline.waiting import wait
from include.pipeline.window import Window
from zoom_provider.errors import ZoomReportNotReady
from zoom_provider.hooks.zoom import Instance, ZoomHook, parse_time

LONGEST_MEETING = timedelta(hours=30)
"""Zoom ends a meeting then: an older instance cannot reach into the window."""


def sessions_in(window: Window, hook: ZoomHook, instances: list[Instance]) -> list[Session]:
    """Return the sessions that start in the window; what they continue and reach into is read."""
    held = _held_around(window, hook, instances)
    return [session for session in join_instances(held) if window.holds(session.start)]


def _held_around(
    window: Window, hook: ZoomHook, instances: list[Instance]
) -> Iterator[HeldInstance]:
    end = window.start - LONGEST_MEETING
    for instance in instances:
        near = window.start - LONGEST_MEETING <= instance.start
        if near and (instance.start < window.end or instance.start - end <= GAP):
            held = _held(hook, instance, window)
            end = max(end, held.end)
            yield held


def _held(hook: ZoomHook, instance: Instance, window: Window) -> HeldInstance:
    try:
        details = hook.get_past_meeting(instance.uuid)
    except ZoomReportNotReady as error:
        wait(
            f"Zoom has no details yet of the instance of {instance.start:%Y-%m-%d %H:%M} UTC.",
            since=max(instance.start, window.end),
            give_up=f"Look the meeting up in Zoom's own reports. {error}",
        )
    end = parse_time(details["end_time"])
    return HeldInstance(instance.uuid, instance.start, end, details["participants_count"])
