"""Classes with leaders: a spreadsheet of their own, who may open it, and what they are told."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from airflow.sdk.exceptions import AirflowFailException
from googleapiclient.errors import HttpError

from google_workspace.errors import GoogleUnavailable
from include.notifications.notices import class_notice
from include.pipeline.drive.shares import FILE
from sandbox.both import Sandbox
from sandbox.google.clients import sheets_client
from tests.google_calls import BATCH, GIVE
from tests.pipeline.books import ADA, BEN, CLEO, KeptBook, keep_session, shown
from tests.pipeline.led import LEA, LOU, led, notices, own_sheet, people


def test_a_class_with_leaders_has_a_spreadsheet_of_its_own(book: KeptBook) -> None:
    youth = own_sheet(led(book))
    titles = [sheet.title for sheet in book.google.spreadsheets[youth].sheets]
    assert titles == ["This week", "Register"]
    text = str([shown(book.google, youth, title) for title in titles])
    assert ADA in text
    assert BEN in text
    assert CLEO not in text
    assert LEA in people(book, youth)
    assert book.google.google_mails == []
    assert [row[3] for row in book.shown("Classes") if row[0] == "Choir"] == [""]


@pytest.mark.parametrize("torn", [b"", b'{"Youth": {"sheet": "', b'{"Youth": {"lost": 1}}'])
def test_what_was_given_stays_and_what_to_do_is_said_when_its_file_is_torn(
    book: KeptBook, staging: Path, torn: bytes
) -> None:
    youth = own_sheet(led(book))
    file = staging.parent / "records" / "choir" / FILE
    file.write_bytes(torn)
    with pytest.raises(AirflowFailException, match=f"{FILE} in .*a copy from before.*Share"):
        book.run()
    assert LEA in people(book, youth)
    assert file.read_bytes() == torn


def _opens(sheets: Any, spreadsheet_id: str) -> bool:
    with suppress(HttpError):
        return bool(sheets.get(spreadsheetId=spreadsheet_id, fields="spreadsheetId").execute())
    return False


def test_leaders_reach_no_other_class(book: KeptBook, empty_sandbox: Sandbox) -> None:
    led(book, ["Youth", LEA], ["Choir", LOU])
    login = book.google.sign_in(LEA)
    sheets = sheets_client(empty_sandbox.url, login).spreadsheets()
    may = {one for one in book.google.spreadsheets if _opens(sheets, one)}
    assert may == {own_sheet(book)}


def test_they_are_told_once_for_a_session_and_of_nobody(book: KeptBook) -> None:
    led(book).run()
    (news,) = book.told
    assert (news.numbers, news.leaders) == ("Youth: 1 of 2 came", (LEA,))
    keep_session(book.choir, [ADA, BEN], week=1)
    book.run()
    mail = class_notice("Choir", book.told[-1])
    assert mail.subject == "Choir 2026-06-21, Youth: 2 of 2 came"
    assert mail.link[1].split("/")[-2] == own_sheet(book)
    assert not any(name in mail.html for name in ("Ada", "Ben", "Cleo", "@"))


def test_a_leader_who_leaves_is_let_out_and_a_guest_stays(book: KeptBook) -> None:
    youth = own_sheet(led(book, ["Youth", f"{LEA}, {LOU}"]))
    book.google.share(youth, "office@example.org", "writer")
    assert {LEA, LOU, "office@example.org"} <= people(book, youth)
    book.person.types("Classes", "B3", LOU)
    book.run()
    assert LEA not in people(book, youth)
    assert {LOU, "office@example.org"} <= people(book, youth)
    book.person.clears("Classes", "B3")
    book.run()
    assert LOU not in people(book, youth)
    assert "office@example.org" in people(book, youth)


def test_when_classes_is_deleted_their_sheets_stay_shared_and_it_is_said(book: KeptBook) -> None:
    youth = own_sheet(led(book))
    book.person.deletes_tab("Classes")
    book.run()
    book.run()
    assert LEA in people(book, youth)
    (notice,) = notices(book)
    assert "stay as they are, and their leaders may still open them" in notice
    book.person.types("Classes", "A3", "Youth")
    book.run()
    assert LEA not in people(book, youth)


def test_who_could_open_it_before_keeps_it(book: KeptBook) -> None:
    youth = own_sheet(led(book))
    book.google.share(youth, LOU, "writer")
    book.person.types("Classes", "B3", f"{LEA}, {LOU}")
    book.run()
    book.person.types("Classes", "B3", LEA)
    book.run()
    assert {LEA, LOU} <= people(book, youth)


def test_a_leader_whom_somebody_let_out_is_not_let_in_again(book: KeptBook) -> None:
    youth = own_sheet(led(book, ["Youth", f"{LEA}, {LOU}"]))
    permissions = book.google.files[youth].permissions
    (of_lea,) = (id_ for id_, one in permissions.items() if one["emailAddress"] == LEA)
    del permissions[of_lea]
    book.run()
    assert LEA not in people(book, youth)
    book.person.types("Classes", "B3", LOU)
    book.run()
    book.person.types("Classes", "B3", f"{LEA}, {LOU}")
    book.run()
    assert {LEA, LOU} <= people(book, youth)


def test_a_private_class_is_in_its_own_sheet_alone(book: KeptBook) -> None:
    led(book, ["Youth", LEA, "TRUE"], ["Choir"])
    youth = own_sheet(book)
    assert ADA in str(shown(book.google, youth, "Register"))
    for tab in ("This week", "Register", "Totals"):
        assert "Youth" not in str(book.shown(tab)), tab
        assert ADA not in str(book.shown(tab)), tab


def test_an_address_without_an_account_stops_nobody(book: KeptBook) -> None:
    book.google.without_account.add(LEA)
    led(book, ["Youth", f"{LEA}, {LOU}"]).run()
    assert LOU in people(book, own_sheet(book))
    assert any("Google lets an address of its leaders not in" in one for one in notices(book))


def test_without_leaders_nothing_of_this_happens(book: KeptBook, staging: Path) -> None:
    led(book, ["Youth"], ["Choir"])
    assert book.told == []
    assert len([file for file in book.google.files if file.properties]) == 1
    assert not (staging.parent / "records" / "choir" / FILE).exists()


@pytest.mark.parametrize("kind", ["hang-up", "lost-reply"])
@pytest.mark.parametrize(("method", "after"), [(BATCH, 1), (GIVE, 0)])
def test_the_next_try_finishes_what_broke_off(
    book: KeptBook, kind: str, method: str, after: int
) -> None:
    keep_session(book.choir, [ADA, CLEO])
    book.run()
    book.enrol(classes=[["Youth", LEA], ["Choir"]])
    book.google.faults.add(kind, method, times=2, after=after)
    with pytest.raises(GoogleUnavailable):
        book.run()
    book.run()
    youth = own_sheet(book)
    assert LEA in people(book, youth)
    assert [news.leaders for news in book.told] == [(LEA,)]
    book.person.clears("Classes", "B3")
    book.run()
    assert LEA not in people(book, youth)
