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
from include.pipeline.own_sheets import FILE
from sandbox.both import Sandbox
from sandbox.google import GoogleState
from sandbox.google.clients import sheets_client
from tests.google_calls import BATCH, GIVE
from tests.pipeline.books import ADA, BEN, CLEO, KeptBook, keep_session, shown
from tests.pipeline.runs import SPREADSHEET, meeting

LEA, LOU = "lea@example.org", "lou@example.org"
OWN = "own-sheet-of-the-youth-0000000000000000000001"
OF_CHOIR = "own-sheet-of-the-choir-0000000000000000000002"
ADDRESS = "https://docs.google.com/spreadsheets/d/{}/edit"


def led(book: KeptBook, *classes: list[str]) -> KeptBook:
    """A session in which Ben was missing, and classes with leaders."""
    keep_session(book.choir, [ADA, CLEO])
    book.run()
    book.enrol(classes=list(classes) or [["Youth", LEA], ["Choir"]])
    book.run()
    return book


def own_sheet(book: KeptBook, name: str = "Youth") -> str:
    """The id of a class's own spreadsheet, as Classes shows its address."""
    (row,) = (row for row in book.shown("Classes") if row[0] == name)
    return row[3].split("/")[-2]


def people(book: KeptBook, spreadsheet_id: str) -> set[str]:
    permissions = book.google.files[spreadsheet_id].permissions.values()
    return {one["emailAddress"] for one in permissions}


def notices(book: KeptBook) -> list[str]:
    return [line[0] for line in book.shown("This week") if line[0].startswith("Classes, ")]


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


@pytest.fixture
def beside(google: GoogleState, staging: Path) -> KeptBook:
    """A book in a spreadsheet, and another spreadsheet for a class."""
    google.add_spreadsheet("Youth", id=OWN)
    return KeptBook(google, meeting(publish_to=SPREADSHEET))


def test_with_a_spreadsheet_people_name_the_own_sheet(beside: KeptBook) -> None:
    led(beside)
    assert any("has leaders and no own sheet" in one for one in notices(beside))
    beside.person.types("Classes", "D3", ADDRESS.format(OWN))
    beside.run()
    assert LEA in people(beside, OWN)
    assert ADA in str(shown(beside.google, OWN, "Register"))
    assert notices(beside) == []


@pytest.mark.parametrize(
    ("own", "said"),
    [
        (ADDRESS.format(SPREADSHEET["spreadsheet"]), "its own sheet is this book"),
        ("the youth's", "its own sheet is no address of a spreadsheet"),
        (ADDRESS.format("no-spreadsheet-of-this-id-00000000"), "its own sheet cannot be used"),
    ],
)
def test_what_is_no_place_for_leaders_is_said(beside: KeptBook, own: str, said: str) -> None:
    led(beside)
    beside.person.types("Classes", "D3", own)
    beside.run()
    beside.run()
    (notice,) = notices(beside)
    assert said in notice
    assert LEA not in people(beside, SPREADSHEET["spreadsheet"])


def test_two_classes_share_no_sheet(beside: KeptBook) -> None:
    led(beside, ["Youth", LEA, "", ADDRESS.format(OWN)], ["Choir", LOU, "", ADDRESS.format(OWN)])
    beside.run()
    assert LOU not in people(beside, OWN)
    assert any("that of “Youth”" in one for one in notices(beside))
    beside.person.clears("Classes", "A3:D3")  # nor does the next one get it
    beside.run()
    beside.run()
    assert {LEA, LOU}.isdisjoint(people(beside, OWN))


def test_a_private_class_is_named_by_its_row_where_others_read(beside: KeptBook) -> None:
    led(beside, ["Youth", LEA, "TRUE"], ["Choir", LOU])
    assert any(one.startswith("Classes, row 3: has leaders and no own") for one in notices(beside))
    beside.person.types("Classes", "D3", ADDRESS.format(OWN))
    beside.run()
    beside.person.types("Classes", "D4", ADDRESS.format(OWN))
    beside.run()
    assert any("is that of row 3, whose names" in one for one in notices(beside))
    assert "Youth" not in str(beside.shown("This week"))


def test_when_another_book_comes_into_an_own_sheet_its_leaders_are_let_out(
    beside: KeptBook,
) -> None:
    led(beside, ["Youth", f"{LEA}, {LOU}", "", ADDRESS.format(OWN)], ["Choir"])
    assert {LEA, LOU} <= people(beside, OWN)
    other = KeptBook(beside.google, meeting(name="other", publish_to={"spreadsheet": OWN}))
    keep_session(other.choir, ["Xaver Example"])
    other.run()
    beside.run()
    beside.run()
    assert {LEA, LOU}.isdisjoint(people(beside, OWN))
    assert any("its own sheet cannot be used" in one for one in notices(beside))


STILL_IN = "those who were let in may still open it"


@pytest.fixture
def locked(beside: KeptBook) -> KeptBook:
    """Youth's own sheet may only be read now; Choir has one of its own."""
    beside.google.add_spreadsheet("Choir", id=OF_CHOIR)
    of_choir = ["Choir", LOU, "", ADDRESS.format(OF_CHOIR)]
    led(beside, ["Youth", f"{LEA}, {LOU}", "", ADDRESS.format(OWN)], of_choir)
    beside.google.files[OWN].editable = False
    return beside


@pytest.mark.parametrize("cell", ["B3", "D3"])
def test_a_locked_sheet_that_a_class_leaves_stops_no_other_and_is_said(
    locked: KeptBook, cell: str
) -> None:
    locked.person.clears("Classes", cell)
    locked.person.types("Classes", "B4", f"{LOU}, {LEA}")
    locked.run()
    locked.run()
    assert {LEA, LOU} <= people(locked, OF_CHOIR)
    assert any(STILL_IN in one for one in notices(locked))
    locked.google.files[OWN].editable = True
    locked.run()
    locked.run()
    assert {LEA, LOU}.isdisjoint(people(locked, OWN))
    assert not any(STILL_IN in one for one in notices(locked))


def test_leaders_are_let_into_a_new_sheet_while_the_old_one_is_locked(locked: KeptBook) -> None:
    new = OWN.replace("1", "3")
    locked.google.add_spreadsheet("Youth", id=new)
    locked.person.types("Classes", "D3", ADDRESS.format(new))
    locked.run()
    assert {LEA, LOU} <= people(locked, new)
    locked.person.types("Classes", "D3", ADDRESS.format(OWN))
    locked.google.files[OWN].editable = True
    locked.run()
    assert {LEA, LOU} <= people(locked, OWN)
    assert {LEA, LOU}.isdisjoint(people(locked, new))


def test_a_leader_of_a_locked_sheet_is_let_out_when_it_opens(locked: KeptBook) -> None:
    locked.person.types("Classes", "B3", LOU)
    locked.run()
    locked.run()
    assert any("its own sheet cannot be used" in one for one in notices(locked))
    locked.google.files[OWN].editable = True
    locked.run()
    assert LEA not in people(locked, OWN)
    assert LOU in people(locked, OWN)


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
