"""What is there at the start. All names, and the people behind them, are invented."""

from __future__ import annotations

from .person import Person
from .state import GoogleState

SHARED_DRIVE = "0ASandboxSharedDrive"
REPORTS_FOLDER = "1SandboxAttendanceReportsFolder00"
MY_DRIVE_FOLDER = "1SandboxMyDriveFolder000000000000"
SHARED_SPREADSHEET = "sandbox-shared-spreadsheet-0000000000000000001"
PRIVATE_SPREADSHEET = "sandbox-private-spreadsheet-000000000000000001"
NOTES = [
    ["Notes for the teachers", ""],
    ["Room", "Sunday class"],
    ["Ask Ines about the recordings", ""],
]


def plant(state: GoogleState) -> None:
    """A shared drive with folders, a folder in a person's My Drive, and two spreadsheets."""
    drive = state.add_folder("Evening school", id=SHARED_DRIVE, drive_id=SHARED_DRIVE)
    state.add_folder("Attendance reports", drive, id=REPORTS_FOLDER)
    state.add_folder("My Drive folder", id=MY_DRIVE_FOLDER)
    state.add_folder("Doubles", drive)
    state.add_folder("Doubles", drive)
    state.add_spreadsheet("Attendance", id=SHARED_SPREADSHEET, sheet_title="Notes")
    Person(state, SHARED_SPREADSHEET).pastes("Notes", "A1", NOTES)
    state.add_spreadsheet("Salaries", id=PRIVATE_SPREADSHEET, shared=False)
