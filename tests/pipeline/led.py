"""A book whose classes have leaders, and who may open the classes' own spreadsheets."""

from __future__ import annotations

from tests.pipeline.books import ADA, CLEO, KeptBook, keep_session

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
