"""What the corrections say of each session: the last line of the narrowest kind counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from include.roster.marking.corrections import Correction
from include.roster.vocabulary import COUNTABLE

CLASS_MET = COUNTABLE
"""Letters that say that the class met."""


class SessionCorrections:
    """Looks up what the corrections say of a session, by its place in the records."""

    def __init__(
        self,
        corrections: Sequence[Correction],
        sessions: Sequence[tuple[str, date]],
    ) -> None:
        """Take the corrections, and the UUID and the day of each session."""
        self.members: list[dict[str, Correction]] = [{} for _ in sessions]
        self.classes: list[dict[str | None, str]] = [{} for _ in sessions]
        self.unsure: list[list[Correction]] = [[] for _ in sessions]
        on = dict(sessions)
        for line in corrections:
            if line.session and line.first and {line.first, line.last} != {on.get(line.session)}:
                line = replace(line, session="")  # somebody has typed other days
            for at, (session, day) in enumerate(sessions):
                if line.covers(session, day):
                    self._add(line, at)

    def _add(self, line: Correction, at: int) -> None:
        if not line.readable or line.letter is None:
            self.unsure[at].append(line)
        elif line.member:
            if not line.yields_to(self.members[at].get(line.member)):
                self.members[at][line.member] = line
        else:
            self.classes[at][line.class_key] = line.letter

    def letters(self, at: int, member: str, class_key: str) -> tuple[str, str]:
        """Return the letter of a member, and that of the class or of everybody; "" for none."""
        own, of_all = self.members[at].get(member), self.classes[at]
        return (own and own.letter) or "", of_all.get(class_key) or of_all.get(None, "")

    def met(self, at: int) -> set[str | None]:
        """Return the ids, classes and None (everybody) that a letter says met."""
        own = ((member, line.letter) for member, line in self.members[at].items())
        given = [*own, *self.classes[at].items()]
        return {who for who, letter in given if letter in CLASS_MET}

    def is_unsure(self, at: int, member: str, class_key: str) -> bool:
        """Tell whether a line that cannot be read may speak of a member."""
        return any(_may_mean(line, member, class_key) for line in self.unsure[at])


def _may_mean(line: Correction, member: str, class_key: str) -> bool:
    if line.perhaps is not None:
        return not line.perhaps or member in line.perhaps
    return line.member == member if line.member else line.class_key in (None, class_key)
