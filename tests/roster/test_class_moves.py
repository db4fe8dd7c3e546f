"""Who moves to another class was not missing there before."""

from __future__ import annotations

from collections.abc import Iterable

from include.roster.book import Book, make_book
from include.roster.grid import Cell, Grid
from include.roster.published import PublishedBook
from include.roster.roster import Tabs
from tests.roster.made import FIRST, letters, people, person, record

Row = dict[str, Cell]
ANN, CY, KIM = person("Ann Lee"), person("Cy Dee"), person("Kim Kid")
SESSIONS = [record(0, CY, KIM), record(1, ANN, CY, KIM), record(2, CY, KIM)]


def roster(ann: str, cy: str = "Youth", kim: str = "Kids") -> Grid:
    found = (("Ann Lee", ann, "a"), ("Cy Dee", cy, "b"), ("Kim Kid", kim, "c"))
    ids = {name: f"20200101.{label * 10}" for name, _, label in found}
    return people(*({"name": name, "classes": key, "id": ids[name]} for name, key, _ in found))


def after(rosters: Iterable[Grid], weeks: int = 3) -> Book:
    """The book after runs on the evening of the last session with one of these after the other."""
    published = PublishedBook()
    for tab in rosters:
        today = SESSIONS[weeks - 1].start.date()
        book = make_book(SESSIONS[:weeks], Tabs(people=tab), published=published, today=today)
        assert book.published
        published = PublishedBook.from_bytes(book.published.to_bytes())
        weeks = min(weeks + 1, len(SESSIONS))
    return book


def test_they_are_missing_from_the_day_on_which_it_stands_there() -> None:
    assert letters(after([roster("Youth")] * 2), "Ann Lee") == "A P A"
    assert letters(after([roster("Kids"), roster("Youth")], 2), "Ann Lee") == "– P A"
    assert letters(after([roster("Kids"), *[roster("Youth")] * 3], 1), "Ann Lee") == "– P A"


def test_who_comes_back_to_a_class_was_in_it_before() -> None:
    some = [roster("Youth"), roster("Kids"), roster("Youth")]
    assert letters(after(some), "Ann Lee") == "A P A"


def test_a_class_renamed_is_the_same_also_line_by_line() -> None:
    some = [roster("Youth"), roster("Teens"), roster("Teens", "Teens")]
    assert letters(after(some), "Ann Lee") == "A P A"
    assert letters(after([roster("Youth"), roster("Youth", "Teens")]), "Ann Lee") == "? P ?"
    some = [roster("Youth"), roster("Youth", "Teens"), roster("Teens", "Teens")]
    assert letters(after(some), "Ann Lee") == "A P A"


def test_nothing_is_known_of_a_book_from_before() -> None:
    before = after([roster("Kids")])
    assert before.published
    old = PublishedBook(before.published, row_texts=before.published.row_texts)
    found = Tabs(people=roster("Youth"))
    of = make_book(SESSIONS, found, published=old, today=FIRST.date())
    assert letters(of, "Ann Lee") == "A P A"


def test_who_had_no_class_was_always_in_their_first() -> None:
    assert letters(after([roster(""), roster("Youth")]), "Ann Lee") == "A P A"
