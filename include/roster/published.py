"""The book as it was last written."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from copy import copy
from typing import Any

from include.roster.grid import Grid

_PRIVATE, _ANSWERS, _ROW_TEXTS = "private", "answers", "looks"
_IN_PEOPLE, _LINES, _MATCHED = "in_people", "lines", "matched"
_MOVED, _SINCE, _LOST = "moved", "since", "lost"

RowTexts = dict[str, dict[str, dict[str, str]]]
"""What was written into rows: tab → row key → column → text."""

InPeople = Mapping[str, Mapping[str, str]]
"""What has stood in People beside a hidden id: id → text → "name" or "e-mail"."""

Matched = Mapping[str, Mapping[str, str]]
"""By what members were matched: id → its digest → "session@day", and the answer that said so."""

ONE, SEVERAL = 1, 2
"""How many lines a tab had: several are not gone because somebody has deleted one."""

Letters = Mapping[str, dict[str, str]]
"""Row key → session → letter."""


class PublishedBook(dict[str, dict[str, str]]):
    """The letters that the Register had when it was last written: row key → session → letter.

    :ivar private: keys of the private classes that had members then.
    :ivar answers: whom each answer of Names meant: key of the line → ids, with commas.
    :ivar row_texts: the names beside the hidden keys, and what else tells rows of one name apart.
    :ivar in_people: the names and e-mails that have stood in People beside the hidden ids.
    :ivar lines: ONE or SEVERAL for Names if somebody was named there, and for Corrections; SEVERAL,
        too, where the tab has been deleted since.
    :ivar matched: by what members were matched, in sessions that are gone, too.
    :ivar moved: the few letters that were last taken to be sorted, and written anew.
    :ivar classes_since: since when members are in their classes, by id and class.
    :ivar lost: the letters of sessions whose record is gone.
    """

    def __init__(
        self,
        letters: Mapping[str, dict[str, str]] | None = None,
        *,
        private: Iterable[str] = (),
        answers: Mapping[str, str] | None = None,
        row_texts: RowTexts | None = None,
        in_people: InPeople | None = None,
        lines: Mapping[str, int] | None = None,
        matched: Matched | None = None,
        moved: Letters | None = None,
        classes_since: Mapping[str, Mapping[str, str]] | None = None,
        lost: Letters | None = None,
    ) -> None:
        super().__init__(letters or {})
        self.private, self.answers = frozenset(private), dict(answers or {})
        self.row_texts = row_texts or {}
        last = self.row_texts.get("people", {})
        if in_people is None:  # an older copy: it has the last names
            in_people = {id_: {texts["name"]: "name"} for id_, texts in last.items()}
        self.in_people, self.lines = in_people, dict(lines or {})
        self.matched, self.moved = matched or {}, moved or {}
        self.classes_since, self.lost = classes_since or {}, lost or {}

    def __bool__(self) -> bool:
        """It is there, though it has no letters: all classes may be private."""
        return True

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
            _SINCE: self.classes_since,
            _MOVED: self.moved,
            _LOST: self.lost,
        }
        content = {**self, **{name: part for name, part in more.items() if part}}
        return json.dumps(content, sort_keys=True, ensure_ascii=False).encode()

    @classmethod
    def from_bytes(cls, content: bytes) -> PublishedBook:
        """Read what `to_bytes` returned. Raises ValueError for anything else."""
        found = json.loads(content)
        if not isinstance(found, dict) or not all(
            isinstance(part, dict) for part in found.values()
        ):
            raise ValueError("this is no copy of the Register")
        answers = found.pop(_ANSWERS, {})
        return cls(
            private=found.pop(_PRIVATE, ()),
            answers=answers,
            row_texts=found.pop(_ROW_TEXTS, {}),
            in_people=found.pop(_IN_PEOPLE, None),
            lines=found.pop(_LINES, {"names": min(len(answers), SEVERAL)} if answers else {}),
            matched=found.pop(_MATCHED, {}),
            moved=found.pop(_MOVED, {}),
            classes_since=found.pop(_SINCE, {}),
            lost=found.pop(_LOST, {}),
            letters=found,  # what is left
        )

    def has_lost(self, tab: str, grid: Grid | None) -> bool:
        """Tell whether all lines of a tab are gone, and not because somebody has deleted one."""
        return not list(grid or ()) and self.lines.get(tab, 0) > (0 if grid is None else ONE)

    def without_tabs(self, deleted: Iterable[str]) -> PublishedBook:
        """Return it with a note that these tabs were deleted: they are there again, empty."""
        other = copy(self)
        other.lines = {**self.lines, **{tab: SEVERAL for tab in deleted if self.lines.get(tab)}}
        return other
