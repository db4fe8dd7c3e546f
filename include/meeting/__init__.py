"""The meetings, as their files describe them."""

from include.meeting.folder import DEFAULT_FOLDER, MeetingFilesError, read_meeting, read_meetings
from include.meeting.model import DAG_ID_PREFIX, Folder, Meeting, Spreadsheet

__all__ = [
    "DAG_ID_PREFIX",
    "DEFAULT_FOLDER",
    "Folder",
    "Meeting",
    "MeetingFilesError",
    "Spreadsheet",
    "read_meeting",
    "read_meetings",
]
