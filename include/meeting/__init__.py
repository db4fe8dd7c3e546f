"""The meetings, as their files describe them."""

from include.meeting.folder import (
    DEFAULT_FOLDER,
    MeetingFileError,
    meeting_files,
    mistakes_by_file,
    read_meeting,
    read_meetings,
)
from include.meeting.model import DAG_ID_PREFIX, REGISTER_PREFIX, Folder, Meeting, Spreadsheet

__all__ = [
    "DAG_ID_PREFIX",
    "DEFAULT_FOLDER",
    "REGISTER_PREFIX",
    "Folder",
    "Meeting",
    "MeetingFileError",
    "Spreadsheet",
    "meeting_files",
    "mistakes_by_file",
    "read_meeting",
    "read_meetings",
]
