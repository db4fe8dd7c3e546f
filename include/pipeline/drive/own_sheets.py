"""The classes' own spreadsheets: which of those that people name in Classes may be used.

Whoever may open a class's own spreadsheet must find no other class in it: so each is one class's
for good, and none that holds anything else of the pipeline's is used.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from include.pipeline.drive.shares import Share, Shares, in_use
from include.roster.book import Book, View
from include.roster.grid import Grid
from include.roster.members.classes import (
    UNREAD,
    SchoolClass,
    class_key,
    lost_columns,
    names_all,
    read_classes,
)
from include.roster.table import NOTICE, TextLine


@dataclass(frozen=True)
class ClassesTab:
    """What people say in the tab Classes.

    :param classes: by their keys.
    :param named: each of its lines says of which class it is.
    :param empty: it has no line, as when somebody has deleted it.
    :param lost: the headings of columns that are gone, without which nobody's access changes.
    """

    classes: Mapping[str, SchoolClass]
    named: bool
    empty: bool
    lost: Sequence[str] = ()


def read_classes_tab(grid: Grid | None) -> ClassesTab:
    """Return what people say in the tab Classes."""
    classes, empty = read_classes(grid, []), not list(grid or ())
    return ClassesTab(classes, names_all(grid), empty=empty, lost=lost_columns(grid))


def carried_over(shares: Shares, tab: ClassesTab) -> Shares:
    """Return the shares, each under the name that its class has now, if each line has a name."""
    renamed = _renamed(shares, tab.classes) if tab.named else {}
    return {renamed.get(key, key): share for key, share in shares.items()}


def _renamed(shares: Shares, classes: Mapping[str, SchoolClass]) -> dict[str, str]:
    """Return the new keys of the classes that were renamed in their lines, by the old ones.

    The address of a class's own sheet stands in one line, of another name. Nothing is known of a
    class of that name, or it was renamed, too, as when all classes move up.
    """
    sheets = {key: _id_of(class_.own_sheet) for key, class_ in classes.items()}
    lines = Counter(sheets.values())
    owners = {share.sheet: key for key, share in shares.items() if share.sheet}
    found = {
        owners[sheet]: key
        for key, sheet in sheets.items()
        if sheet in owners and lines[sheet] == 1 and owners[sheet] != key
    }

    def is_renamed(old: str, new: str) -> bool:
        if (new in shares and new not in found) or (old in classes and old not in found.values()):
            return False  # another class of before has the sheet now, or the old one is still there
        moved_up = new in shares or old in classes
        return not moved_up or _has_same_leaders(shares[old], classes[new])

    while wrong := [old for old, new in found.items() if not is_renamed(old, new)]:
        found = {old: new for old, new in found.items() if old not in wrong}
    return found


def _has_same_leaders(share: Share, class_: SchoolClass) -> bool:
    """Whether those who were let in lead the class: else somebody has exchanged the addresses."""
    leaders = set(class_.leaders)
    return leaders == share.given.keys() or (class_.unread and leaders <= share.given.keys())


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


def usable_sheets(
    book: Book, book_id: str, shares: Shares, tab: ClassesTab, *, makes: bool
) -> OwnSheets:
    """Tell which of the spreadsheets named in Classes may be used.

    :param book_id: the spreadsheet of the book itself.
    :param makes: the pipeline makes those that are lacking.
    """
    views = {
        name: view
        for name, view in book.views.items()
        if view.leaders or _has_sheet(shares, name)  # leaders that cannot be read keep what is
    }
    sheets = {name: _id_of(view.own_sheet) for name, view in views.items() if view.own_sheet}
    owners = _owners(sheets, shares, book_id)
    ids = {name: id_ for name, id_ in sheets.items() if id_ and owners[id_] == class_key(name)}
    # A line that names no class may be that of one without a line.
    nameless = frozenset() if tab.named else frozenset(shares.keys() - tab.classes.keys())
    lacking = tuple(name for name in views if name not in sheets)
    unclear = frozenset(class_key(name) for name, id_ in sheets.items() if not id_)
    notices = [
        *_of_last_time(shares, views),
        *(f"{views[name].label}: {NO_SHEET}" for name in lacking if not makes),
        *_why_not_usable({name: sheets[name] for name in sheets if name not in ids}, owners, views),
        *_of_all(shares, nameless, tab),
    ]
    lines = tuple(TextLine(NOTICE, f"Classes, {text}") for text in notices)
    return OwnSheets(ids, unclear | nameless, lacking, lines, untouched=tab.empty)


def _owners(sheets: Mapping[str, str | None], shares: Shares, book_id: str) -> dict[str, str]:
    """Return the key of the class that each spreadsheet is of; "" for the book's.

    One that is nobody's yet becomes that of the first class that names it.
    """
    owners = {share.sheet: key for key, share in shares.items() if share.sheet} | {book_id: ""}
    for name, sheet in sheets.items():
        if sheet:
            owners.setdefault(sheet, class_key(name))
    return owners


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

LOST_COLUMN = (
    "the column “{}” is gone: nobody's access to the classes' own sheets changes. Bring it back "
    "(Edit, Undo, or File, Version history), or type its heading and all that stood below it into "
    "an empty column."
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


def _of_last_time(shares: Shares, views: Mapping[str, View]) -> Iterator[str]:
    """Yield what Google said the last time of the classes."""
    labels = _labels(views)
    for key, share in shares.items():
        if key not in labels:
            continue
        if share.refused:
            addresses = "an address" if share.refused == 1 else f"{share.refused} addresses"
            said = f"Google lets {addresses} of its leaders not in: no Google account."
            yield f"{labels[key]}: {said}"
        if share.closed:
            yield f"{labels[key]}: {NOT_USABLE}"


def _why_not_usable(
    sheets: Mapping[str, str | None], owners: Mapping[str, str], views: Mapping[str, View]
) -> Iterator[str]:
    """Yield why these spreadsheets may not be used, by the names of the classes that name them."""
    for name, sheet in sheets.items():
        if views[name].own_sheet != UNREAD:  # of which is said already
            why = _why_not(owners[sheet], _labels(views)) if sheet else NO_ADDRESS
            yield f"{views[name].label}: {why}"


def _of_all(shares: Shares, nameless: Iterable[str], tab: ClassesTab) -> Iterator[str]:
    """Yield what is to be said of the whole tab."""
    if tab.empty and in_use(shares):
        yield NO_CLASSES
    if not tab.empty and in_use(shares):
        yield from map(LOST_COLUMN.format, tab.lost)
    if any(shares[key].sheet for key in nameless):
        yield NAMELESS
    if any(share.left for share in shares.values()):
        yield STILL_IN


def _labels(views: Mapping[str, View]) -> dict[str, str]:
    return {class_key(name): view.label for name, view in views.items()}


def _id_of(address: str) -> str | None:
    found = re.search(r"(?:^|/spreadsheets/(?:u/\d+/)?d/)([A-Za-z0-9_-]{20,})(?:[/?#]|$)", address)
    return found[1] if found else None


def _why_not(owner: str, labels: Mapping[str, str]) -> str:
    if not owner:
        return "its own sheet is this book, where its leaders would see every class. Use another."
    whose = labels.get(owner, "a former class")
    return f"its own sheet is that of {whose}, whose names its leaders would see. Use another."
