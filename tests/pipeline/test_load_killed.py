"""Publishing that breaks off at any call to Google: the next one leaves one current report."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from google_workspace.errors import GoogleUnavailable
from include.pipeline.drive import keyed_files
from include.pipeline.load import publish
from sandbox.google import GoogleState
from sandbox.google.seed import SHARED_SPREADSHEET
from tests.google_calls import BATCH, CELLS, CREATE, GET, LIST, TWICE
from tests.pipeline.reports import NAMES, person, report, report_files, seen
from tests.pipeline.runs import FOLDER, SPREADSHEET, meeting

KILLED_IN_FOLDER = [
    ("hang-up", LIST, 0),
    ("hang-up", LIST, 1),
    ("hang-up", CREATE, 0),
    ("lost-reply", CREATE, 0),
    ("hang-up", LIST, 2),
    ("hang-up", GET, 0),
    ("hang-up", BATCH, 0),
    ("lost-reply", BATCH, 0),
]
KILLED_IN_SPREADSHEET = [one for one in KILLED_IN_FOLDER if one[1] in (GET, BATCH)]
LATER = [*(person(name) for name in NAMES), person("Dan Example")]


@pytest.mark.parametrize(("kind", "method", "after"), KILLED_IN_FOLDER)
def test_second_try_in_a_folder(google: GoogleState, kind: str, method: str, after: int) -> None:
    choir = meeting(publish_to=FOLDER)
    google.faults.add(kind, method, times=TWICE, after=after)
    with pytest.raises(GoogleUnavailable):
        publish(choir, report(choir))
    made = report(choir, LATER)
    second = publish(choir, made)
    assert publish(choir, made) == second
    assert [file.id for file in report_files(google)] == [second.spreadsheet_id]
    assert len(google.spreadsheets[second.spreadsheet_id].sheets) == 1
    assert [row[0] for row in seen(google, second, made)[6:]] == [*NAMES, "Dan Example"]


@pytest.mark.parametrize(("kind", "method", "after"), KILLED_IN_SPREADSHEET)
def test_second_try_in_a_spreadsheet(
    google: GoogleState, kind: str, method: str, after: int
) -> None:
    google.faults.add(kind, method, times=TWICE, after=after)
    with pytest.raises(GoogleUnavailable):
        publish(meeting(publish_to=SPREADSHEET), report(meeting()))
    made = report(meeting(), LATER)
    second = publish(meeting(), made)
    titles = [sheet.title for sheet in google.spreadsheets[SHARED_SPREADSHEET].sheets]
    assert titles == ["Notes", "2026-06-14 Choir"]
    assert [row[0] for row in seen(google, second, made)[6:]] == [*NAMES, "Dan Example"]


@pytest.mark.parametrize("kind", ["hang-up", "lost-reply"])
@pytest.mark.parametrize("method", [GET, CELLS, BATCH])
def test_broken_renewal_leaves_the_former_report_or_the_later(
    google: GoogleState, kind: str, method: str
) -> None:
    """Nobody ever sees half of either."""
    first, later = report(meeting()), report(meeting(), LATER)
    published = publish(meeting(), first)
    whole = [seen(google, published, first)]
    google.faults.add(kind, method, times=TWICE)
    with pytest.raises(GoogleUnavailable):
        publish(meeting(), later)
    left = seen(google, published, first)
    assert publish(meeting(), later) == published.model_copy(
        update={"range": "A6:F10", "people": 4, "hours": 6.0}
    )
    whole.append(seen(google, published, later))
    assert whole[0] != whole[1]
    assert left == whole[kind == "lost-reply" and method == BATCH]


@pytest.mark.parametrize(
    ("kind", "method"),
    [("hang-up", one) for one in (LIST, CREATE, GET, BATCH)]
    + [("lost-reply", CREATE), ("lost-reply", BATCH)],
)
def test_single_lost_answer_is_got_over(google: GoogleState, kind: str, method: str) -> None:
    """httplib2 repeats the request: a file made twice is kept once, a tab made twice is read."""
    choir = meeting(publish_to=FOLDER)
    google.faults.add(kind, method)
    published = publish(choir, report(choir))
    assert [file.id for file in report_files(google)] == [published.spreadsheet_id]
    assert len(google.spreadsheets[published.spreadsheet_id].sheets) == 1


def test_file_made_twice_goes_to_the_bin_even_if_the_search_lags(
    google: GoogleState, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keyed_files, "time", SimpleNamespace(sleep=lambda _: None))
    choir = meeting(publish_to=FOLDER)
    google.faults.add("lost-reply", CREATE)
    google.faults.add("search-lag", CREATE)
    published = publish(choir, report(choir))
    keyed = [file for file in google.files if file.properties]
    assert [file.is_trashed for file in keyed] == [False, True]
    assert keyed[0].id == published.spreadsheet_id
    assert publish(choir, report(choir)) == published


def test_tab_that_appears_meanwhile_is_read_and_renewed(google: GoogleState) -> None:
    google.faults.add("lost-reply", BATCH)
    made = report(meeting())
    published = publish(meeting(), made)
    assert google.counts()[GET] == 2
    assert len(seen(google, published, made)) == 9


def test_answer_that_is_a_web_page_is_no_success(google: GoogleState) -> None:
    for method in (GET, BATCH):
        google.faults.add("garbage", method)
        with pytest.raises(GoogleUnavailable, match="not JSON"):
            publish(meeting(), report(meeting()))
