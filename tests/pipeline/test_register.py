"""The steps of the Dag that keeps the book, through the real client and the sandbox's Google."""

from __future__ import annotations

import pytest

from sandbox.google import GoogleState
from tests.pipeline.books import ADA, BEN, CLEO, DAN, KeptBook, keep_session
from tests.pipeline.runs import FOLDER, SPREADSHEET, meeting

GET, CELLS = "sheets.spreadsheets.get", "sheets.spreadsheets.getByDataFilter"
BATCH = "sheets.spreadsheets.batchUpdate"

WHERE = pytest.mark.parametrize("place", [FOLDER, SPREADSHEET], ids=["folder", "spreadsheet"])


@pytest.fixture(autouse=True)
def _records(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("AIRFLOW__ZOOM_ATTENDANCE__RECORDS_URL", f"file://{tmp_path}/records")


@WHERE
def test_the_book_is_made_and_kept(google: GoogleState, place: dict[str, str]) -> None:
    book = KeptBook(google, meeting(publish_to=place))
    keep_session(book.choir, [ADA, BEN, DAN])
    book.run()
    print({t: len(r) for t, r in book.everything().items()})
    book.enrol()
    keep_session(book.choir, [ADA, CLEO], week=1)
    before = google.counts()
    book.run()
    after = google.counts()
    print({k: after[k] - before.get(k, 0) for k in after})
    for t, rows in book.everything().items():
        print(t)
        for r in rows: print("   ", [c for c in r if c])
    assert 0
