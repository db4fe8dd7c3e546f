"""Since when somebody is in a class they have moved to: before that they are not missing there."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from include.roster.members.classes import WITHOUT
from include.roster.members.people import Member
from include.roster.published import PublishedBook

ALWAYS = ""
"""As long as they are a member."""

ClassesSince = Mapping[str, Mapping[str, str]]
"""By id and class the day on which the class first stood in the member's line, or ALWAYS."""


def classes_since(
    members: Collection[Member],
    classes: Collection[str],
    published: PublishedBook | None,
    today: date,
) -> ClassesSince:
    """Return since when each is in their classes; what was known of those who have gone, too.

    A class that nobody was in before is one renamed, and so is one that is there instead of
    another that is not: their members have always been in it.

    :param classes: keys of those there are.
    """
    before = published.classes_since if published else {}
    there = {key for known in before.values() for key in known}
    found = dict(before)
    for member in members:
        known = before.get(member.id, {})
        moved = not known.keys().isdisjoint({*classes} - {WITHOUT.key})
        days = {key: str(today) if moved and key in there else ALWAYS for key in member.classes}
        found[member.id] = {**days, **known}
    return found
