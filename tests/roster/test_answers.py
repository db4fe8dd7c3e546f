"""The tab Names: what an answer acts on, for how long, and what becomes of it later."""

from __future__ import annotations

from dataclasses import replace

import pytest

from include.attendance.results import SessionPerson
from include.roster.book import Book
from include.roster.grid import Cell, ErrorCell, Grid
from include.roster.identity.matching import Matching
from include.roster.identity.persons import sightings
from include.roster.published import PublishedBook
from include.roster.roster import Tabs, read_roster
from tests.roster.made import (
    NAMES,
    TODAY,
    answers,
    as_written,
    book,
    grid,
    letters,
    people,
    person,
    record,
    session,
    texts,
    values_of,
)

Row = dict[str, Cell]
Who = str | None

BOB = person("Bob Lee")


def _answered(
    rows: list[Row | str],
    weeks: list[list[SessionPerson]],
    said: dict[str, Row],
    more: list[SessionPerson],
) -> list[dict[str, Who]]:
    """The matches after answers on what Names showed, and with one more session since."""
    records = [record(week, *persons) for week, persons in enumerate(weeks)]
    names = answers(book(records, people(*rows)), said)
    roster = read_roster(Tabs(people=people(*rows), names=names), TODAY, PublishedBook())
    known = {member.id: member.name for member in roster.members}
    seen = sightings([*records, record(len(weeks), *more)])
    found: list[dict[str, Who]] = [{} for _ in range(len(weeks) + 1)]
    matches = Matching(seen, roster.members, roster.answers).matches
    for one, match in zip(seen, matches, strict=True):
        shown = "+".join(known[id_] for id_ in match.members) or "nobody" if match else None
        found[int(one.session[5:8])][one.person.shown] = shown
    return found


ANSWERS: dict[
    str, tuple[list[list[SessionPerson]], dict[str, Row], list[SessionPerson], list[dict[str, Who]]]
] = {
    "always": (
        [[person("Annie L")]],
        {"Annie L": {"who": "Ann Lee", "for": "always"}},
        [person("Annie L")],
        [{"Annie L": "Ann Lee"}, {"Annie L": "Ann Lee"}],
    ),
    "nothing said is always": (
        [[person("Annie L")]],
        {"Annie L": {"who": "ann lee"}},
        [person("Annie L", account="a")],
        [{"Annie L": "Ann Lee"}, {"Annie L": "Ann Lee"}],
    ),
    "this session": (
        [[person("Annie L")]],
        {"Annie L": {"who": "Ann Lee", "for": "this session"}},
        [person("Annie L")],
        [{"Annie L": "Ann Lee"}, {"Annie L": None}],
    ),
    "binds the account": (
        [[person("Annie L", account="a")]],
        {"Annie L": {"who": "Ann Lee"}},
        [person("Nana", account="a")],
        [{"Annie L": "Ann Lee"}, {"Nana": "Ann Lee"}],
    ),
    "this session binds no account": (
        [[person("Annie L", account="a")]],
        {"Annie L": {"who": "Ann Lee", "for": "this session"}},
        [person("Nana", account="a")],
        [{"Annie L": "Ann Lee"}, {"Nana": None}],
    ),
    "a device, for always": (
        [[person("iPhone")]],
        {"iPhone": {"who": "Ann Lee", "for": "always"}},
        [person("iPhone")],
        [{"iPhone": "Ann Lee"}, {"iPhone": None}],
    ),
    "one of two devices": (
        [[person("iPhone"), person("iPhone", number=2)]],
        {"iPhone (2)": {"who": "Ann Lee"}},
        [person("iPhone", number=2)],
        [{"iPhone": None, "iPhone (2)": "Ann Lee"}, {"iPhone (2)": None}],
    ),
    "a couple": (
        [[person("The Lees", account="a")]],
        {"The Lees": {"who": "Ann Lee", "and": "Bob Lee"}},
        [person("iPad", account="a")],
        [{"The Lees": "Ann Lee+Bob Lee"}, {"iPad": "Ann Lee+Bob Lee"}],
    ),
    "a couple, one of them alone": (
        [[person("The Lees", account="a")]],
        {"The Lees": {"who": "Ann Lee", "and": "Bob Lee"}},
        [person("Ann Lee", account="a")],
        [{"The Lees": "Ann Lee+Bob Lee"}, {"Ann Lee": "Ann Lee"}],
    ),
    "a visitor": (
        [[person("Annie L")]],
        {"Annie L": {"who": "a visitor"}},
        [person("Annie L")],
        [{"Annie L": "nobody"}, {"Annie L": "nobody"}],
    ),
    "a bot": (
        [[person("Otter.ai", account="o")]],
        {"Otter.ai": {"who": "not a person"}},
        [person("Notes", account="o")],
        [{"Otter.ai": "nobody"}, {"Notes": "nobody"}],
    ),
    "add to People": (
        [[person("Zoe Park (she/her)")]],
        {"Zoe Park (she/her)": {"who": "add to People"}},
        [person("Zoe Park")],
        [{"Zoe Park (she/her)": "Zoe Park"}, {"Zoe Park": "Zoe Park"}],
    ),
    "a name that nobody has": (
        [[person("Annie L")]],
        {"Annie L": {"who": "Ann Leee"}},
        [],
        [{"Annie L": None}, {}],
    ),
    "a guest of the name beside the account": (
        [[person("Annie L", account="a")]],
        {"Annie L": {"who": "Ann Lee"}},
        [person("Annie L", account="a"), person("Annie L", number=2)],
        [{"Annie L": "Ann Lee"}, {"Annie L": "Ann Lee", "Annie L (2)": None}],
    ),
    "two accounts of one name": (
        [[person("Annie L", account="a"), person("Annie", account="b")]],
        {"Annie L": {"who": "Ann Lee"}},
        [person("Annie L", account="b")],
        [{"Annie L": "Ann Lee", "Annie": None}, {"Annie L": None}],
    ),
}


@pytest.mark.parametrize(("weeks", "said", "more", "truth"), ANSWERS.values(), ids=ANSWERS)
def test_answers(
    weeks: list[list[SessionPerson]],
    said: dict[str, Row],
    more: list[SessionPerson],
    truth: list[dict[str, Who]],
) -> None:
    assert _answered(["Ann Lee", "Bob Lee"], weeks, said, more) == truth


# answers in two lines of one name, in both orders: who is who in two sessions
TWO_LINES: list[Row] = [
    {"who": "Ann Lee", "for": "always"},
    {"who": "Bob Lee", "for": "this session"},
]


@pytest.mark.parametrize("account", ["", "a"], ids=["guest", "account"])
@pytest.mark.parametrize("backwards", [False, True])
def test_an_answer_for_one_session_goes_before_one_for_always(
    account: str, backwards: bool
) -> None:
    annie = person("Annie L", account=account or ())
    sessions = [record(week, annie) for week in range(2)]
    of = book(sessions, people("Ann Lee", "Bob Lee"))
    assert of.names
    (row,) = of.names.rows
    lines = [
        {"key": f"{row.key}{'.1' * at}", "session": session(1), "name": "Annie L", **said}
        for at, said in enumerate(TWO_LINES[::-1] if backwards else TWO_LINES)
    ]
    again = book(sessions, people("Ann Lee", "Bob Lee"), names=grid(NAMES, *lines))
    assert letters(again, "Ann Lee") == "P A"
    assert letters(again, "Bob Lee") == "A P"


RENAMED: dict[str, tuple[str, str]] = {
    "a new family name": ("Ann Kim", "? ?"),
    "a new name": ("Zoe Park", "? ?"),
    "only written otherwise": ("LEE, Ann", "P P"),
}


@pytest.mark.parametrize(("name", "expected"), RENAMED.values(), ids=RENAMED)
def test_a_member_renamed_in_people_is_not_missing_for_it(name: str, expected: str) -> None:
    sessions = [record(week, BOB, person("Grandma")) for week in range(2)]
    before = book(sessions, people("Ann Lee", "Bob Lee"))
    said = answers(before, {"Grandma": {"who": "Ann Lee"}})
    written = book(sessions, people("Ann Lee", "Bob Lee"), names=said)
    assert letters(written, "Ann Lee") == "P P"
    roster = people({"name": name, "id": before.people.ids[3]}, "Bob Lee")
    again = book(sessions, roster, published=kept(written), names=_typed(written, "Ann Lee"))
    assert letters(again, name) == expected
    assert ("“Ann Lee” is not in People" in texts(again)) == (expected == "? ?")
    once_more = book(sessions, roster, published=kept(again), names=_typed(again, "Ann Lee"))
    assert letters(once_more, name) == expected


def kept(of: Book) -> PublishedBook:
    """What the next run reads of it."""
    assert of.published is not None
    return PublishedBook.from_bytes(of.published.to_bytes())


def _typed(of: Book, who: Cell) -> Grid:
    """The tab Names as it was written, with an answer in its one line."""
    assert of.names
    tab = as_written(of.names)
    (line,) = tab.rows
    typed = {tab.columns["who"]: who}
    return Grid(tab.columns, [[typed.get(at, cell) for at, cell in enumerate(line)]])


@pytest.mark.parametrize("who", ["Bob Leee", ErrorCell("#REF!"), "nonsense"])
def test_an_answer_spoiled_later_makes_neither_missing(who: Cell) -> None:
    sessions = [record(0, person("Cy Dee"), person("Grandma"))]
    roster = people("Ann Lee", "Bob Lee", "Cy Dee")
    ids = book(sessions, roster).people.ids
    roster = people({"name": "Ann Lee", "id": ids[3]}, {"name": "Bob Lee", "id": ids[4]}, "Cy Dee")
    written = book(
        sessions, roster, names=answers(book(sessions, roster), {"Grandma": {"who": "Ann Lee"}})
    )
    again = book(sessions, roster, published=kept(written), names=_typed(written, who))
    assert letters(again, "Ann Lee") == "?"
    assert letters(again, "Bob Lee") == ("?" if who == "Bob Leee" else "A")
    assert again.names
    (row,) = again.names.rows
    assert values_of(again.names, row.key)["state"] == "not understood, see This week"


ADDED: dict[str, tuple[list[str], list[str], str]] = {
    "a member of the name": (["Zoe Park"], ["Zoe Park"], "?"),
    "written otherwise": (["Park, Zoe"], ["Park, Zoe"], "?"),
    "two who are added": ([], ["Zoe Park"], "P"),
}


@pytest.mark.parametrize(("there", "members", "letter"), ADDED.values(), ids=ADDED)
def test_add_to_people_never_takes_one_namesake_for_another(
    there: list[str], members: list[str], letter: str
) -> None:
    """Two guests of one name at once: each has a line in Names of its own."""
    both = [person("Zoe Park"), person("Zoe Park", number=2)]
    sessions = [record(0, BOB, *both)]
    roster = people("Bob Lee", *there)
    before = book(sessions, roster)
    of = book(sessions, roster, names=answers(before, {"Zoe Park": {"who": "add to People"}}))
    assert of.register
    shown = [str(row.values[1]) for row in of.register.rows if row.kind == "member"]
    assert sorted(shown) == sorted(["Bob Lee", *members])
    assert letters(of, members[0]) == letter
    assert "somebody of this name is in People already, or is being added." in texts(of)


@pytest.mark.parametrize("shown", ["iPhone", "Mumsy"])
def test_an_answer_for_a_session_holds_for_the_one_it_is_a_part_of(shown: str) -> None:
    """Zoom has listed late what was between two sessions."""
    roster, last = people("Ann Lee", "Bob Lee"), record(0, BOB, person(shown))
    tab = answers(book([last], roster), {shown: {"who": "Ann Lee", "for": "this session"}})
    whole = replace(last, session="uuid-first==", parts=(last.session,))
    assert letters(book([whole], roster, names=tab), "Ann Lee") == "P"
