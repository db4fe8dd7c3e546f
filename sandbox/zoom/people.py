"""Who is invited to each series: account members, registrants and guests, all invented."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from random import Random

from sandbox.zoom.names import ODD_GUESTS, invented_names
from sandbox.zoom.series import BIBLE_STUDY, Series
from sandbox.zoom.uuids import zoom_id

_MAIL_DOMAINS = ("example.org", "example.com", "example.net")


@dataclass(frozen=True)
class Person:
    """Somebody, and what the report can say of them: an account id only for account members."""

    key: str
    name: str
    account_id: str = ""
    email: str = ""
    registrant_id: str = ""

    @property
    def identified(self) -> bool:
        """True if rows of this person carry more than a name."""
        return bool(self.account_id or self.email or self.registrant_id)


def shares_name(person: Person) -> bool:
    """True for those whose name somebody else in the cast has too."""
    return person.name in ("iPhone", "Maria Garcia")


@lru_cache
def cast(series: Series) -> tuple[Person, ...]:
    """Everybody invited, the host (an account member) first; names differ except by intent."""
    rng = Random(series.number)
    names = invented_names(rng, series.people)
    people = tuple(_invited(series, rng, place, name) for place, name in enumerate(names))
    return people + _namesakes(series) + _odd_guests(series)


def _invited(series: Series, rng: Random, place: int, name: str) -> Person:
    key = f"{series.number}/{place}"
    if place == 0 or (not series.registration and place <= series.people // 2):
        return Person(key, name, account_id=zoom_id(key), email=_email(name, place))
    if series.registration and rng.random() < 0.95:
        return Person(key, name, email=_email(name, place), registrant_id=zoom_id(f"r{key}"))
    return Person(key, name, email=_email(name, place) if rng.random() < 0.25 else "")


def _email(name: str, place: int) -> str:
    latin = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    words = [word for word in latin.lower().replace("'", "").split() if word.isalpha()]
    return f"{'.'.join([*(words or ['member']), str(place)])}@{_MAIL_DOMAINS[place % 3]}"


def _namesakes(series: Series) -> tuple[Person, ...]:
    # Two account members of one name, and two guests whose telephones call themselves the same.
    if series != BIBLE_STUDY:
        return ()
    members = tuple(
        Person(key, "Maria Garcia", account_id=zoom_id(key), email=f"{key}@example.org")
        for key in ("maria.garcia", "mgarcia2")
    )
    return *members, Person("iphone/1", "iPhone"), Person("iphone/2", "iPhone")


def _odd_guests(series: Series) -> tuple[Person, ...]:
    names = {BIBLE_STUDY: ODD_GUESTS}.get(series, ODD_GUESTS[1:3])
    return tuple(Person(f"guest/{name}", name) for name in names)
