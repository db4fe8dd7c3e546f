"""The classes' own spreadsheets: which may be used, and what was given to whom.

Whoever may open a class's own spreadsheet must find no other class in it: so each is one class's
for good, and none that holds anything else of the pipeline's is used.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from airflow.sdk.exceptions import AirflowFailException
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from include.pipeline.files.attendance_records import RecordsFolder
from include.roster.book import Book
from include.roster.classes import UNREAD, SchoolClass, class_key
from include.roster.table import NOTICE, TextLine

FILE = "leaders.json"


class Share(BaseModel):
    """What was done for the leaders of a class.

    :param name: the class's, when its spreadsheet was first written; its tabs are known by it.
    :param sheet: the id of the class's own spreadsheet; "" if it has none any more.
    :param given: whom the pipeline let into it: address, and id of the Drive permission; "" for one
        that was about to be given when the run ended.
    :param told: the session of which they were told last, which began at ``told_start``.
    :param refused: how many addresses Google does not let in.
    :param closed: the spreadsheet could not be opened, or holds something else of the pipeline's.
    :param left: spreadsheets of before, with those who are to be let out of them, as in ``given``.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = ""
    sheet: str
    given: dict[str, str] = Field(default_factory=dict)
    told: str = ""
    told_start: AwareDatetime | None = None
    refused: int = 0
    closed: bool = False
    left: dict[str, dict[str, str]] = Field(default_factory=dict)


Shares = dict[str, Share]
_SHARES: TypeAdapter[Shares] = TypeAdapter(Shares)


def read_shares(folder: RecordsFolder) -> Shares:
    """Return what was done, by the class's key. Raises AirflowFailException if it is torn."""
    content = folder.read_if_there(FILE)
    if content is None:
        return {}
    try:
        found = _SHARES.validate_json(content)
    except ValidationError:
        # Going on without it would leave the sheets open to those who lead no more.
        raise AirflowFailException(TORN.format(FILE, folder.path)) from None
    return {
        class_key(name): share if share.name else share.model_copy(update={"name": name})
        for name, share in found.items()
    }


def carried_over(shares: Shares, classes: Mapping[str, SchoolClass]) -> Shares:
    """Return the shares, each under the name that its class has now.

    A class was renamed, and no other took its place, if it has no line any more, and the address of
    its own sheet stands in one line, of a class of which nothing is known.
    """
    sheets = {key: _id_of(one.own_sheet) for key, one in classes.items()}
    lines = Counter(sheets.values())
    owners = {share.sheet: key for key, share in shares.items() if share.sheet}
    new = {
        owners[sheet]: key
        for key, sheet in sheets.items()
        if sheet in owners and lines[sheet] == 1 and key not in shares
    }
    return {key if key in classes else new.get(key, key): one for key, one in shares.items()}


def in_use(shares: Shares) -> bool:
    """Whether any class has a spreadsheet, or one of before with somebody in it."""
    return any(share.sheet or share.left for share in shares.values())


TORN = (
    "The file {} in {}, which says whom the pipeline let into the classes' own sheets, cannot be "
    "read. Put a copy from before in its place. If there is none, delete it, and look in each "
    "class's own sheet under Share for people who lead the class no more: they are not taken away "
    "by themselves then. Then clear this task."
)


def write_shares(folder: RecordsFolder, shares: Shares) -> None:
    """Keep what was done, if it is not what is kept."""
    content = _SHARES.dump_json(shares)
    if content != folder.read_if_there(FILE):
        folder.write(FILE, content)


@dataclass(frozen=True)
class OwnSheets:
    """The spreadsheets of the classes that have leaders.

    :param ids: by class, those that may be used.
    :param unclear: the keys of those whose cell is no address, or whose line may be one that names
        no class: their sheets stay as they are.
    :param lacking: the classes without an address.
    :param notices: why the others may not be used, for This week.
    :param untouched: nothing of them is to be changed now, nor who may open them.
    """

    ids: Mapping[str, str]
    unclear: frozenset[str]
    lacking: tuple[str, ...]
    notices: tuple[TextLine, ...]
    untouched: bool


def usable(
    book: Book,
    book_id: str,
    shares: Shares,
    classes: Mapping[str, SchoolClass],
    *,
    makes: bool,
    named: bool,
    no_classes: bool,
) -> OwnSheets:
    """Tell which of the spreadsheets named in Classes may be used.

    :param book_id: the spreadsheet of the book itself.
    :param classes: those of Classes. ``named``: each of its lines says of which class it is.
    :param makes: the pipeline makes those that are lacking.
    :param no_classes: Classes has no line, as when somebody has deleted it.
    """
    views = {
        name: view
        for name, view in book.views.items()
        if view.leaders or _has_sheet(shares, name)  # leaders that cannot be read keep what is
    }
    sheets = {name: _id_of(view.own_sheet) for name, view in views.items() if view.own_sheet}
    owners = {share.sheet: key for key, share in shares.items() if share.sheet} | {book_id: ""}
    for name, sheet in sheets.items():
        owners.setdefault(sheet or "", class_key(name))
    # A line that names no class may be that of one without a line.
    nameless = frozenset() if named else frozenset(one for one in shares if one not in classes)
    ids = {
        name: sheet for name, sheet in sheets.items() if sheet and owners[sheet] == class_key(name)
    }
    lacking = tuple(name for name in views if name not in sheets)
    labels = {class_key(name): view.label for name, view in views.items()}
    notices = [
        *(f"{labels[key]}: {text}" for key, text in _before(shares) if key in labels),
        *(f"{views[name].label}: {NO_SHEET}" for name in lacking if not makes),
        *(
            f"{views[name].label}: {_why_not(owners[sheet], labels) if sheet else NO_ADDRESS}"
            for name, sheet in sheets.items()
            if name not in ids and views[name].own_sheet != UNREAD  # of which is said already
        ),
        *([NO_CLASSES] if no_classes and in_use(shares) else []),
        *([NAMELESS] if any(shares[key].sheet for key in nameless) else []),
        *([STILL_IN] if any(share.left for share in shares.values()) else []),
    ]
    lines = tuple(TextLine(NOTICE, f"Classes, {text}") for text in notices)
    unclear = frozenset(class_key(name) for name, sheet in sheets.items() if not sheet)
    return OwnSheets(ids, unclear | nameless, lacking, lines, untouched=no_classes)


def _has_sheet(shares: Shares, name: str) -> bool:
    share = shares.get(class_key(name))
    return share is not None and bool(share.sheet)


NO_ADDRESS = "its own sheet is no address of a spreadsheet. Copy it out of the browser."

NO_SHEET = (
    "has leaders and no own sheet. Make a spreadsheet, share it with the pipeline's account as "
    "editor, and put its address there."
)

NO_CLASSES = (
    "no line of it can be read: the classes' own sheets stay as they are, and their leaders may "
    "still open them. Type the classes again. To end the sharing, leave *leaders* of a class empty."
)

NAMELESS = (
    "a line does not say of which class it is. Until it does, own sheets of classes without a line "
    "stay as they are, and their leaders may still open them."
)

STILL_IN = (
    "a spreadsheet that is no class's own any more: those who were let in may still open it. Share "
    "it with the pipeline's account as editor until they are out, or delete it."
)

NOT_USABLE = (
    "its own sheet cannot be used: share it with the pipeline's account as editor, with nothing "
    "else of the pipeline's in it, or clear the cell."
)


def _before(shares: Shares) -> Iterator[tuple[str, str]]:
    """Yield what Google said the last time."""
    for name, share in shares.items():
        if share.refused:
            addresses = "an address" if share.refused == 1 else f"{share.refused} addresses"
            yield name, f"Google lets {addresses} of its leaders not in: no Google account."
        if share.closed:
            yield name, NOT_USABLE


def _id_of(address: str) -> str | None:
    found = re.search(r"(?:^|/spreadsheets/(?:u/\d+/)?d/)([A-Za-z0-9_-]{20,})(?:[/?#]|$)", address)
    return found[1] if found else None


def _why_not(owner: str, labels: Mapping[str, str]) -> str:
    if not owner:
        return "its own sheet is this book, where its leaders would see every class. Use another."
    whose = labels.get(owner, "a class of before")
    return f"its own sheet is that of {whose}, whose names its leaders would see. Use another."
