"""A session of which Zoom lists the middle only after what was before and behind it was published.

Until then each of the two was a session.
"""

from __future__ import annotations

from include.pipeline.extract import extract_session
from include.pipeline.files.attendance_records import KeptRecords
from include.pipeline.files.staging import StagingFolder
from include.pipeline.load import publish_staged
from include.pipeline.task_data import SessionData
from include.pipeline.transform import take_staged_attendance
from sandbox.both import Sandbox
from sandbox.google import GoogleState
from sandbox.zoom.instance import Instance
from sandbox.zoom.rows import participant_row
from tests.pipeline.books import ADA, BEN, CLEO, LONG_AGO, KeptBook
from tests.pipeline.evenings import EVENING, hold, minutes, session_of
from tests.pipeline.runs import meeting
from zoom_provider.hooks.zoom import ZoomHook


def part(sandbox: Sandbox, start: int, end: int, *names: str) -> Instance:
    times = EVENING + minutes(start), EVENING + minutes(end)
    rows = [participant_row(name, *times) for name in names]
    return hold(sandbox.zoom.world, *times, rows)


def publish(session: SessionData, folder: StagingFolder) -> None:
    extract_session(session, ZoomHook(), folder)
    take_staged_attendance(meeting(), folder)
    publish_staged(meeting(), folder)


def book_of_two_sessions(
    first: Instance, last: Instance, google: GoogleState, folder: StagingFolder
) -> KeptBook:
    """Publish both, as long as nobody knows of what was between them."""
    for instance in (first, last):
        publish(session_of(instance), folder)
    book = KeptBook(google)
    book.run()
    return book


def test_the_two_become_one_in_the_records_and_in_the_book(
    empty_sandbox: Sandbox, google: GoogleState, folder: StagingFolder
) -> None:
    first = part(empty_sandbox, 0, 30, ADA, BEN)
    middle = part(empty_sandbox, 35, 55, ADA, BEN)
    last = part(empty_sandbox, 60, 90, ADA, CLEO)
    book = book_of_two_sessions(first, last, google, folder)
    book.enrol([[ADA, "Youth", "", LONG_AGO], [BEN, "Youth", "", LONG_AGO]], [["Youth"]])
    book.run()
    assert book.row(BEN)[:3] == [BEN, "A", "P"]
    publish(session_of(first, middle, last), folder)
    (record,) = KeptRecords(meeting()).now()
    assert (record.session, record.parts) == (first.uuid, (middle.uuid, last.uuid))
    book.run()
    assert book.shown("Register")[0][1:4] == ["Name", "14 Jun", "Came"]
    assert book.row(BEN)[:3] == [BEN, "P", "1 of 1"]
    assert [row[2:4] for row in book.shown("Totals")[2:]] == [
        ["14 Jun 2026", "Everybody"],
        ["14 Jun 2026", "Youth"],
    ]
    everything = book.everything()
    book.run()
    assert book.everything() == everything


def test_a_letter_typed_for_one_of_them_is_one_of_the_whole(
    empty_sandbox: Sandbox, google: GoogleState, folder: StagingFolder
) -> None:
    first, middle = part(empty_sandbox, 0, 30, ADA, CLEO), part(empty_sandbox, 35, 55, ADA, CLEO)
    last = part(empty_sandbox, 60, 90, ADA, CLEO)
    book = book_of_two_sessions(first, last, google, folder)
    book.enrol([[ADA, "Youth", "", LONG_AGO], [BEN, "Youth", "", LONG_AGO]], [["Youth"]])
    book.run()
    ada, ben = (book.shown("Register").index(row) + 1 for row in member_rows(book))
    book.person.types("Register", f"C{ada}", "A")
    book.person.types("Register", f"C{ben}", "R")
    publish(session_of(first, middle, last), folder)
    for _ in range(2):
        book.run()
        assert (book.row(ADA)[1], book.row(BEN)[1]) == ("P", "R")
    assert [row[3] for row in book.shown("Corrections")[2:]] == ["R"]


def member_rows(book: KeptBook) -> list[list[str]]:
    return [row for row in book.shown("Register") if {ADA, BEN} & {*row}]


def test_what_people_wrote_of_one_of_them_stays(
    empty_sandbox: Sandbox, google: GoogleState, folder: StagingFolder
) -> None:
    first, middle = part(empty_sandbox, 0, 30, ADA, CLEO), part(empty_sandbox, 35, 55, ADA, CLEO)
    last = part(empty_sandbox, 60, 90, ADA, CLEO)
    book = book_of_two_sessions(first, last, google, folder)
    book.person.types("Register", "C3", "with Ben on the telephone")
    publish(session_of(first, middle, last), folder)
    book.run()
    assert book.row(ADA)[:3] == [ADA, "with Ben on the telephone", "P"]
