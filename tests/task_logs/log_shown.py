"""A task's log as Airflow's UI shows it when it is opened."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any


def end_of(log: list[str]) -> str:
    """Return the last lines of a log as one."""
    return " ".join(" ".join(log[-5:]).split())


def shown(content: list[dict[str, Any]]) -> Iterator[str]:
    """Yield the lines that Airflow's UI shows of a log when it is opened: groups are folded."""
    groups = 0
    for entry in content:
        if "::group::" in entry["event"]:
            groups += 1
        elif "::endgroup::" in entry["event"]:
            groups = max(groups - 1, 0)
        elif not groups:
            yield entry["event"]
            for error in entry.get("error_detail", []):
                yield f"{error['exc_type']}: {error['exc_value']}"
                yield from (f"File {frame['filename']}" for frame in error["frames"])
