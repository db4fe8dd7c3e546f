"""Answers for one session, when Zoom lists more of that session later: they stay theirs."""

from __future__ import annotations

import pytest

from include.pipeline.files.staging import StagingFolder
from sandbox.both import Sandbox
from sandbox.google import GoogleState
from sandbox.zoom.rows import Row, participant_row
from tests.pipeline.books import ADA, BEN, CLEO, LONG_AGO, KeptBook
from tests.pipeline.evenings import EVENING, hold, minutes, session_of
from tests.pipeline.test_middle_part_late import publish

SEEN = (20, 90)
ROSTER = [[name, "Youth", "", LONG_AGO] for name in (ADA, BEN, CLEO)]


def row(name: str, first: float, last: float, **fields: str) -> Row:
    return participant_row(name, EVENING + minutes(first), EVENING + minutes(last), **fields)


def ada(first: float, last: float) -> Row:
    return row(ADA, first, last, account_id="ada")


def answered(google: GoogleState, name: str, *who: str) -> KeptBook:
    """The book, in which somebody says who each one of this name is, for this session."""
    book = KeptBook(google)
    book.run()
    book.enrol(ROSTER, [["Youth"]])
    book.run()
    lines = (at for at, line in enumerate(book.shown("Names"), 1) if line[2] == name)
    for at, member in zip(lines, who, strict=True):
        book.person.types("Names", f"D{at}", member)
        book.person.types("Names", f"F{at}", "this session")
    book.run()
    assert {book.row(member)[1] for member in who} == {"P"}
    return book


@pytest.mark.parametrize(
    "came",
    [
        [row("iPhone", 0, 10)],
        [row("iPhone", 0, 10, account_id="zzz")],
        [row("iPhone", 19.9, 20)],
        [],
    ],
    ids=["was there, too", "was signed in", "came just before", "was not there"],
)
def test_an_answer_stays_when_an_earlier_part_is_listed(
    empty_sandbox: Sandbox, google: GoogleState, folder: StagingFolder, came: list[Row]
) -> None:
    world = empty_sandbox.zoom.world
    start, end = (EVENING + minutes(at) for at in SEEN)
    # Zoom lists the start two seconds later than the first row.
    late = hold(world, start, end, [ada(*SEEN), row("iPhone", 20 - 1 / 30, 90)])
    publish(session_of(late), folder)
    book = answered(google, "iPhone", BEN)
    early = hold(world, EVENING, EVENING + minutes(10), [ada(0, 10), *came])
    publish(session_of(early, late), folder)
    book.run()
    assert book.row(BEN)[1] == "P"
    assert [line[2] for line in book.shown("Names")].count("iPhone") == 1


def test_an_answer_stays_when_zoom_corrects_its_report(
    empty_sandbox: Sandbox, google: GoogleState, folder: StagingFolder
) -> None:
    rows = [ada(0, 90), row("iPhone", 30, 90)]
    evening = hold(empty_sandbox.zoom.world, EVENING, EVENING + minutes(90), rows)
    publish(session_of(evening), folder)
    book = answered(google, "iPhone", BEN)
    evening.rows.append(row("iPhone", 10, 29))
    publish(session_of(evening), folder)
    book.run()
    assert book.row(BEN)[1] == "P"


def test_answers_about_two_of_a_name_stay_with_each(
    empty_sandbox: Sandbox, google: GoogleState, folder: StagingFolder
) -> None:
    world = empty_sandbox.zoom.world
    start, end = (EVENING + minutes(at) for at in SEEN)
    late = hold(world, start, end, [ada(*SEEN), row("Benny", 20, 90), row("Benny", 22, 80)])
    publish(session_of(late), folder)
    book = answered(google, "Benny", *[BEN, CLEO])
    before = book.row(BEN), book.row(CLEO)
    both = [ada(0, 10), row("Benny", 0, 10), row("Benny", 0, 10)]
    early = hold(world, EVENING, EVENING + minutes(10), both)
    publish(session_of(early, late), folder)
    book.run()
    assert (book.row(BEN), book.row(CLEO)) == before
