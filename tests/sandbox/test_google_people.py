"""What people do with their hands in the sandbox, and who may open what."""

from __future__ import annotations

from typing import Any

import pytest
import requests
from googleapiclient.errors import HttpError

from sandbox.google.clients import drive_client, sheets_client
from sandbox.google.errors import EditError
from sandbox.google.person import Person
from tests.google_calls import BATCH
from tests.sandbox.google_book import DRIVES, Book, Google, add_sheet, area, refused, texts
from tests.sandbox.small_book import protect, small_book, validation

# What is typed in a country, what the cell shows, and its value.
TYPED = [
    ("en_US", "Ann Lee", "Ann Lee", "Ann Lee"),
    ("en_US", " 12 ", "12", 12),
    ("en_US", "1,234.50", "1234.5", 1234.5),
    ("de_DE", "1.234,50", "1234.5", 1234.5),
    ("en_US", "007", "7", 7),
    ("en_US", "'007", "007", "007"),
    ("en_US", "50%", "50%", 0.5),
    ("en_US", "true", "TRUE", True),
    ("en_US", "2026-11-01", "2026-11-01", 46327),
    ("en_US", "11/1/2026", "11/1/2026", 46327),
    ("en_GB", "1/11/26", "01/11/2026", 46327),
    ("de_DE", "1.11.2026", "01.11.2026", 46327),
    ("en_US", "1.11.2026", "1.11.2026", "1.11.2026"),
    ("en_US", "13/1/2026", "13/1/2026", "13/1/2026"),
    ("de_DE", "31.11.2026", "31.11.2026", "31.11.2026"),
    ("en_US", "1 Nov 2026", "1 Nov 2026", 46327),
    ("en_US", "November 1, 2026", "1 Nov 2026", 46327),
    ("en_US", "2026-11-01 19:30", "2026-11-01 19:30:00", 46327.8125),
    ("en_US", "19:30", "19:30:00", 0.8125),
    ("en_US", "25:30", "25:30", "25:30"),
    ("en_US", "-", "-", "-"),
    ("en_US", "–", "–", "–"),
    ("en_US", "=A1", "#REF!", {"type": "REF", "message": "Formula parse error."}),
    ("en_US", "+A1", "#REF!", {"type": "REF", "message": "Formula parse error."}),
]
BOOK_FIELDS = "sheets.data.rowData.values(userEnteredValue,effectiveValue,formattedValue)"


@pytest.fixture
def hands(book: Book) -> Person:
    small_book(book)
    return Person(book.google.state, book.id)


def test_what_is_typed_is_read_as_sheets_reads_it(book: Book) -> None:
    hands = Person(book.google.state, book.id)
    for row, (locale, typed, _, _) in enumerate(TYPED, 1):
        hands.sets_locale(locale)
        hands.types("Sheet1", f"A{row}", typed, shows="#REF!")
    (sheet,) = book.get(BOOK_FIELDS)["sheets"]
    cells = [row["values"][0] for row in sheet["data"][0]["rowData"]]
    values = [next(iter(cell["effectiveValue"].values())) for cell in cells]
    assert [(c["formattedValue"], v) for c, v in zip(cells, values, strict=True)] == [
        (shown, value) for _, _, shown, value in TYPED
    ]
    assert cells[-1]["userEnteredValue"] == {"formulaValue": "=+A1"}
    plain = {"userEnteredFormat": {"numberFormat": {"type": "TEXT", "pattern": "@"}}}
    fields = "userEnteredFormat.numberFormat"
    book.batch({"repeatCell": {"range": area(0, 1, 2, 6), "cell": plain, "fields": fields}})
    as_text = ["=A2", "1.5", "'x", "TRUE"]
    hands.pastes("Sheet1", "C1", [as_text])
    assert book.seen("'Sheet1'!C1:F1") == [as_text]


def test_sorting_and_filtering_move_and_hide_rows(book: Book, hands: Person) -> None:
    hands.notes("Register", "A6", "by hand")
    hands.sorts("Register", "A5:F8", by="A", descending=True)
    assert [row[0] for row in book.seen("'Register'!A5:A9")] == [
        *("Dov Adler", "Cleo Marsh", "Ben Okoro", "Ann Lee", "")
    ]
    assert book.sheet.cell(6, 0)["note"] == "by hand"
    hands.filters("Register", "A4:F8", by="C", keep={"A", "L"})
    (sheet, *_) = book.get("sheets(basicFilter,data.rowMetadata(hiddenByFilter))")["sheets"]
    hidden = [n for n, row in enumerate(sheet["data"][0]["rowMetadata"]) if row]
    assert (hidden, sheet["basicFilter"]["criteria"]) == (
        [4, 7],
        {"2": {"hiddenValues": ["P", "X"]}},
    )
    hands.unfilters("Register")
    assert book.get("sheets.data.rowMetadata.hiddenByFilter,sheets.basicFilter")["sheets"][0][
        "data"
    ] == [{"rowMetadata": [{}] * 1000}]


def test_tabs_are_renamed_hidden_moved_and_deleted(book: Book, hands: Person) -> None:
    hands.renames("People", "It's us")
    assert book.sheet.validation(4, 4)
    hands.moves_tab("It's us", 0)
    hands.hides_tab("Register")
    hands.adds_tab("Ours")
    hands.deletes_tab("Totals")
    tabs = [(s.title, s.hidden) for s in book.google.state.spreadsheets[book.id].sheets]
    assert tabs == [("It's us", False), ("Register", True), ("Ours", False)]
    (register,) = [s for s in book.get("sheets.charts")["sheets"] if s]
    chart = register["charts"][0]["spec"]["basicChart"]
    assert chart["domains"] == [{"domain": {"sourceRange": {"sources": []}}}]
    for refused_ in (lambda: hands.renames("Ours", "Register"), lambda: hands.hides_tab("Nobody")):
        with pytest.raises(EditError):
            refused_()
    hands.hides_tab("Ours")
    with pytest.raises(EditError, match="hide all the sheets"):
        hands.hides_tab("It's us")


def test_somebody_types_between_a_read_and_a_write(book: Book, hands: Person) -> None:
    book.google.state.before[BATCH] = lambda: hands.types("Register", "B7", "R")
    book.batch(texts([["changed"]]))
    assert book.seen("'Register'!B7") == [["R"]]
    hands.clears("Register", "B7:B8")
    book.batch(texts([["again"]]))
    assert book.seen("'Register'!B7:B8") == [[""], [""]]


def page_of(google: Google, file: str, **who: str) -> requests.Response:
    return requests.get(f"{google.url}/spreadsheets/d/{file}/edit", params=who, timeout=60)


def test_who_a_file_is_shared_with_opens_it_and_no_other(google: Google) -> None:
    """Through the API as that person, through the search, and on the page."""
    lea, tom = "lea@example.org", "tom@example.org"
    youth, choir = google.create("Youth"), google.create("Choir")
    permissions = drive_client(google.url).permissions()
    body = {"type": "user", "role": "reader", "emailAddress": lea}
    create = permissions.create(fileId=youth, body=body, sendNotificationEmail=False, **DRIVES)
    made = create.execute()
    assert create.execute() == made
    assert made == {"kind": "drive#permission", "id": made["id"], "type": "user", "role": "reader"}
    assert google.state.google_mails == []
    google.state.share(choir, tom, "writer")

    def opened(who: str, file: str) -> list[Any]:
        sheets = sheets_client(google.url, google.state.sign_in(who)).spreadsheets()
        said: list[Any] = [page_of(google, file, authuser=who).status_code]
        change = sheets.batchUpdate(spreadsheetId=file, body={"requests": [add_sheet()]})
        for call in (sheets.get(spreadsheetId=file), change):
            try:
                call.execute()
                said.append(200)
            except HttpError as refusal:
                said.append(refusal.status_code)
        return said

    assert opened(lea, youth) == [200, 200, 403]
    assert opened(tom, choir) == [200, 200, 200]
    assert opened(lea, choir) == opened(tom, youth) == [403, 403, 403]
    files = drive_client(google.url, google.state.sign_in(lea)).files()
    flags = {"corpora": "allDrives", "includeItemsFromAllDrives": True, **DRIVES}
    assert [f["name"] for f in files.list(q="", **flags).execute()["files"]] == ["Youth"]
    fields = "permissions(id,role,emailAddress)"
    listed = permissions.list(fileId=youth, fields=fields, **DRIVES).execute()["permissions"]
    assert listed == [{"id": made["id"], "role": "reader", "emailAddress": lea}]
    delete = permissions.delete(fileId=youth, permissionId=made["id"], **DRIVES)
    delete.execute()
    assert refused(delete)["code"] == 404
    assert opened(lea, youth) == [403, 403, 403]


def test_permissions_that_google_refuses(google: Google) -> None:
    file = google.create("Youth")
    google.state.without_account.add("no@example.org")
    permissions = drive_client(google.url).permissions()

    def said(mail: bool = False, **change: Any) -> tuple[int, str]:
        body = {"type": "user", "role": "reader", "emailAddress": "lea@example.org"} | change
        call = permissions.create(fileId=file, body=body, sendNotificationEmail=mail, **DRIVES)
        error = refused(call)
        return error["code"], error["reason"]

    assert said(emailAddress="no@example.org") == (400, "invalidSharingRequest")
    assert said(emailAddress="nobody") == (400, "invalid")
    assert said(type="anyone")[0] == said(role="owner")[0] == 501
    google.state.files[file].editable = False
    assert said() == (403, "insufficientFilePermissions")


def test_the_page_refuses_what_sheets_refuses(book: Book, hands: Person) -> None:
    google = book.google
    google.state.share(book.id, "lea@example.org", "reader")
    book.batch(validation(area(4, 20, 4, 5), "ONE_OF_LIST", "a", "b", strict=True))
    url = f"{google.url}/spreadsheets/d/{book.id}/cells"

    def typed(text: str, **who: str) -> int:
        given = {"gid": 0, "at": "E5", "text": text}
        return requests.post(url, json=given, params=who, timeout=60).status_code

    assert typed("c") == 400
    assert typed("a", authuser="lea@example.org") == 403
    assert book.seen("'Register'!E5") == [[""]]
    assert typed("b") == 200
    assert book.seen("'Register'!E5") == [["b"]]
    assert "view only" in page_of(google, book.id, authuser="lea@example.org").text
    book.batch(protect({"sheetId": 0}, unprotectedRanges=[area(4, 20, 4, 5)]))
    page = page_of(google, book.id).text
    warned = {at for at in ("B5", "E5", "E21") if "warned" in _cell(page, at)}
    assert warned == {"B5", "E21"}


def _cell(page: str, at: str) -> str:
    before = page.partition(f'data-at="{at}"')[0]
    return before[before.rindex("<td") :]
