"""The spreadsheet of a session in a folder, whatever people do to the file."""

from __future__ import annotations

from datetime import datetime, timedelta

from include.pipeline.load import publish
from sandbox.google import GoogleState
from tests.pipeline.reports import report, report_files
from tests.pipeline.runs import FOLDER, meeting


def test_file_that_was_moved_is_found(google: GoogleState) -> None:
    choir = meeting(publish_to=FOLDER)
    first = publish(choir, report(choir))
    elsewhere = google.add_folder("Archive", google.files[first.spreadsheet_id].drive_id)
    google.files[first.spreadsheet_id].parents = [elsewhere]
    assert publish(choir, report(choir)) == first
    assert [file.parents for file in report_files(google)] == [[elsewhere]]


def test_file_that_was_renamed_is_found(google: GoogleState) -> None:
    choir = meeting(publish_to=FOLDER)
    first = publish(choir, report(choir))
    google.files[first.spreadsheet_id].name = "The big evening"
    assert publish(choir, report(choir)) == first


def test_file_in_the_bin_is_made_anew(google: GoogleState) -> None:
    choir = meeting(publish_to=FOLDER)
    first = publish(choir, report(choir))
    google.files[first.spreadsheet_id].trashed = True
    google.files.mark_trashed()
    again = publish(choir, report(choir))
    assert again.spreadsheet_id != first.spreadsheet_id
    assert [file.id for file in report_files(google)] == [again.spreadsheet_id]


def test_copy_that_a_person_made_stays(google: GoogleState) -> None:
    choir = meeting(publish_to=FOLDER)
    first = publish(choir, report(choir))
    original = google.files[first.spreadsheet_id]
    known = {"properties": dict(original.properties)}
    copy = google.add_spreadsheet(f"Copy of {original.name}", original.parents[0], **known)
    assert publish(choir, report(choir)) == first
    assert not google.files[copy].is_trashed


def test_copy_of_the_same_name_made_a_day_later_stays(google: GoogleState) -> None:
    choir = meeting(publish_to=FOLDER)
    first = publish(choir, report(choir))
    original = google.files[first.spreadsheet_id]
    known = {"properties": dict(original.properties)}
    copy = google.files[google.add_spreadsheet(original.name, original.parents[0], **known)]
    made = datetime.fromisoformat(copy.created_time) + timedelta(days=1)
    copy.created_time = made.isoformat()
    assert publish(choir, report(choir)) == first
    assert not copy.is_trashed
