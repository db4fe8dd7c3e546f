"""What a session's report looks like when nothing else happens: the steps in this process."""

from __future__ import annotations

from pathlib import Path

from include.meeting import read_meetings
from include.pipeline.extract import extract_session
from include.pipeline.files.staging import StagingFolder
from include.pipeline.load import publish_staged
from include.pipeline.sessions import sessions_of_run
from include.pipeline.transform import take_staged_attendance
from sandbox.google import GoogleState
from tests.airflow_runs import seen
from tests.pipeline.runs import run
from zoom_provider.hooks.zoom import ZoomHook


class Alone:
    """Makes reports one by one, with a Google of its own.

    :param meetings: the folder of the meetings' files.
    """

    def __init__(self, meetings: Path, google: GoogleState) -> None:
        self._meetings = {meeting.dag_id: meeting for meeting in read_meetings(meetings)[0]}
        self._google = google

    def seen(self, dag_id: str, day: str) -> list[list[str]]:
        """Return what a person sees in the report of the meeting's session of that day."""
        meeting, folder = self._meetings[dag_id], StagingFolder(f"{dag_id}/{day}")
        (session,) = sessions_of_run(meeting, ZoomHook(), run(session=day))
        extract_session(session, ZoomHook(), folder)
        take_staged_attendance(meeting, folder)
        return seen(self._google, publish_staged(meeting, folder).model_dump())
