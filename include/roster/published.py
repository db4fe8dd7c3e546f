"""What is kept, with the records, of the book as it was last written."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

_PRIVATE, _ANSWERS, _LOOKS = "private", "answers", "looks"

Looks = dict[str, dict[str, dict[str, str]]]
"""What was written into rows: tab → row key → column → text."""


class Published(dict[str, dict[str, str]]):
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
    def from_bytes(cls, content: bytes) -> Published:
        """Read what `to_bytes` returned. Raises ValueError for anything else."""
        found = json.loads(content)
        if not isinstance(found, dict) or not all(isinstance(one, dict) for one in found.values()):
            raise ValueError("this is no copy of the Register")
        private, answers = found.pop(_PRIVATE, ()), found.pop(_ANSWERS, {})
        looks = found.pop(_LOOKS, {})
        return cls(found, private, answers, looks)
