"""Letters typed over in the Register: cells in which something else stands than was published."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from include.roster.grid import CellUnreadable, Grid, read_text
from include.roster.words import letter_of

REGISTER = "Register"


class Published(dict[str, dict[str, str]]):
    """The letters that the Register had when it was last written: row key → session → letter."""

    def to_bytes(self) -> bytes:
        """Return what is kept with the records."""
        return json.dumps(self, sort_keys=True, ensure_ascii=False).encode()

    @classmethod
    def from_bytes(cls, content: bytes) -> Published:
        """Read what `to_bytes` returned. Raises ValueError for anything else."""
        found = json.loads(content)
        if not isinstance(found, dict) or not all(isinstance(one, dict) for one in found.values()):
            raise ValueError("this is no copy of the Register")
        return cls(found)


@dataclass(frozen=True)
class TypedLetter:
    """A cell of the Register in which something else stands than was published.

    :param key: of its row; ``row``: the number that people see.
    :param text: what stands there; ``letter``: if it is one of the vocabulary.
    :param was: the letter published; None where that is not known any more.
    """

    key: str
    row: int
    session: str
    text: str
    letter: str | None
    was: str | None


def typed_letters(
    grid: Grid | None, published: Published | None, sessions: Mapping[str, str]
) -> Iterator[TypedLetter]:
    """Yield the cells that differ from what was published. Sessions by their UUID."""
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
                yield TypedLetter(key, line.row, session, text, letter, was)
