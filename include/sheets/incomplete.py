"""What a reader is told of a session that was published although something of it is missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Missing = Literal["report", "durations", "end"]
"""Zoom has no report of an instance; durations 0 for everybody; does not tell when it ended."""

FEWER = "Somebody may be missing here, or shown with too little time."
MORE = "Somebody may be shown here twice, or with too much time."


@dataclass(frozen=True)
class Part:
    """One instance of the session.

    :param rows: participant rows that Zoom delivered.
    :param total_records: how many rows Zoom says there are, if it is another number.
    :param has_report: False for an instance of which Zoom makes no report: one participant alone.
    :param joins: how many connections Zoom counts besides, if they are more than the rows.
    :param missing: what never came, if somebody had the session published all the same.
    """

    rows: int
    total_records: int | None = None
    has_report: bool = True
    joins: int | None = None
    missing: Missing | None = None


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


MISSING: dict[Missing, tuple[str, str, str]] = {
    "report": ("report missing", "Zoom has no report{}.", " of part {} of {}"),
    "durations": (
        "durations missing",
        "Zoom's report shows duration 0 for everybody{}.",
        " in part {} of {}",
    ),
    "end": ("end unknown", "Zoom does not tell the end{}.", " of part {} of {}"),
}
"""Of each the first cell of its line, the sentence, and which part it is of."""


@dataclass(frozen=True)
class Gap:
    """Something that never came of an instance: the first cell of its line, and a sentence."""

    kind: str
    sentence: str


def gaps(parts: Sequence[Part]) -> list[Gap]:
    """Return what never came of the parts of a session, in their order."""
    found = []
    for number, part in enumerate(parts, start=1):
        if part.missing:
            kind, sentence, which = MISSING[part.missing]
            of_part = which.format(number, len(parts)) if len(parts) > 1 else ""
            found.append(Gap(kind, sentence.format(of_part)))
    return found


def fewer_than_joins(parts: Sequence[Part]) -> list[str]:
    """Return a sentence for each part with fewer rows than Zoom counts connections besides."""
    return [
        f"Zoom counts {part.joins} joins{_part(number, len(parts))} but its report has {part.rows} "
        "rows. They are published as they came."
        for number, part in enumerate(parts, start=1)
        if part.joins is not None
    ]


def differences(parts: Sequence[Part]) -> list[Difference]:
    """Return the parts of a session whose rows do not add up, in their order."""
    return [
        Difference(part.total_records, part.rows, _part(number, len(parts)))
        for number, part in enumerate(parts, start=1)
        if part.total_records is not None
    ]


def banner_of(wrong: Sequence[Difference], missing: Sequence[Gap] = ()) -> tuple[str, str]:
    """Return one word in capitals and what is missing, for one difference or gap, or more."""
    kinds = {difference.kind for difference in wrong}
    fewer = bool(missing) or "rows missing" in kinds
    sentences = [gap.sentence for gap in missing]
    if wrong:
        numbers = ", and ".join(difference.numbers for difference in wrong)
        sentences.insert(0, f"Zoom says {numbers}.")
    if fewer:
        sentences.append(FEWER)
    if "too many rows" in kinds:
        sentences.append(MORE)
    return "INCOMPLETE" if fewer else "UNCERTAIN", " ".join(sentences)


def _part(number: int, parts: int) -> str:
    return f" in part {number} of {parts}" if parts > 1 else ""
