"""Somebody whose name or address in People is another now was not absent before."""

from __future__ import annotations

import pytest

from include.attendance.results import SessionPerson
from include.roster.book import Book
from include.roster.grid import Cell, Grid
from include.roster.published import PublishedBook
from tests.roster.made import (
    answers,
    book,
    corrections,
    day,
    letters,
    people,
    person,
    record,
    session,
    texts,
)

BOB = person("Bob Kim")
Line = dict[str, Cell]


def renewed(before: Book) -> PublishedBook:
    assert before.published
    return PublishedBook.from_bytes(before.published.to_bytes())


def changed(weeks: list[list[SessionPerson]], *lines: Line, runs: int = 1, **tabs: Line) -> str:
    """The letters of Ann after the office has typed each of these lines over the one before."""
    kept = [record(week, BOB, *here) for week, here in enumerate(weeks)]
    first, *others = lines
    of = book(kept, people({"classes": "Youth", **first}, "Bob Kim"))
    ids = of.people.ids
    tab = {name: corrections(line) for name, line in tabs.items()}
    for line in [*others, *others[-1:] * runs]:
        rows = [{"classes": "Youth", **line, "id": ids[3]}, {"name": "Bob Kim", "id": ids[4]}]
        of = book(kept, people(*rows), published=renewed(of), **tab)
    return letters(of, str(lines[-1]["name"]))


LEE, ROY = {"name": "Ann Lee"}, {"name": "Ann Roy"}
OLD = {"name": "Ann Lee", "emails": "ann.lee@x.org"}
NEW = {"name": "Ann Roy", "emails": "ann.roy@x.org"}
ADDRESS = {"name": "Ann Lee", "emails": "ann.roy@x.org"}
NANA = person("Nana", email="ann.lee@x.org")

CASES: dict[str, tuple[list[list[SessionPerson]], list[Line], str]] = {
    "a guest": ([[person("Ann Lee")]] * 3 + [[person("Ann Roy")]], [LEE, ROY], "? ? ? P"),
    "not seen since": ([[person("Ann Lee")]] * 3, [LEE, ROY], "? ? ?"),
    "never there": ([[], [person("Ann Lee")]], [LEE, ROY], "A ?"),
    "an account": ([[person("Ann Lee", account="a")]] * 3, [LEE, ROY], "? ? ?"),
    "an account of two names": (
        [[person("Ann Lee", account="a")], [person("Nana", account="a")], [person("Nana")]],
        [LEE, ROY],
        "? ? ?",
    ),
    "an account that shows a device": (
        [[person("Ann Lee", account="a")], [person("iPad", account="a")], [person("iPad")]],
        [LEE, ROY],
        "? ? ?",
    ),
    "the address too": ([[NANA], [person("Nana", email="ann.roy@x.org")]], [OLD, NEW], "? P"),
    "the address alone": ([[NANA], [person("Ann Lee")]], [OLD, ADDRESS], "? P"),
    "twice": (
        [[person("Ann Lee")], [person("Ann Fox")]],
        [LEE, {"name": "Ann Fox"}, ROY],
        "? ?",
    ),
    "brackets taken out": (
        [[person("Grace Lee")]],
        [{"name": "Ann (Grace) Lee"}, LEE],
        "?",
    ),
    "a short form": ([[person("Annie L")], [person("Lee")]], [LEE, ROY], "? ?"),
    "on one screen with Bob": ([[person("Bob & Ann Lee")]], [LEE, ROY], "?"),
}


@pytest.mark.parametrize(("weeks", "lines", "expected"), CASES.values(), ids=CASES)
def test_the_past_is_a_question_and_no_absence(
    weeks: list[list[SessionPerson]], lines: list[Line], expected: str
) -> None:
    assert changed(weeks, *lines) == expected
    assert changed(weeks, *lines, runs=3) == expected, "and in the runs after"


def test_an_excuse_under_the_name_of_before() -> None:
    excuse: Line = {"who": "Ann Lee", "from": day(0), "letter": "X"}
    assert changed([[], []], LEE, ROY, corrections=excuse) == "? A"


def test_an_older_copy_knows_the_last_name() -> None:
    kept = [record(0, BOB, person("Ann Lee"))]
    before = book(kept, people("Ann Lee", "Bob Kim"))
    assert before.published
    assert before.people
    ids = before.people.ids
    old = PublishedBook(before.published, row_texts=before.published.row_texts)
    rows = people({"name": "Ann Roy", "id": ids[3]}, {"name": "Bob Kim", "id": ids[4]})
    assert letters(book(kept, rows, published=old), "Ann Roy") == "?"


def test_who_has_gone_from_people_is_not_kept() -> None:
    kept = [record(0, BOB)]
    before = book(kept, people("Ann Lee", "Bob Kim"))
    ids = before.people.ids
    rest = people({"name": "Bob Kim", "id": ids[4]})
    after = book(kept, rest, published=renewed(before))
    assert "Ann Lee" not in renewed(after).to_bytes().decode()
    nobody = book(kept, people(), published=renewed(before))
    assert "Ann Lee" in renewed(nobody).to_bytes().decode(), "it may come back"


SHORT = {"name": "Ann"}


@pytest.mark.parametrize(
    ("weeks", "expected"),
    [
        ([[person("Ann Fox")]] * 2, "A A"),
        ([[person("Ann")], [person("Annie L")]], "? ?"),
        ([[person("Ann", account="a")], [person("Nana", account="a")]], "? ?"),
    ],
    ids=["somebody else", "a part of the name", "an account"],
)
def test_a_short_entry_that_was_completed(weeks: list[list[SessionPerson]], expected: str) -> None:
    assert changed(weeks, SHORT, LEE) == expected


ERRORS = ["#N/A", "#REF!", ""]


@pytest.mark.parametrize("error", ERRORS)
def test_an_error_in_the_name_for_one_run_loses_no_former_name(error: str) -> None:
    weeks = [[person("Ann Lee")]] * 2
    assert changed(weeks, LEE, ROY, {"name": error}, ROY) == "? ?"


@pytest.mark.parametrize("error", ERRORS)
def test_an_error_in_the_name_for_one_run_loses_no_session_that_is_gone(error: str) -> None:
    kept = [
        record(0, BOB, person("Ann Lee", account="a")),
        record(1, BOB, person("Nana", account="a")),
    ]
    of = book(kept, people("Ann Lee", "Bob Kim"))
    ids = of.people.ids
    for name in ("Ann Lee", error, "Ann Lee"):
        rows = people({"name": name, "id": ids[3]}, {"name": "Bob Kim", "id": ids[4]})
        of = book(kept[1:], rows, published=renewed(of))
    assert letters(of, "Ann Lee") == "?"


def of_the_rest(roster: list[str], gone: str = "Ann Lee", **tabs: Grid) -> Book:
    """The book after a few runs without somebody whose line has been deleted."""
    kept = [record(week, person("Cy Dee"), person("Annie L")) for week in range(3)]
    before = book(kept, people(gone, *roster), **tabs)
    for _ in range(3):
        before = book(kept, people(*roster), published=renewed(before), **tabs)
    return before


R_OF_ANN: Line = {"who": "Ann Lee", "from": day(1), "letter": "R"}
LINES: dict[str, Line] = {
    "of the pipeline": R_OF_ANN | {"member": "20261130.0123456789", "session": session(1)},
    "typed": R_OF_ANN,
}


@pytest.mark.parametrize("line", LINES.values(), ids=LINES)
def test_the_line_of_somebody_who_has_gone_is_nobody_elses(line: Line) -> None:
    of = of_the_rest(["Tim Lee", "Cy Dee", "Zed Fox"], corrections=corrections(line))
    assert [letters(of, name) for name in ("Tim Lee", "Zed Fox")] == ["A A A"] * 2
    assert "is not in People" not in texts(of)


@pytest.mark.parametrize("name", ["Lee, Ann", "Ann (Youth) Lee", "Ann Lee (they/them)"])
def test_however_they_were_written(name: str) -> None:
    excuse = corrections({"who": name, "from": day(1), "letter": "X"})
    of = of_the_rest(["Tim Lee", "Cy Dee", "Zed Fox"], name, corrections=excuse)
    assert [letters(of, name) for name in ("Tim Lee", "Zed Fox")] == ["A A A"] * 2


@pytest.mark.parametrize(("word", "gone"), [("a visitor", "Vi"), ("Vivian Ito", "Vi")])
def test_a_name_inside_another_word_speaks_of_nobody(word: str, gone: str) -> None:
    roster = ["Vivian Ito", "Cy Dee"]
    kept = [record(week, person("Cy Dee"), person("Annie L")) for week in range(3)]
    names = answers(book(kept, people(gone, *roster)), {"Annie L": {"who": word}})
    of = of_the_rest(roster, gone, names=names)
    assert of.published
    assert gone not in {text for texts in of.published.in_people.values() for text in texts}


@pytest.mark.parametrize("line", LINES.values(), ids=LINES)
def test_the_line_of_somebody_typed_anew_is_asked_about(line: Line) -> None:
    of = of_the_rest(["Anne Lee", "Cy Dee", "Zed Fox"], corrections=corrections(line))
    assert letters(of, "Anne Lee").split()[1] == "?"
    assert letters(of, "Zed Fox") == "A A A"


def test_an_answer_with_somebody_who_has_gone_means_nobody_else() -> None:
    roster = ["Tim Lee", "Cy Dee"]
    kept = [record(week, person("Cy Dee"), person("Annie L")) for week in range(3)]
    names = answers(book(kept, people("Ann Lee", *roster)), {"Annie L": {"who": "Ann Lee"}})
    of = of_the_rest(roster, names=names)
    assert letters(of, "Tim Lee") == "A A A"
    assert "Names, row 3: “Ann Lee” is not in People" in texts(of)


def test_nobody_with_another_name_now_is_there_for_the_first_time() -> None:
    kept = [record(0, BOB), record(1, BOB, person("Ann Lee"))]
    before = book(kept, people({**LEE, "from": None}, "Bob Kim"))
    ids = before.people.ids
    line: Line = {**ROY, "from": None, "id": ids[3]}
    roster = people(line, {"name": "Bob Kim", "id": ids[4]})
    week = record(2, BOB, person("Ann Roy"))
    of = book([*kept, week], roster, published=renewed(before))
    assert letters(of, "Ann Roy") == "– – P"
    assert "First time" not in texts(of)
    of = book([kept[0], week], roster, published=renewed(before))
    assert "First time\nAnn Roy" in texts(of)
