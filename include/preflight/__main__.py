"""The preflight from a shell: prints a line for each check; exit code 1 if one is not OK."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable

# As Airflow's own commands do: else the connections that the UI made are not looked up.
os.environ["_AIRFLOW_PROCESS_CONTEXT"] = "server"
# It finds fault with the name of Google's connection type, at every look.
os.environ["AIRFLOW__LOGGING__NAMESPACE_LEVELS"] = "airflow.models.connection=ERROR"

import airflow.settings  # noqa: F401  (puts the plugins folder on the path)

from include.meeting import read_meetings
from include.pipeline.settings import meetings_folder
from include.preflight.checks import meeting_lines, shared_lines
from include.preflight.lines import Line, not_ok_among, summary


def main() -> int:
    """Carry out all checks; returns the exit code."""
    seen = _printed("Shared by all meetings", shared_lines())
    for meeting in read_meetings(meetings_folder())[0]:
        seen += _printed(f"{meeting.title} ({meeting.name})", meeting_lines(meeting))
    print(f"\n{summary(seen)}")
    return 1 if not_ok_among(seen) else 0


def _printed(title: str, lines: Iterable[Line]) -> list[Line]:
    print(f"\n{title}")
    seen = []
    for line in lines:
        print(f"  {line}", flush=True)
        seen.append(line)
    return seen


if __name__ == "__main__":
    sys.exit(main())
