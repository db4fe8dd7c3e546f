"""Lines for People: those that answers add, and everybody seen, as a first roster."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from include.roster.matching import Matching
from include.roster.names import full_name, proper_name
from include.roster.people import Member, member_id
from include.roster.persons import Sighting
from include.roster.table import Column, Row, Table

COLUMNS = (
    Column("name", "Name"),
    Column("classes", "Class"),
    Column("emails", "E-mails"),
    Column("from", "From"),
    Column("until", "Until"),
    Column("note", "Note"),
    Column("id", "Id", hidden=True),
)


@dataclass(frozen=True)
class PeopleEdits:
    """What the pipeline writes into People.

    :param ids: the hidden id for each row, by the number that people see, where it is new.
    :param lines: rows to append.
    """

    ids: Mapping[int, str]
    lines: Table


def people_lines(members: Iterable[Member]) -> Table:
    """Return lines for members who have none yet."""
    rows = (
        Row(one.id, (one.name, None, ", ".join(one.emails) or None, None, None, None, one.id))
        for one in members
    )
    return Table(COLUMNS, tuple(rows))


def everybody_seen(
    sightings: Sequence[Sighting], members: Sequence[Member], today: date
) -> list[Member]:
    """Return a member for each person whom no line of People is yet, in order of name.

    By identity or by name; devices and names that say nobody are left out. A guest who has the
    name of somebody with an identity is not listed beside them.
    """
    matches = Matching(sightings, members, ()).matches
    found: dict[str, list[Sighting]] = {}
    for one, match in zip(sightings, matches, strict=True):
        if match is None and one.fulls:
            key = one.identity or f"name:{full_name(one.name)}"
            found.setdefault(key, []).append(one)
    known = {full_name(all_[-1].name) for all_ in found.values() if all_[-1].identity}
    new = [
        _member(key, all_, today)
        for key, all_ in found.items()
        if all_[-1].identity or full_name(all_[-1].name) not in known
    ]
    return sorted(new, key=lambda one: (one.name.casefold(), one.id))


def _member(key: str, found: Sequence[Sighting], today: date) -> Member:
    emails = {email for one in found for email in one.seen.emails}
    name = proper_name(found[-1].name)
    return Member(member_id(today, f"fill:{key}"), None, name, emails=tuple(sorted(emails)))
