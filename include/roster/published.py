"""The book as it was last written, and the letters that people have typed over since."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from include.roster.grid import CellUnreadable, Grid, read_text
from include.roster.vocabulary import letter_of

_PRIVATE, _ANSWERS, _LOOKS = "private", "answers", "looks"

Looks = dict[str, dict[str, dict[str, str]]]
"""What was written into rows: tab → row key → column → text."""

FEW, NEARLY_ALL = 3, 8
"""So many letters of a session in other rows were sorted. One of so many may be new: somebody has
typed it, too."""


class PublishedBook(dict[str, dict[str, str]]):
    """The letters that the Register had when it was last written: row key → session → letter.

    :ivar private: keys of the private classes that had members then.
    :ivar answers: whom each answer of Names meant: key of the line → ids, with commas.
    :ivar looks: the names beside the hidden keys, and what else tells rows of one name apart.
    """

    def __init__(
        self,
        letters: Mapping[str, dict[str, str]] | None = None,
        private: Iterable[str] = (),
        answers: Mapping[str, str] | None = None,
        looks: Looks | None = None,
    ) -> None:
        super().__init__(letters or {})
        self.private, self.answers = frozenset(private), dict(answers or {})
        self.looks = looks or {}

    def to_bytes(self) -> bytes:
        """Return what is kept with the records."""
        private = dict.fromkeys(self.private, "")
        more = {_PRIVATE: private, _ANSWERS: self.answers, _LOOKS: self.looks}
        content = {**self, **{name: one for name, one in more.items() if one}}
        return json.dumps(content, sort_keys=True, ensure_ascii=False).encode()

    @classmethod
    def from_bytes(cls, content: bytes) -> PublishedBook:
        """Read what `to_bytes` returned. Raises ValueError for anything else."""
        found = json.loads(content)
        if not isinstance(found, dict) or not all(isinstance(one, dict) for one in found.values()):
            raise ValueError("this is no copy of the Register")
        private, answers = found.pop(_PRIVATE, ()), found.pop(_ANSWERS, {})
        looks = found.pop(_LOOKS, {})
        return cls(found, private, answers, looks)


@dataclass(frozen=True)
class TypedLetter:
    """A cell of the Register in which something else stands than was published.

    :param key: of its row; ``row``: the number that people see.
    :param text: what stands there; ``letter``: if it is one of the vocabulary.
    :param was: the letter published; None where that is not known any more.
    :param unsure: nobody can tell whose row it is. ``crossed``: in the member's row in another
        class somebody typed another letter. ``moved``: it was sorted without the names.
    """

    key: str
    row: int
    session: str
    text: str
    letter: str | None
    was: str | None
    unsure: bool = False
    crossed: bool = False
    moved: bool = False

    @property
    def member(self) -> str:
        """The id of the member whose row it is, whatever class they were in when it was written."""
        return self.key.partition("|")[0]

    @property
    def is_correction(self) -> bool:
        """Whether it is taken over: a letter over one that is known to have been published."""
        read = self.letter is not None and self.was is not None
        return read and not (self.unsure or self.crossed or self.moved)


def typed_letters(
    grid: Grid | None, published: PublishedBook | None, sessions: Iterable[str]
) -> list[TypedLetter]:
    """Return the cells that differ from what was published. Sessions by their UUID."""
    typed = list(_typed(grid, published, sessions))
    return _with_moved(typed, published) if published else typed


def _typed(
    grid: Grid | None, published: PublishedBook | None, sessions: Iterable[str]
) -> Iterator[TypedLetter]:
    places = [one for one in sessions if grid and one in grid.columns]
    for line in grid or ():
        key = line.shown("id")
        letters = published.get(key, {}) if published else {}
        if published is not None and key not in published:
            continue  # a row of people's own, or of the classes
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

    Two letters that changed places in one session alone are two corrections.
    """
    by_session = defaultdict(list)
    for one in typed:
        if one.was:
            by_session[one.session].append(one)
    is_sorted = any(map(_is_sorted, by_session.values()))
    if not is_sorted and not (len(by_session) > 1 and _are_rows(typed, published)):
        return list(typed)
    moved = {one for one, cells in by_session.items() if _is_sorted(cells) or not _new(cells)}
    return [replace(one, moved=one.session in moved) for one in typed]


def _is_sorted(cells: Sequence[TypedLetter]) -> bool:
    """Whether many letters of a session are those of before, in other rows."""
    letters = sum(one.letter is not None for one in cells)
    return letters >= FEW and _new(cells) <= letters // NEARLY_ALL


def _new(cells: Sequence[TypedLetter]) -> int:
    """How many letters were not there before. Others may stand in the rows of the class now."""
    now = Counter(one.letter for one in cells if one.letter)
    return (now - Counter(one.was for one in cells if one.was)).total()


def _are_rows(typed: Sequence[TypedLetter], published: PublishedBook) -> bool:
    """Whether whole rows changed places."""
    sessions = sorted({one.session for one in typed})
    was = {key: dict(published[key]) for key in {one.key for one in typed}}
    now = {key: dict(letters) for key, letters in was.items()}
    for one in typed:
        now[one.key][one.session] = one.letter or ""

    def rows(letters: dict[str, dict[str, str]]) -> Counter[tuple[str, ...]]:
        return Counter(tuple(row.get(one, "") for one in sessions) for row in letters.values())

    return rows(now) == rows(was)


def with_crossed(typed: Sequence[TypedLetter]) -> list[TypedLetter]:
    """Mark the corrections that say something else in the member's row in another class."""
    letters = defaultdict(set)
    for cell in typed:
        if cell.is_correction:
            letters[cell.member, cell.session].add(cell.letter)
    return [
        replace(cell, crossed=cell.is_correction and len(letters[cell.member, cell.session]) > 1)
        for cell in typed
    ]
