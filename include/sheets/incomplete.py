"""What a reader is told of a session that was published although Zoom's rows do not add up.

The staged record tells of each file how many ``rows`` came, and, where Zoom ``said`` another
number, that number.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

FEWER = "Somebody may be missing here, or shown with too little time."
MORE = "Somebody may be shown here twice, or with too much time."


@dataclass(frozen=True)
class Difference:
    """One instance whose rows do not add up; `part` tells which, if the session has several."""

    said: int
    delivered: int
    part: str

    @property
    def numbers(self) -> str:
        return f"{self.said} rows{self.part} but delivered {self.delivered}"

    @property
    def kind(self) -> str:
        return "rows missing" if self.delivered < self.said else "too many rows"


def differences(session: Mapping[str, Any]) -> list[Difference]:
    """Return the instances of a staged record whose rows do not add up, in their order."""
    files = session["files"]
    return [
        Difference(file["said"], file["rows"], _part(number, len(files)))
        for number, file in enumerate(files, start=1)
        if "said" in file
    ]


def banner(found: list[Difference]) -> tuple[str, str]:
    """Return a cry of one word and what is missing, for differences of which there is one."""
    kinds = {one.kind for one in found}
    meaning = [FEWER] * ("rows missing" in kinds) + [MORE] * ("too many rows" in kinds)
    cry = "INCOMPLETE" if FEWER in meaning else "UNCERTAIN"
    numbers = ", and ".join(one.numbers for one in found)
    return cry, " ".join([f"Zoom says {numbers}.", *meaning])


def _part(number: int, parts: int) -> str:
    return f" in part {number} of {parts}" if parts > 1 else ""
