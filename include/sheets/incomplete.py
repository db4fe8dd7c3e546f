"""A session as it is reported, and what a reader is told if something of it is missing.

In these sentences an instance is a part of the session.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Missing = Literal["report", "durations", "end"]
"""Zoom has no report of an instance; durations 0 for everybody; does not tell when it ended."""

FEWER = "Somebody may be missing here, or shown with too little time."
MORE = "Somebody may be shown here twice, or with too much time."


@dataclass(frozen=True)
class ReportedInstance:
    """One instance of a session: what came of it, and what Zoom says there is.

    :param rows: participant rows that Zoom delivered.
    :param total_records: how many rows Zoom says there are, if it is another number.
    :param has_report: False for an instance of which Zoom makes no report: one participant alone.
    :param joins: how many connections Zoom counts besides, if they are more than the rows.
    :param missing: what never came, if somebody had the session published all the same.
    :param twice: rows that are among the others, too.
    """

    rows: int
    total_records: int | None = None
    has_report: bool = True
    joins: int | None = None
    missing: Missing | None = None
    twice: int = 0


@dataclass(frozen=True)
class ReportedSession:
    """How a session came together.

    :param label: what people call it: its class's local date; if it is not the day's first,
        its own with the time.
    :param start: ISO 8601 UTC.
    :param instances: those of Zoom, in their order.
    :param later: the UUIDs of its instances after the first. While Zoom did not list the first,
        the session was known by one of these.
    """

    uuid: str
    label: str
    start: str
    instances: tuple[ReportedInstance, ...]
    later: tuple[str, ...] = ()

    @property
    def banner(self) -> tuple[str, str] | None:
        """One word in capitals and what is missing, or too much; None if all is there.

        Somebody had it published all the same.
        """
        wrong, missing = differences(self.instances), gaps(self.instances)
        return banner_of(wrong, missing) if wrong or missing else None

    @property
    def missing(self) -> tuple[str, ...]:
        """What is missing, or too much, in sentences."""
        return self.banner[1:] if self.banner else ()


@dataclass(frozen=True)
class Difference:
    """One instance whose rows do not add up; `in_part` tells which, if the session has several."""

    total_records: int
    delivered: int
    in_part: str

    @property
    def numbers(self) -> str:
        """Both numbers, in the words of a sentence that begins with "Zoom says"."""
        return f"{self.total_records} rows{self.in_part} but delivered {self.delivered}"

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


def gaps(instances: Sequence[ReportedInstance]) -> list[Gap]:
    """Return what never came of the instances of a session, in their order."""
    found = []
    for number, instance in enumerate(instances, start=1):
        if instance.missing:
            kind, sentence, which = MISSING[instance.missing]
            of_part = which.format(number, len(instances)) if len(instances) > 1 else ""
            found.append(Gap(kind, sentence.format(of_part)))
    return found


def fewer_than_joins(instances: Sequence[ReportedInstance]) -> list[str]:
    """Return a sentence for each instance with fewer rows than Zoom counts connections besides."""
    return [
        f"Zoom counts {instance.joins} joins{_in_part(number, len(instances))} but its report has "
        f"{instance.rows - instance.twice} {'different ' if instance.twice else ''}rows. They are "
        "published as they came."
        for number, instance in enumerate(instances, start=1)
        if instance.joins is not None
    ]


def differences(instances: Sequence[ReportedInstance]) -> list[Difference]:
    """Return the instances of a session whose rows do not add up, in their order."""
    return [
        Difference(instance.total_records, instance.rows, _in_part(number, len(instances)))
        for number, instance in enumerate(instances, start=1)
        if instance.total_records is not None
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


def _in_part(number: int, count: int) -> str:
    return f" in part {number} of {count}" if count > 1 else ""
