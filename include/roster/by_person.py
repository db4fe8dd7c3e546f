"""The Register without People: everybody seen, by person, and nobody ever absent."""

from __future__ import annotations

from collections.abc import Sequence

from include.attendance.participants import name_key
from include.attendance.seen import Stay
from include.roster.letters import Marks, letter_of_presence, presences
from include.roster.persons import Sighting, line_key
from include.roster.register import session_columns
from include.roster.table import Row, Table
from include.roster.words import CAME


def person_table(marks: Marks, sightings: Sequence[Sighting]) -> Table:
    """Return the Register with a row for each person: by identity, else by name.

    Cells are empty where somebody was not seen. Devices of one name share a row.
    """
    stays: list[tuple[int, str, Stay]] = []
    names: dict[str, str] = {}
    for one in sightings:
        key = _key(one)
        names[key] = one.name
        stays += [(marks.places[one.session], key, stay) for stay in one.seen.stays]
    letters: dict[str, list[str | None]] = {key: [None] * len(marks.records) for key in names}
    for (at, key), presence in presences(stays, [one.window for one in marks.records]).items():
        record = marks.records[at]
        letters[key][at] = letter_of_presence(presence, record.window, record.rule)
    in_order = sorted(names.items(), key=lambda one: (one[1].casefold(), one[0]))
    rows = tuple(_row(marks, key, name, letters[key]) for key, name in in_order)
    return Table(session_columns(marks), rows)


def _key(one: Sighting) -> str:
    return line_key("device", name_key(one.name) or "") if one.once else one.lines[0]


def _row(marks: Marks, key: str, name: str, letters: Sequence[str | None]) -> Row:
    seen = [on for one, on in zip(letters, marks.days, strict=True) if one]
    came = sum(one in CAME for one in letters)
    return Row(key, (key, name, *reversed(letters), f"{came} ×", None, max(seen)), "person")
