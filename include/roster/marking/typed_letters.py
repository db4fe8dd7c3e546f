"""The letters that people have typed over since the Register was last written."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from include.roster.grid import CellUnreadable, Grid, read_text
from include.roster.published import Letters, PublishedBook
from include.roster.vocabulary import letter_of

FEW, NEARLY_ALL = 3, 8
"""A session's letters were sorted if at least FEW of them differ, and at most one in NEARLY_ALL of
those is new: somebody has typed it, too."""

MOST_TYPED = 12
"""So many letters somebody may type twice that look sorted: the second time they are taken."""


@dataclass(frozen=True)
class TypedLetter:
    """A cell of the Register in which something else stands than was published.

    :param key: of its row; ``row``: the number that people see.
    :param text: what stands there; ``letter``: if it is one of the vocabulary.
    :param was: the letter published; None where that is not known any more.
    :param unsure: nobody can tell whose row it is. ``conflicting``: in the member's row in another
        class somebody typed another letter. ``moved``: it was sorted without the names.
    """

    key: str
    row: int
    session: str
    text: str
    letter: str | None
    was: str | None
    unsure: bool = False
    conflicting: bool = False
    moved: bool = False

    @property
    def member(self) -> str:
        """The id of the member whose row it is, whatever class they were in when it was written."""
        return self.key.partition("|")[0]

    @property
    def is_correction(self) -> bool:
        """Whether it is taken over: a letter over one that is known to have been published."""
        read = self.letter is not None and self.was is not None
        return read and not (self.unsure or self.conflicting or self.moved)


def typed_letters(
    grid: Grid | None, published: PublishedBook | None, sessions: Iterable[str]
) -> list[TypedLetter]:
    """Return the cells that differ from what was published. Sessions by their UUID."""
    typed = list(_typed(grid, published, sessions))
    return _with_moved(typed, published) if published else typed


def letters_of_lost(
    grid: Grid | None, published: PublishedBook | None, sessions: Collection[str]
) -> Letters:
    """Return the letters last written of sessions whose column is there and whose record is gone.

    :param sessions: UUIDs of those whose record is there.
    """
    columns = grid.columns.keys() - set(sessions) if grid else set()
    before, lost = (published, published.lost) if published is not None else ({}, {})
    found = {key: {**lost.get(key, {}), **before.get(key, {})} for key in {*before, *lost}}
    kept = {
        key: {session: letter for session, letter in letters.items() if session in columns}
        for key, letters in found.items()
    }
    return {key: letters for key, letters in kept.items() if letters}


def typed_in_lost(grid: Grid | None, lost: Letters) -> Iterator[tuple[int, str, str]]:
    """Yield the letters typed over those: the row that people see, the letter, what it was."""
    for line in grid or ():
        for session, was in sorted(lost.get(line.shown("id"), {}).items()):
            letter = letter_of(line.shown(session))
            if letter and letter != was and line.row not in line.grid.unsure:
                yield line.row, letter, was


def _typed(
    grid: Grid | None, published: PublishedBook | None, sessions: Iterable[str]
) -> Iterator[TypedLetter]:
    places = [session for session in sessions if grid and session in grid.columns]
    for line in grid or ():
        key = line.shown("id")
        if published is not None and key not in published:
            continue  # a row of people's own, or of the classes
        letters = {**published.lost.get(key, {}), **published[key]} if published else {}
        for session in places:
            was = letters.get(session)
            try:
                text = read_text(line.cell(session))
            except CellUnreadable:
                text = "an error"
            letter = letter_of(text)
            if text != was and letter != was and (text or was):
                unsure = line.row in line.grid.unsure
                yield TypedLetter(key, line.row, session, text, letter, was, unsure)


def _with_moved(typed: Sequence[TypedLetter], published: PublishedBook) -> list[TypedLetter]:
    """Mark the letters that only changed places: somebody sorted them without the names.

    Two letters that changed places in one session alone are two corrections. So are those that were
    written anew once, and stand there again.
    """
    by_session = defaultdict(list)
    first_time = [cell for cell in typed if not _is_again(cell, published.moved)]
    for cell in first_time:
        if cell.was:
            by_session[cell.session].append(cell)
    is_sorted = any(map(_is_sorted, by_session.values()))
    if not is_sorted and not (len(by_session) > 1 and _are_rows(first_time, published)):
        return list(typed)
    moved = {
        session for session, cells in by_session.items() if _is_sorted(cells) or not _new(cells)
    }
    return [
        replace(cell, moved=cell.session in moved and not _is_again(cell, published.moved))
        for cell in typed
    ]


def _is_again(cell: TypedLetter, moved: Letters) -> bool:
    """Whether a letter stands there again that was written anew."""
    return cell.letter is not None and moved.get(cell.key, {}).get(cell.session) == cell.letter


def last_moved(typed: Iterable[TypedLetter], published: PublishedBook | None) -> Letters:
    """Return the letters that are written anew now, else those that were last; none if many."""
    cells = [cell for cell in typed if cell.moved]
    if not cells:
        return published.moved if published is not None else {}
    found: Letters = defaultdict(dict)
    for cell in cells if len(cells) <= MOST_TYPED else ():
        found[cell.key][cell.session] = cell.letter or ""
    return dict(found)


def _is_sorted(cells: Sequence[TypedLetter]) -> bool:
    """Whether many letters of a session are those of before, in other rows."""
    letters = sum(cell.letter is not None for cell in cells)
    return letters >= FEW and _new(cells) <= letters // NEARLY_ALL


def _new(cells: Sequence[TypedLetter]) -> int:
    """How many letters were not there before. Others may stand in the rows of the class now."""
    now = Counter(cell.letter for cell in cells if cell.letter)
    return (now - Counter(cell.was for cell in cells if cell.was)).total()


def _are_rows(typed: Sequence[TypedLetter], published: PublishedBook) -> bool:
    """Whether whole rows changed places."""
    sessions = sorted({cell.session for cell in typed})
    was = {key: dict(published[key]) for key in {cell.key for cell in typed}}
    now = {key: dict(letters) for key, letters in was.items()}
    for cell in typed:
        now[cell.key][cell.session] = cell.letter or ""

    def rows(letters: dict[str, dict[str, str]]) -> Counter[tuple[str, ...]]:
        return Counter(
            tuple(row.get(session, "") for session in sessions) for row in letters.values()
        )

    return rows(now) == rows(was)


def with_conflicting(typed: Sequence[TypedLetter]) -> list[TypedLetter]:
    """Mark the corrections that say something else in the member's row in another class."""
    letters = defaultdict(set)
    for cell in typed:
        if cell.is_correction:
            letters[cell.member, cell.session].add(cell.letter)
    return [
        replace(cell, conflicting=len(letters[cell.member, cell.session]) > 1)
        if cell.is_correction
        else cell
        for cell in typed
    ]
