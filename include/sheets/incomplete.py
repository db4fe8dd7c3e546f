"""What a reader is told of a session that was published although Zoom's rows do not add up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

FEWER = "Somebody may be missing here, or shown with too little time."
MORE = "Somebody may be shown here twice, or with too much time."


@dataclass(frozen=True)
class Part:
    """One instance of the session.

    :param rows: participant rows that Zoom delivered.
    :param total_records: how many rows Zoom says there are, if it is another number.
    :param has_report: False for an instance of which Zoom makes no report: one participant alone.
    """

    rows: int
    total_records: int | None = None
    has_report: bool = True


@dataclass(frozen=True)
class Difference:
    """One instance whose rows do not add up; `part` tells which, if the session has several."""

    total_records: int
    delivered: int
    part: str

    @property
    def numbers(self) -> str:
        """Both numbers, in the words of a sentence that begins with "Zoom says"."""
        return f"{self.total_records} rows{self.part} but delivered {self.delivered}"

    @property
    def kind(self) -> str:
        """The first cell of its line."""
        return "rows missing" if self.delivered < self.total_records else "too many rows"


def differences(parts: Sequence[Part]) -> list[Difference]:
    """Return the parts of a session whose rows do not add up, in their order."""
    return [
        Difference(part.total_records, part.rows, _part(number, len(parts)))
        for number, part in enumerate(parts, start=1)
        if part.total_records is not None
    ]


def banner(found: list[Difference]) -> tuple[str, str]:
    """Return one word in capitals and what is missing, for one difference or more."""
    kinds = {one.kind for one in found}
    meaning = [FEWER] * ("rows missing" in kinds) + [MORE] * ("too many rows" in kinds)
    word = "INCOMPLETE" if FEWER in meaning else "UNCERTAIN"
    numbers = ", and ".join(one.numbers for one in found)
    return word, " ".join([f"Zoom says {numbers}.", *meaning])


def _part(number: int, parts: int) -> str:
    return f" in part {number} of {parts}" if parts > 1 else ""
