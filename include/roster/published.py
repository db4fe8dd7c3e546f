"""The book as it was last written, and the letters that people have typed over since."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from typing import Any

from include.roster.grid import CellUnreadable, Grid, read_text
from include.roster.vocabulary import letter_of

_PRIVATE, _ANSWERS, _ROW_TEXTS = "private", "answers", "looks"
_IN_PEOPLE, _LINES, _MATCHED = "in_people", "lines", "matched"

RowTexts = dict[str, dict[str, dict[str, str]]]
"""What was written into rows: tab → row key → column → text."""

InPeople = Mapping[str, Mapping[str, str]]
"""What has stood in People beside a hidden id: id → text → "name" or "e-mail"."""

Matched = Mapping[str, Mapping[str, str]]
"""By what members were matched: id → its digest → session, and the answer that said so, if any."""

ONE, SEVERAL = 1, 2
"""How many lines a tab had: several are not gone because somebody has deleted one."""

FEW, NEARLY_ALL = 3, 8
"""A session's letters were sorted if at least FEW of them differ, and at most one in NEARLY_ALL of
those is new: somebody has typed it, too."""


class PublishedBook(dict[str, dict[str, str]]):
    """The letters that the Register had when it was last written: row key → session → letter.

    :ivar private: keys of the private classes that had members then.
    :ivar answers: whom each answer of Names meant: key of the line → ids, with commas.
    :ivar row_texts: the names beside the hidden keys, and what else tells rows of one name apart.
    :ivar in_people: the names and e-mails that have stood in People beside the hidden ids.
    :ivar lines: ONE or SEVERAL for Names if somebody was named there, and for Corrections; SEVERAL,
        too, where the tab has been deleted since.
    :ivar matched: by what members were matched, in sessions that are gone, too.
    """

    def __init__(
        self,
        letters: Mapping[str, dict[str, str]] | None = None,
        private: Iterable[str] = (),
        answers: Mapping[str, str] | None = None,
        row_texts: RowTexts | None = None,
        in_people: InPeople | None = None,
        lines: Mapping[str, int] | None = None,
        matched: Matched | None = None,
    ) -> None:
        super().__init__(letters or {})
        self.private, self.answers = frozenset(private), dict(answers or {})
        self.row_texts = row_texts or {}
        last = self.row_texts.get("people", {})
        if in_people is None:  # an older copy: it has the last names
            in_people = {id_: {texts["name"]: "name"} for id_, texts in last.items()}
        self.in_people, self.lines = in_people, dict(lines or {})
        self.matched = matched or {}

    def to_bytes(self) -> bytes:
        """Return what is kept with the records."""
        private = dict.fromkeys(self.private, "")
        more: dict[str, Mapping[str, Any]] = {
            _PRIVATE: private,
            _ANSWERS: self.answers,
            _ROW_TEXTS: self.row_texts,
            _IN_PEOPLE: self.in_people,
            _LINES: self.lines,
            _MATCHED: self.matched,
        }
        content = {**self, **{name: one for name, one in more.items() if one}}
        return json.dumps(content, sort_keys=True, ensure_ascii=False).encode()

    @classmethod
    def from_bytes(cls, content: bytes) -> PublishedBook:
        """Read what `to_bytes` returned. Raises ValueError for anything else."""
        found = json.loads(content)
        if not isinstance(found, dict) or not all(isinstance(one, dict) for one in found.values()):
            raise ValueError("this is no copy of the Register")
        private, answers = found.pop(_PRIVATE, ()), found.pop(_ANSWERS, {})
        row_texts, in_people = found.pop(_ROW_TEXTS, {}), found.pop(_IN_PEOPLE, None)
        lines = found.pop(_LINES, {"names": min(len(answers), SEVERAL)} if answers else {})
        matched = found.pop(_MATCHED, {})
        return cls(found, private, answers, row_texts, in_people, lines, matched)

    def has_lost(self, tab: str, grid: Grid | None) -> bool:
        """Tell whether all lines of a tab are gone, and not because somebody has deleted one."""
        return not list(grid or ()) and self.lines.get(tab, 0) > (0 if grid is None else ONE)

    def without_tabs(self, deleted: Iterable[str]) -> PublishedBook:
        """Return it with a note that these tabs were deleted: they are there again, empty."""
        other = copy(self)
        other.lines = {**self.lines, **{tab: SEVERAL for tab in deleted if self.lines.get(tab)}}
        return other


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


def _typed(
    grid: Grid | None, published: PublishedBook | None, sessions: Iterable[str]
) -> Iterator[TypedLetter]:
    places = [session for session in sessions if grid and session in grid.columns]
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
    for cell in typed:
        if cell.was:
            by_session[cell.session].append(cell)
    is_sorted = any(map(_is_sorted, by_session.values()))
    if not is_sorted and not (len(by_session) > 1 and _are_rows(typed, published)):
        return list(typed)
    moved = {
        session for session, cells in by_session.items() if _is_sorted(cells) or not _new(cells)
    }
    return [replace(cell, moved=cell.session in moved) for cell in typed]


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
