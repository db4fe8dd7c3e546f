"""This week: each member once in a list, with what is true of each class."""

from __future__ import annotations

from include.roster.book import make_book
from include.roster.grid import Cell
from include.roster.published import PublishedBook
from include.roster.roster import Tabs
from tests.roster.made import TODAY, book, classes, corrections, day, people, person, record, texts

Row = dict[str, Cell]
BOB = person("Bob Kim")
BOTH: Row = {"name": "Ann Lee", "classes": "Youth, Choir"}
BOB_TOO: Row = {"name": "Bob Kim", "classes": "Youth, Choir"}


def after(heading: str, said: str) -> list[str]:
    """The lines below a heading, up to the next."""
    lines = said.split("\n")
    found = lines[lines.index(heading) + 1 :]
    end = next((at for at, line in enumerate(found) if " · " not in line), len(found))
    return found[:end]


def test_who_is_missing_from_two_classes_has_the_dates_of_each() -> None:
    no_choir = corrections({"who": "Choir", "from": day(2), "letter": "–"})
    of = book([record(week, BOB) for week in range(4)], people(BOTH, BOB_TOO), corrections=no_choir)
    assert after("Missing three in a row", texts(of)) == [
        "Ann Lee (Youth) · 4, 11, 18 and 25 Oct",
        "Ann Lee (Choir) · 4, 11 and 25 Oct",
    ]


def test_who_is_missing_from_two_classes_alike_has_one_line() -> None:
    of = book([record(week, BOB) for week in range(3)], people(BOTH, BOB_TOO))
    lines = after("Missing three in a row", texts(of))
    assert lines == ["Ann Lee (Youth, Choir) · 4, 11 and 18 Oct"]


ANN = person("Ann Lee")


def test_nobody_is_back_who_was_never_there() -> None:
    sessions = [*(record(week, BOB) for week in range(4)), record(4, BOB, ANN)]
    new: Row = {"name": "Ann Lee", "from": day(1)}
    said = texts(book(sessions, people(new, "Bob Kim")))
    assert "First time\nAnn Lee" in said
    assert "Back again" not in said


def test_who_is_back_for_the_second_time_is_back() -> None:
    sessions = [record(0, BOB), record(1, BOB, ANN), *(record(week, BOB) for week in range(2, 5))]
    said = texts(book([*sessions, record(5, BOB, ANN)], people("Ann Lee", "Bob Kim")))
    assert after("Back again", said) == ["Ann Lee · after 3 missed"]
    assert "Second visit" not in said


def test_filling_people_adds_nobody_of_a_members_name() -> None:
    """Two guests of a member's name: Names asks who they are."""
    here = [record(0, ANN, person("Ann Lee", number=2), person("Ann Lee (iPad)", account="a"))]
    tabs = Tabs(people=people("Ann Lee"), classes=classes("Youth"))
    of = make_book([*here, record(1, BOB)], tabs, published=PublishedBook(), today=TODAY, fill=True)
    assert of.people.lines.column("name") == ["Bob Kim"]


def ann_typed(letters: str, *there: int, start: str = day(1)) -> str:
    """This week with these letters typed for Ann week by week, who was in Zoom in some."""
    sessions = [record(week, BOB, *[ANN][: week in there]) for week in range(len(letters))]
    typed: list[Row] = [
        {"who": "Ann Lee", "from": day(week), "letter": letter}
        for week, letter in enumerate(letters)
        if letter != "."
    ]
    roster = people({"name": "Ann Lee", "from": start}, "Bob Kim")
    return texts(book(sessions, roster, corrections=corrections(*typed)))


def test_letters_tell_how_often_a_member_came() -> None:
    assert "First time\nAnn Lee" in ann_typed("....R")
    assert "Second visit\nAnn Lee" in ann_typed("..R..", 4)
    wrong = ann_typed("....A", 4)
    assert "Missing three in a row\nAnn Lee" in wrong
    for said in (wrong, ann_typed(".RRRR.", 5), ann_typed(".RRAAA.", 6)):
        assert "First time" not in said
    assert after("Back again", ann_typed(".RRAAA.", 6)) == ["Ann Lee · after 3 missed"]


def test_who_was_there_before_they_were_a_member_has_been_there() -> None:
    assert "Second visit\nAnn Lee" in ann_typed(".....", 2, 4, start=day(4))


def test_a_member_since_before_the_oldest_session_may_have_come_before_it() -> None:
    said = ann_typed("....", 3, start="2020-01-01")
    assert "First time" not in said
    assert "Back again" not in said


def test_a_visitor_with_an_account_is_the_same_under_another_name() -> None:
    sessions = [record(0, BOB), record(1, BOB, person("Zoe Park", account="z"))]
    said = texts(book([*sessions, record(2, BOB, person("Zoë", account="z"))], people("Bob Kim")))
    assert "Second visit\nZoë (visitor)" in said


def youth(*lines: Row, start: str = "2020-01-01") -> str:
    """The line of Youth, whose two members are not in Zoom."""
    some = people({"name": "Ann Lee", "from": start}, {"name": "Cy Dee", "from": start})
    of = book([record(0, BOB)], some, corrections=corrections(*lines))
    said = next(line.text for line in of.this_week if line.kind == "class")
    return said.removesuffix(", 1 visitor")


def test_a_class_did_not_meet_only_if_somebody_said_so() -> None:
    excused: Row = {"who": "Youth", "from": day(0), "letter": "X"}
    off: Row = {"who": "Youth", "from": day(0), "letter": "–"}
    ann: Row = {"who": "Ann Lee", "from": day(0), "letter": "X"}
    cy_off: Row = {"who": "Cy Dee", "from": day(0), "letter": "–"}
    assert youth(excused) == "Youth: 2 excused"
    assert youth(off) == "Youth: did not meet"
    assert youth(ann, cy_off) == "Youth: did not meet, 1 excused"
    assert youth(start=day(1)) == "Youth: no members then"


def test_a_typed_question_mark_is_to_be_checked_by_name() -> None:
    typed: Row = {"who": "Ann Lee", "from": day(0), "letter": "?"}
    of = book([record(0, BOB)], people("Ann Lee", "Bob Kim"), corrections=corrections(typed))
    assert "Youth: 1 of 2 came, 1 to check" in texts(of)
    assert after("To check", texts(of)) == ["Ann Lee · somebody typed ?"]
