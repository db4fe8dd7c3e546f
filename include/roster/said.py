"""What the corrections say of each session: the last line of the narrowest kind counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from include.roster.corrections import Correction
from include.roster.words import CAME, COUNTABLE

CLASS_MET = COUNTABLE
"""Letters that say that the class met."""


class Said:
    """What people say of sessions: the last line of the narrowest kind counts."""

    def __init__(
        self,
        corrections: Sequence[Correction],
        sessions: Sequence[tuple[str, date]],
    ) -> None:
        """Take the corrections, and the UUID and the day of each session."""
        self.members: list[dict[str, str]] = [{} for _ in sessions]
        self.classes: list[dict[str | None, str]] = [{} for _ in sessions]
        self.unsure: list[list[Correction]] = [[] for _ in sessions]
        on = dict(sessions)
        for one in corrections:
            if one.session and one.first and {one.first, one.last} != {on.get(one.session)}:
                one = replace(one, session="")  # somebody has typed other days
            for at, (session, day) in enumerate(sessions):
                if one.covers(session, day):
                    self._add(one, at)

    def _add(self, one: Correction, at: int) -> None:
        if not one.readable or one.letter is None:
            self.unsure[at].append(one)
        elif one.member:
            if not (one.is_apology and self.members[at].get(one.member) in CAME):
                self.members[at][one.member] = one.letter
        else:
            self.classes[at][one.class_key] = one.letter

    def letters(self, at: int, member: str, class_key: str) -> tuple[str, str]:
        """Return what is said of a member, and of the class or everybody; "" for nothing."""
        of_all = self.classes[at]
        return self.members[at].get(member, ""), of_all.get(class_key) or of_all.get(None, "")

    def met(self, at: int) -> set[str | None]:
        """Return the ids, classes and None (everybody) that a letter says met."""
        said = [*self.members[at].items(), *self.classes[at].items()]
        return {who for who, letter in said if letter in CLASS_MET}

    def is_unsure(self, at: int, member: str, class_key: str) -> bool:
        """Tell whether a line that cannot be read may speak of a member."""
        return any(_may_mean(one, member, class_key) for one in self.unsure[at])


def _may_mean(one: Correction, member: str, class_key: str) -> bool:
    if one.perhaps is not None:
        return not one.perhaps or member in one.perhaps
    return one.member == member if one.member else one.class_key in (None, class_key)
