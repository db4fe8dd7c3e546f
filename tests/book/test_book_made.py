"""The first run makes the book, the next writes nothing, the next week's writes little."""

from __future__ import annotations

import json
from typing import Any

from sandbox.google.spreadsheet import Sheet
from tests.book.desk import Desk
from tests.book.invented import LINK, record
from tests.google_calls import BATCH, CELLS, GET

NAMES = ["Ann Lee", "Ben Okoro", "Cleo Marsh"]
WEEKS = [record(0, NAMES), record(1, NAMES[:2]), record(2, {"Ann Lee": 1, "Ben Okoro": 0.2})]


def sheet(desk: Desk, title: str) -> Sheet:
    found = desk.google.state.spreadsheets[desk.id].titled(title)
    assert found is not None
    return found


def with_people(desk: Desk) -> Desk:
    """A book of two weeks with a roster in two classes."""
    desk.run(WEEKS[:2], 1, fill=True)
    desk.person.pastes("Classes", "A3", [["Youth"], ["Adults"]])
    desk.person.pastes("People", "B3", [["Youth"], ["Adults"], ["Adults"]])
    desk.run(WEEKS[:2], 1)
    return desk


def test_the_first_run_makes_seven_tabs_and_the_second_writes_nothing(desk: Desk) -> None:
    calls = desk.google.state
    assert desk.run(WEEKS, 2)
    assert calls.counts() == {
        GET: 1,
        BATCH: 1,
    }
    assert desk.run(WEEKS, 2) == []
    assert calls.counts()[CELLS] == 1
    tabs = [one for one in calls.spreadsheets[desk.id].sheets if not one.hidden]
    assert [one.title for one in tabs] == [
        *("This week", "Register", "Names", "People", "Classes", "Corrections", "Totals"),
        "Sheet1",  # a person's: the spreadsheet is theirs
    ]


def test_an_empty_book_is_made_before_the_first_session(desk: Desk) -> None:
    assert desk.run([], 0)
    assert desk.run([], 0) == []
    assert desk.seen("'This week'!A1:A1") == [["No session has been read yet"]]
    desk.run(WEEKS[:1], 0)
    assert desk.run(WEEKS[:1], 0) == []
    assert [row[1:4] for row in desk.seen("'Register'!A3:D5")] == [
        [name, "P", "1 ×"] for name in NAMES
    ]


def test_the_newest_session_stands_beside_the_name_and_leads_to_its_report(desk: Desk) -> None:
    with_people(desk).run(WEEKS, 2)
    assert desk.seen("'Register'!B1:F1") == [["Name", "15 Mar", "8 Mar", "1 Mar", "Came"]]
    assert desk.seen("'Register'!B4:E4") == [["Ann Lee", "P", "P", "P"]]
    head = sheet(desk, "Register").cell(0, 2)
    assert head["userEnteredFormat"]["textFormat"]["link"] == {"uri": f"{LINK}3"}
    grid = sheet(desk, "Register").grid
    assert (grid["frozenRowCount"], grid["frozenColumnCount"]) == (2, 2)
    assert sheet(desk, "Register").columns[0]["hiddenByUser"]


def test_a_week_inserts_its_column_and_rewrites_no_letter(desk: Desk) -> None:
    requests = with_people(desk).run(WEEKS, 2)
    inserted = [one["insertDimension"]["range"] for one in requests if "insertDimension" in one]
    columns = [one for one in inserted if one["dimension"] == "COLUMNS"]
    assert [(one["startIndex"], one["endIndex"]) for one in columns] == [(2, 3)]
    assert not [one for one in requests if "findReplace" in one]
    assert len(json.dumps(requests)) < 20_000


def test_letters_are_coloured_and_what_is_new_is_coloured_too(desk: Desk) -> None:
    with_people(desk).run(WEEKS, 2)
    rules = sheet(desk, "Register").conditional_formats
    values = [one["booleanRule"]["condition"]["values"][0]["userEnteredValue"] for one in rules]
    assert set(values) == {"P", "L", "E", "LE", "S", "R", "X", "–", "?", "A"}
    for rule in rules:
        (area,) = rule["ranges"]
        assert area["startColumnIndex"] < 2
        assert area["endColumnIndex"] > 5


def test_drop_downs_offer_the_words_and_the_members(desk: Desk) -> None:
    with_people(desk)
    assert [row[0] for row in desk.seen("'Lists'!A2:A7")] == [
        *("a visitor", "not a person", "add to People"),
        *NAMES,
    ]
    rule = sheet(desk, "Names").validation(2, 3)
    assert rule is not None
    condition = rule["rule"]["condition"]
    assert condition["type"] == "ONE_OF_RANGE"
    assert condition["values"] == [{"userEnteredValue": "='Lists'!$A$2:$A"}]
    assert not rule["rule"]["strict"]
    assert sheet(desk, "Classes").validation(2, 2)["rule"]["condition"] == {"type": "BOOLEAN"}


def test_the_chart_is_changed_in_place(desk: Desk) -> None:
    with_people(desk)
    desk.run(WEEKS, 2)
    desk.run([*WEEKS, record(3, NAMES)], 3)
    charts = [one for tab in desk.google.state.spreadsheets[desk.id].sheets for one in tab.charts]
    assert len(charts) == 1
    chart = charts[0]["spec"]["basicChart"]
    assert len(chart["series"]) == 2
    assert chart["series"][0]["series"]["sourceRange"]["sources"][0]["endRowIndex"] == 5


def test_names_are_data(desk: Desk) -> None:
    evil = ["=IMPORTXML(1)", "\"quoted\", 'and' 👩‍🚀", "+1 555 0100", "@everybody", "x" * 60_000]
    requests = desk.run([record(0, evil)], 0)
    assert "formulaValue" not in json.dumps(requests)
    pasted = [one["pasteData"]["data"] for one in requests if "pasteData" in one]
    assert set("".join(pasted)) <= set("P\t\n")
    seen = [row[0] for row in desk.seen("'Register'!B3:B7")]
    assert set(seen) == {name[:50_000] for name in evil}
    assert desk.run([record(0, evil)], 0) == []


def test_any_order_of_runs_gives_the_book_that_one_run_makes(google: Any) -> None:
    made, written = [], []
    for order in ([0, 1, 2], [2, 0, 1]):
        desk, fresh = Desk(google), Desk(google)
        for at in range(1, 4):
            desk.run([WEEKS[one] for one in order[:at]], 2)
        written.append(json.dumps(fresh.run([WEEKS[one] for one in order], 2)))
        made += [desk.whole(), fresh.whole()]
    assert written[0] == written[1]
    for title in made[0]:
        assert [one[title] for one in made] == [made[0][title]] * 4, title
    assert [list(one) for one in made] == [list(made[0])] * 4


def test_many_sessions_at_once_stand_in_their_members_rows(google: Any) -> None:
    """Pasted, or cell by cell where a filter would make Google paste past a row."""
    weeks = [record(at, NAMES[at % 2 :]) for at in range(50)]
    crowd = [f"Member{at} Lee" for at in range(40)]
    weeks[1] = record(1, crowd)
    books = []
    for filtered in (False, True):
        desk = Desk(google)
        desk.run(weeks[:2], 50)
        desk.person.inserts_rows("Register", 6, 2)
        desk.person.types("Register", "B6", "– the tenors –")
        if filtered:
            desk.person.filters("Register", "A2:C40", "B", {"Ann Lee"})
        requests = desk.run(weeks, 50)
        assert any("pasteData" in one for one in requests) != filtered
        assert desk.run(weeks, 50) == []
        books.append(desk.whole())
    assert books[0] == books[1]
    rows = {row[1]: row[2:] for row in books[0]["Register"]}
    assert rows["Ann Lee"][:4] == ["", "P", "", "P"]
    assert rows["Member7 Lee"][48:50] == ["P", ""]
