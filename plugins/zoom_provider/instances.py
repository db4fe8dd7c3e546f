"""The ended instances of a meeting, out of the rows that Zoom lists."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from zoom_provider.errors import ZoomBadRequest, ZoomReportNotReady, ZoomReportTooOld
from zoom_provider.responses import ResponseBody

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Instance:
    """One time a meeting was held.

    :param uuid: Zoom's id of the instance; may hold ``/``, ``+`` and ``=``.
    :param start: when it really began, aware UTC.
    """

    uuid: str
    start: datetime


def parse_instances(
    rows: Iterable[ResponseBody],
    details: Callable[[str], ResponseBody],
    *,
    patient: bool = False,
) -> list[Instance]:
    """Return the instances of a listing, oldest first, each UUID once with its earliest start.

    :param details: asks Zoom for those of a UUID, where the listing has no usable start; raises
        ZoomReportNotReady while there are none.
    :param patient: let it; else the instance is left out.
    """
    starts: dict[str, datetime] = {}
    for row in rows:
        uuid = row.get("uuid")
        if not isinstance(uuid, str) or not uuid.strip():
            log.warning("Zoom lists an instance without a UUID: it is left out.")
            continue
        start = usable_time(row.get("start_time")) or _start_in(details, uuid, patient=patient)
        if start is None:
            log.warning("Zoom tells no start of instance %s: it is left out.", uuid)
            continue
        if uuid in starts:
            log.info("Zoom lists instance %s twice: it is taken once.", uuid)
        starts[uuid] = min(start, starts.get(uuid, start))
    found = (Instance(uuid, start) for uuid, start in starts.items())
    return sorted(found, key=lambda instance: instance.start)


def _start_in(
    details: Callable[[str], ResponseBody], uuid: str, *, patient: bool
) -> datetime | None:
    try:
        start = usable_time(details(uuid).get("start_time"))
    except (ZoomBadRequest, ZoomReportTooOld):
        return None
    except ZoomReportNotReady:
        if patient:
            raise
        return None
    if start:
        log.warning("Zoom lists instance %s without a usable start: its details have it.", uuid)
    return start


def usable_time(value: Any) -> datetime | None:
    """Read Zoom's ISO 8601 UTC time; fractions occur.

    None for what is none: another type or form, a time without an offset, and the years that stand
    for no time, such as 0001 and 9999.
    """
    try:
        time = datetime.fromisoformat(value)
    except (TypeError, ValueError):
        return None
    return time if time.tzinfo and 2000 <= time.year < 2100 else None
