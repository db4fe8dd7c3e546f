"""Breakout rooms and the waiting room, and how they split people's connections."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from random import Random

from sandbox.zoom import quirks
from sandbox.zoom.connections import Connection
from sandbox.zoom.people import Person, shares_name
from sandbox.zoom.schedule import Plan


def with_breakouts(stays: list[Connection], plan: Plan) -> list[Connection]:
    """Two rounds of breakout rooms: most people's time is split into main, room, main rows."""
    if not plan.series.breakouts:
        return stays
    rng = plan.rng("breakouts")
    length = plan.end - plan.start
    bounds = [plan.start + int(length * share) for share in (0.30, 0.45, 0.70, 0.85)]
    plain = {person for person in {s.person for s in stays} if _plain(person, stays)}
    for opens, closes in (bounds[:2], bounds[2:]):
        stays = [
            piece
            for stay in stays
            for piece in _moved(stay, opens, closes, rng, stay.person in plain)
        ]
    return stays


def _plain(person: Person, stays: list[Connection]) -> bool:
    # One device, one name that nobody else uses: only then can a row that lost its id be theirs.
    names = {stay.name for stay in stays if stay.person == person}
    parts = [stay.part for stay in stays if stay.person == person]
    return (
        bool(person.account_id)
        and len(names) == 1
        and len(parts) == len(set(parts))
        and not shares_name(person)
    )


def _moved(
    stay: Connection, opens: int, closes: int, rng: Random, plain: bool
) -> Iterator[Connection]:
    opens, closes = opens + rng.randint(0, 20), closes + rng.randint(0, 20)
    inside = stay.join < opens - 30 and closes + 30 < stay.leave
    if not inside or stay.room or stay.person.name == "iPhone" or rng.random() < 0.2:
        yield stay
        return
    room = quirks.room_id(stay, rng.randrange(6))
    bare = stay.bare or (plain and rng.random() < 0.25)
    yield replace(stay, leave=opens, ended=True)
    yield replace(
        stay, join=opens + rng.randint(0, 1), leave=closes, room=room, bare=bare, ended=True
    )
    yield replace(stay, join=closes + rng.randint(0, 1))


def with_waiting(stays: list[Connection], rng: Random) -> Iterator[Connection]:
    """A third of the people wait before their first connection, mostly for some seconds."""
    admitted: set[Person] = set()
    for stay in stays:
        wait = rng.choice((rng.randint(3, 14), rng.randint(3, 14), rng.randint(60, 240)))
        fits = stay.part.start <= stay.join - wait and stay.person not in admitted
        admitted.add(stay.person)
        if fits and stay.person.name != "iPhone" and rng.random() < 0.35:
            leave = stay.join - rng.randint(0, 1)
            yield replace(
                stay, join=stay.join - wait, leave=leave, waiting=True, room="", ended=True
            )
        yield stay
