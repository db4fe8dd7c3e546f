"""Names and e-mails that have stood in People beside a hidden id: before a marriage, say.

Those that stand there no longer only suggest: nobody was absent because of a new name.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from include.attendance.names import name_key
from include.roster.members.people import Member
from include.roster.published import InPeople, PublishedBook
from include.roster.spelling.names import full_name
from include.roster.vocabulary import ADD_TO_PEOPLE, ALL, NOT_A_PERSON, VISITOR

NAME, EMAIL = "name", "e-mail"

_CHOICES = ALL.union(word.casefold() for word in (VISITOR, NOT_A_PERSON, ADD_TO_PEOPLE))
"""What people choose in the place of a name."""


def with_former(members: Iterable[Member], published: PublishedBook | None) -> list[Member]:
    """Return the members with the names and e-mails that People had for them before."""
    return [_with_former(member, published) for member in members] if published else list(members)


def _with_former(member: Member, published: PublishedBook) -> Member:
    before = published.in_people.get(member.id, {})
    names = {text for text, kind in before.items() if kind == NAME} - {member.name}
    emails = {text for text, kind in before.items() if kind == EMAIL}.difference(member.emails)
    return replace(member, former_names=tuple(sorted(names)), former_emails=tuple(sorted(emails)))


def in_people(
    members: Iterable[Member],
    there: Collection[str],
    published: PublishedBook | None,
    mentioned: Iterable[str],
) -> InPeople:
    """Return which names and e-mails of People are to be kept.

    :param there: the ids in its lines, also in those that cannot be read.
    :param mentioned: texts in people's other tabs. Of people who have gone from People and are in
        none of these only the id is kept; but everything as long as nobody at all is in People.
    """
    before = published.in_people if published else {}
    said = {
        as_compared(text) or ""
        for text in mentioned
        if text.casefold() not in _CHOICES
        for as_compared in (name_key, full_name)
    }
    found = {
        id_: dict(texts)
        if id_ in there or not there or any(_is_in(text, said) for text in texts)
        else {}
        for id_, texts in before.items()
    }
    for member in members:
        now = {member.name: NAME} | dict.fromkeys(member.emails, EMAIL)
        found[member.id] = {**found.get(member.id, {}), **now}
    return found


def _is_in(name: str, texts: Iterable[str]) -> bool:
    """Whether a name stands in one of these texts, in whole words: "Vi" not in "Vivian"."""
    full = full_name(name)
    whole = re.compile(rf"(?<!\w){re.escape(full)}(?!\w)")
    return bool(full) and any(map(whole.search, texts))


def gone_from(members: Iterable[Member], published: PublishedBook | None) -> dict[str, str]:
    """Return the ids of those whose line has gone from People, by the full names they had."""
    there, before = {member.id for member in members}, published.in_people if published else {}
    return {
        full_name(text): id_
        for id_, texts in before.items()
        for text, kind in texts.items()
        if id_ not in there and kind == NAME
    }


def as_before(members: Sequence[Member]) -> list[Member]:
    """Return the members once more under each of their former names, with their former e-mails.

    Nobody if there are none.
    """
    former = [
        replace(member, name=name, emails=member.former_emails)
        for member in members
        for name in (member.former_names or ("",) * bool(member.former_emails))
    ]
    every = (*members, *former) if former else ()
    return [replace(member, former_names=(), former_emails=()) for member in every]
