"""The tabs of the book: This week, private classes, answers, letters typed over."""

from __future__ import annotations

from dataclasses import replace

from include.roster.additions import PeopleEdits, people_lines
from include.roster.book import Book, make_book
from include.roster.grid import Cell, Grid
from include.roster.published import PublishedBook
from include.roster.record import AttendanceRecord
from include.roster.roster import Tabs
from include.roster.table import Value
from tests.roster.made import (
    TODAY,
    answers,
    as_written,
    book,
    classes,
    day,
    letters,
    people,
    person,
    record,
    session,
    texts,
    values_of,
)

BOB = person("Bob Kim")


def _everything(of: Book) -> str:
    """All that others see: whatever is in the book but for the views of private classes."""
    return repr(replace(of, views={}))


def test_this_week() -> None:
    names = ["Ann Lee", "Bob Kim", "Cy Dee", "Di Oh", "Eve Pi"]
    came = ["ABCDE", "BCE", "BE", "BCE", "BDEZ", "BEDZ"]
    by_letter = {name[0]: person(name) for name in [*names, "Zoe Park"]}
    sessions = [record(week, *(by_letter[one] for one in here)) for week, here in enumerate(came)]
    sessions[5] = replace(sessions[5], people=(*sessions[5].people, person("iPhone", week=5)))
    of = book(sessions, people(*names))
    assert [(line.kind, line.text) for line in of.this_week] == [
        ("title", "Bible study · Sunday 8 Nov 2026"),
        ("headcount", "5 screens · 5 people · 5 at the peak (19:30) · 5 at the middle · 1 visitor"),
        ("class", "Youth: 3 of 5 came, 1 visitor"),
        ("heading", "Missing three in a row"),
        ("person", "Ann Lee · 11, 18, 25 Oct, 1 and 8 Nov"),
        ("heading", "Missing this time"),
        ("person", "Cy Dee"),
        ("heading", "Second visit"),
        ("person", "Zoe Park (visitor)"),
        ("notice", "1 name waits for an answer in Names."),
    ]
    earlier = book(sessions[:5], people(*names))
    assert "Back again\nDi Oh · after 3 missed" in texts(earlier)
    assert "First time\nZoe Park (visitor)" in texts(earlier)


def test_missing_three_in_a_row_never_rests_on_a_question() -> None:
    sessions = [record(week, BOB) for week in range(4)]
    sessions[2] = record(2, BOB, person("Annie L"))
    of = book(sessions, people("Ann Lee", "Bob Kim"))
    assert letters(of, "Ann Lee") == "A A ? A"
    assert "Missing three" not in texts(of)


def test_headcount() -> None:
    couple = {"The Lees": {"who": "Ann Lee", "and": "Bob Lee"}, "Notes": {"who": "not a person"}}
    here = [
        person("The Lees", at=[(0, 3000)]),
        person("Ann Lee", at=[(2000, 4000)]),
        person("Zoe Park", at=[(2500, 5400)]),
        person("Notes"),
    ]
    sessions, roster = [record(0, *here)], people("Ann Lee", "Bob Lee")
    of = book(sessions, roster, names=answers(book(sessions, roster), couple))
    said = "3 screens · 3 people · 3 at the peak (20:11) · 3 at the middle · 1 visitor"
    assert of.this_week[1].text == said


PRIVATE = [
    {"name": "Pat Quiet", "classes": "Recovery"},
    {"name": "Ann Lee", "classes": "Youth, Recovery"},
    {"name": "Typo Person", "classes": "Recovry"},
    "Bob Kim",
]
WITH_PRIVATE = classes(
    {"class": "Youth", "leaders": "lea@x.org"},
    {"class": "Recovery", "private": True, "leaders": "rob@x.org"},
)


def test_a_private_class_stands_nowhere_that_others_see() -> None:
    sessions = [record(0, BOB, person("Pat Quiet"), person("Typo P"))]
    sessions += [record(week, BOB, person("Pat Q"), person("Ann Lee")) for week in range(1, 5)]
    of = book(sessions, people(*PRIVATE), classes=WITH_PRIVATE)
    others = _everything(of).replace("class='recovery'", "")
    for word in ("Pat Quiet", "Recovery", "recovery", "Typo Person"):
        assert word not in others
    mine = of.views["Recovery"]
    assert mine.leaders == ("rob@x.org",)
    assert [row.values[1] for row in mine.register.rows if row.kind == "member"] == [
        "Ann Lee",
        "Pat Quiet",
    ]
    assert letters(replace(of, register=mine.register), "Pat Quiet") == "P ? ? ? ?"


def test_the_leaders_of_a_class_see_no_name_of_another() -> None:
    sessions = [record(0, BOB), record(1, BOB, person("Annie L"), person("Zoe Park"))]
    roster = people("Ann Lee", "Bob Kim", {"name": "Cho Ir", "classes": "Choir"})
    leaders = classes({"class": "Youth", "leaders": "lea@x.org"}, "Choir")
    of = book(sessions, roster, classes=leaders)
    assert list(of.views) == ["Youth"]
    seen = repr(of.views["Youth"])
    assert all(name not in seen for name in ("Cho Ir", "Choir", "Annie L", "Zoe Park"))
    assert [line.text for line in of.views["Youth"].this_week] == [
        "Bible study · Sunday 11 Oct 2026",
        "Youth: 1 of 2 came, 1 to check",
        "To check",
        "Ann Lee · a name in Zoom looks like theirs",
    ]


def test_totals_hold_numbers_only() -> None:
    of = book([record(0, BOB, person("Annie L"))], people("Ann Lee", "Bob Kim"))
    assert of.totals
    assert values_of(of.totals, f"{session(0)}|class|youth") == {
        "session": session(0),
        "date": values_of(of.totals, f"{session(0)}|")["date"],
        "class": "Youth",
        "members": 2,
        "came": 1,
        "late": 0,
        "early": 0,
        "short": 0,
        "missing": 0,
        "excused": 0,
        "to_check": 1,
        "visitors": 0,
        "screens": None,
        "people": None,
        "peak": None,
        "middle": None,
    }
    assert "Bob" not in repr(of.totals)


def test_an_answer_says_what_it_changed_and_is_undone_by_clearing_it() -> None:
    sessions = [record(week, BOB, person("Annie L")) for week in range(3)]
    roster = people("Ann Lee", "Bob Kim")
    before = book(sessions, roster)
    answered = book(sessions, roster, names=answers(before, {"Annie L": {"who": "Ann Lee"}}))
    assert letters(answered, "Ann Lee") == "P P P"
    assert answered.names
    assert answered.names.column("state") == ["changed 4 Oct ? → P, 11 Oct ? → P, 18 Oct ? → P"]
    assert before.names
    assert before.names.column("key") == answered.names.column("key")
    assert book(sessions, roster, names=answers(answered, {})) == before


def test_names_says_why_it_looks_like_somebody() -> None:
    here = [record(0, BOB, person("Annie L", email="a@x.org")), record(1, BOB, person("iPhone"))]
    of = book(here, people("Ann Lee", "Bob Kim"))
    assert of.names
    assert of.names.column("name") == ["iPhone", "Annie L"]
    assert of.names.column("looks_like") == [
        None,
        "Ann Lee: a short form of the first name and the initial",
    ]
    assert of.names.column("address") == [None, "a@x.org"]


def test_seen_elsewhere_at_that_time_is_no_suggestion() -> None:
    of = book([record(0, person("Ann Lee"), person("Annie L"))], people("Ann Lee"))
    assert of.names
    assert of.names.column("looks_like") == [None]


def _typed(of: Book, cells: dict[tuple[str, int], Cell]) -> Grid:
    """The Register as it was written, some cells typed over by name and week."""
    assert of.register
    columns = {column.key: place for place, column in enumerate(of.register.columns)}
    rows: list[list[Cell]] = []
    for row in of.register.rows:
        values: list[Cell] = [None if one is None else str(one) for one in row.values]
        for (name, week), typed in cells.items():
            if row.values[1] == name:
                values[columns[session(week)]] = typed
        rows.append(values)
    return Grid(columns, rows)


SESSIONS = [record(week, BOB) for week in range(3)]
ROSTER = people("Ann Lee", "Bob Kim")


def _again(cells: dict[tuple[str, int], Cell], *, lost: bool = False) -> Book:
    before = book(SESSIONS, ROSTER)
    assert before.published
    copy = None if lost else PublishedBook.from_bytes(before.published.to_bytes())
    tabs = Tabs(people=ROSTER, register=_typed(before, cells))
    return make_book(SESSIONS, tabs, published=copy, today=TODAY)


def test_a_letter_typed_over_is_a_correction() -> None:
    of = _again({("Ann Lee", 1): "r"})
    assert letters(of, "Ann Lee") == "A R A"
    (line,) = of.corrections.rows
    names = [column.key for column in of.corrections.columns]
    values = dict(zip(names, map(str, line.values), strict=True))
    assert (values["who"], values["from"], values["until"]) == ("Ann Lee", day(1), day(1))
    assert (values["letter"], values["was"], values["found"]) == ("R", "A", "2026-11-30")
    assert values["session"] == session(1)
    assert _again({}).corrections.rows == ()


def test_the_line_of_a_typed_letter_acts_on_its_session_alone() -> None:
    of = _again({("Ann Lee", 1): "R"})
    tab = as_written(of.corrections)
    assert letters(book(SESSIONS, ROSTER, corrections=tab), "Ann Lee") == "A R A"


def test_what_is_no_letter_is_left_alone_and_named() -> None:
    of = _again({("Ann Lee", 1): "sick", ("Ann Lee", 2): None})
    assert letters(of, "Ann Lee") == "A A A"
    assert of.register
    assert {column for _, column in of.register.keep} == {session(1), session(2)}
    assert "Register, row 4: “sick” is none of the letters (11 Oct). It is left alone" in texts(of)
    assert "Register, row 4: the cell is empty (18 Oct)" in texts(of)
    assert of.corrections.rows == ()


def test_without_the_copy_letters_are_asked_about_and_never_taken_over() -> None:
    of = _again({("Ann Lee", 1): "R"}, lost=True)
    assert letters(of, "Ann Lee") == "A A A"
    assert of.register
    assert {column for _, column in of.register.keep} == {session(1)}
    assert of.corrections.rows == ()
    assert "Register, row 4: “R” stands there for 11 Oct" in texts(of)
    assert of.published
    (key,) = {row.key for row in of.register.rows if row.values[1] == "Ann Lee"}
    assert session(1) not in of.published[key]


def test_without_people_everybody_seen_is_listed_and_nobody_absent() -> None:
    of = book([record(0, BOB, person("iPhone")), record(1, BOB, person("Zoe Park"))])
    assert of.register
    assert [(row.kind, row.values[1:4]) for row in of.register.rows] == [
        ("person", ("Bob Kim", "P", "P")),
        ("person", ("iPhone", None, "P")),
        ("person", ("Zoe Park", "P", None)),
    ]


def _filled(sessions: list[AttendanceRecord], **tabs: Grid) -> Book:
    return make_book(sessions, Tabs(**tabs), published=PublishedBook(), today=TODAY, fill=True)


def _lines(of: Book) -> list[tuple[Value, ...]]:
    return [row.values[:3] for row in of.people.lines.rows]


def test_people_filled_with_everybody_seen() -> None:
    here = [
        person("Ann Lee (she/her)", email="ann@x.org"),
        person("Ann Lee", number=2),
        person("iPhone"),
        person("Bob Kim"),
        person("Zoe Park - iPad"),
    ]
    of = _filled([record(0, *here)], people=people("Bob Kim"))
    assert _lines(of) == [("Ann Lee", None, "ann@x.org"), ("Zoe Park", None, None)]


def test_whom_an_answer_explains_is_not_filled_in_again() -> None:
    sessions = [record(0, BOB, person("Notes"), person("Zoe Park"), person("Annie L"))]
    said = {"Notes": {"who": "not a person"}, "Zoe Park": {"who": "add to People"}}
    roster = people("Bob Kim")
    names = answers(book(sessions, roster), {**said, "Annie L": {"who": "a visitor"}})
    assert _lines(_filled(sessions, people=roster, names=names)) == [("Zoe Park", None, None)]


def test_who_is_filled_in_stands_in_the_register_of_the_same_run() -> None:
    sessions = [record(0, BOB), record(1, BOB, person("Ann Lee", email="ann@x.org"))]
    first = _filled(sessions)
    written = as_written(first.people.lines)
    assert letters(first, "Ann Lee") == "– P"
    assert replace(first, people=PeopleEdits({}, people_lines())) == book(sessions, written)


def test_no_session_yet() -> None:
    assert book([], people("Ann Lee")).register is None
    assert book([record(0)], people("Ann Lee")).register is not None
