"""The tabs of the book: their titles and columns, what people choose from, what is explained."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from include.roster.identity import answers
from include.roster.marking import corrections
from include.roster.members import classes, people
from include.roster.table import Column
from include.roster.tabs import register, totals
from include.roster.vocabulary import ALWAYS, LETTERS, THIS_SESSION
from include.sheets.requests import TEXT_FORMAT

DATE_FORMAT = {"type": "DATE", "pattern": "d mmm yyyy"}
WHOLE_NUMBER = {"type": "NUMBER", "pattern": "0"}

WHO, WHOM, CLASSES = "who", "whom", "classes"
"""Choices out of a range: explanations of a name, those a correction is for, the classes."""


@dataclass(frozen=True)
class Style:
    """A column: its width and format, and what can be chosen in it.

    :param number_format: Google's. ``choices``: of what its drop-down is, ``(WHO,)`` and the
        like or the words themselves; ``box``: it has tick boxes instead.
    :param help: what stands below its heading.
    """

    width: int = 100
    number_format: Mapping[str, str] = field(default_factory=lambda: TEXT_FORMAT)
    align: str = "LEFT"
    choices: tuple[str, ...] = ()
    box: bool = False
    help: str = ""


@dataclass(frozen=True)
class Layout:
    """A tab.

    :param key_column: the hidden column by which its rows are found.
    :param needed: a column that is not made again: nothing is known without it.
    :param spare: empty rows below those that are used.
    :param letters: it has a column for each session, with letters in it.
    :param answers: people answer in its rows, and a row with an answer stays as it is.
    :param lasting: its rows stay when the record of their session is gone.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    styles: Mapping[str, Style]
    key_column: str = ""
    needed: tuple[str, ...] = ()
    frozen: str = ""
    spare: int = 20
    letters: bool = False
    answers: bool = False
    lasting: bool = False

    def style(self, key: str) -> Style:
        """Return the style of a column."""
        return self.styles.get(key, SESSION)

    def is_session(self, key: str) -> bool:
        """Whether a column is that of a session: all are that have no name here."""
        return key not in self.styles


SESSION = Style(42, align="CENTER")


HIDDEN = Style(90)
KEY = Column("key", "Key", hidden=True)

REGISTER = Layout(
    "register",
    "Register",
    (*register.NAMED, *register.FIGURES),
    {
        "id": HIDDEN,
        "name": Style(140, help="A letter typed over another is a correction."),
        "came": Style(110, help="of the times that count"),
        "missed": Style(80, WHOLE_NUMBER, "CENTER", help="A counts; X, – and ? are skipped"),
        "last_seen": Style(100, DATE_FORMAT),
    },
    key_column="id",
    frozen="name",
    letters=True,
)

NAMES = Layout(
    "names",
    "Names",
    answers.COLUMNS,
    {
        "key": HIDDEN,
        "session": HIDDEN,
        "name": Style(150, help="A name in Zoom that is nobody's yet."),
        "who": Style(150, choices=(WHO,), help="Choose. Clear the cell to undo."),
        "and": Style(110, choices=(WHO,), help="Who else is on that screen; several with commas."),
        "for": Style(90, choices=(ALWAYS, THIS_SESSION), help="Empty is always."),
        "looks_like": Style(200, help="Only a suggestion: it changes nothing."),
        "seen": Style(60, WHOLE_NUMBER, "CENTER"),
        "first": Style(95, DATE_FORMAT),
        "last": Style(95, DATE_FORMAT),
        "address": Style(170),
        "state": Style(220, help="What the answer has changed."),
    },
    key_column="key",
    needed=answers.NEEDED,
    frozen="name",
    answers=True,
)

PEOPLE = Layout(
    "people",
    "People",
    people.COLUMNS,
    {
        "name": Style(160, help="One line for each member."),
        "classes": Style(130, choices=(CLASSES,), help="Several with commas."),
        "emails": Style(220, help="Those used in Zoom, with commas. Surest way to be known."),
        "from": Style(95, DATE_FORMAT, help="Empty: from the first time on."),
        "until": Style(95, DATE_FORMAT, help="The last day. Empty: still here."),
        "note": Style(220, help="Whatever you like."),
        "id": HIDDEN,
    },
    key_column="id",
    needed=people.NEEDED,
    frozen="name",
    spare=100,
)

CLASS_TAB = Layout(
    "classes",
    "Classes",
    classes.COLUMNS,
    {
        "class": Style(150, help="One line for each class."),
        "leaders": Style(220, help="They get a sheet of their own, and a mail."),
        "private": Style(80, align="CENTER", box=True, help="Shown to its leaders only."),
        "own_sheet": Style(260, help="Its address. Made for you where the pipeline may."),
    },
    needed=(*classes.NEEDED, *classes.LED),
    frozen="class",
    spare=40,
)

CORRECTIONS = Layout(
    "corrections",
    "Corrections",
    corrections.COLUMNS,
    {
        "who": Style(150, choices=(WHOM,), help="A member, a class, or everybody."),
        "from": Style(95, DATE_FORMAT, help="The first day."),
        "until": Style(95, DATE_FORMAT, help="The last. Empty: that day only."),
        "letter": Style(70, align="CENTER", choices=LETTERS, help="X excused, – no class."),
        "reason": Style(220, help="Holiday, ill, …"),
        "was": Style(60, align="CENTER", help="In the Register."),
        "found": Style(95, DATE_FORMAT),
        "member": HIDDEN,
        "session": HIDDEN,
    },
    needed=corrections.NEEDED,
    frozen="who",
    spare=60,
)

TOTALS = Layout(
    "totals",
    "Totals",
    (KEY, *totals.COLUMNS),
    {
        "key": HIDDEN,
        "session": HIDDEN,
        "date": Style(100, DATE_FORMAT),
        "class": Style(130),
        **{
            column.key: Style(75, WHOLE_NUMBER, "CENTER")
            for column in totals.COLUMNS
            if column.key not in ("session", "date", "class")
        },
    },
    key_column="key",
    frozen="class",
    lasting=True,
)

THIS_WEEK, LISTS = "this_week", "lists"

TITLES: Mapping[str, str] = {
    THIS_WEEK: "This week",
    "register": "Register",
    "names": "Names",
    "people": "People",
    "classes": "Classes",
    "corrections": "Corrections",
    "totals": "Totals",
    LISTS: "Lists",
}
"""The tabs in their order. The last is hidden: what drop-downs and the chart are made from."""

LAYOUTS: Mapping[str, Layout] = {
    layout.name: layout for layout in (REGISTER, NAMES, PEOPLE, CLASS_TAB, CORRECTIONS, TOTALS)
}
