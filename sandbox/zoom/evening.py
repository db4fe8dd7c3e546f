"""Everybody's connections to one session, with the quirks that befell them."""

from __future__ import annotations

from random import Random

from sandbox.zoom import quirks
from sandbox.zoom.connections import Connection, host_visit, visit
from sandbox.zoom.people import Person, cast, shares_name
from sandbox.zoom.rooms import with_breakouts, with_waiting
from sandbox.zoom.schedule import Plan
from sandbox.zoom.series import BIBLE_STUDY

Visits = dict[Person, list[Connection]]


def connections(plan: Plan) -> list[Connection]:
    """Who was really there and how; the same for the same plan."""
    host, *invited = cast(plan.series)
    if plan.stray:
        return host_visit(host, plan)
    rng = plan.rng("stays")
    visits = {
        person: stays
        for person in invited
        if (rng.random() < 0.86 or shares_name(person)) and (stays := visit(person, plan, rng))
    }
    stays = [stay for stays in _with_quirks(visits, plan).values() for stay in stays]
    stays = list(with_waiting(with_breakouts(stays, plan), plan.rng("waiting")))
    return host_visit(host, plan) + stays


def _scripted(plan: Plan) -> list[tuple[quirks.Quirk, int, bool]]:
    # The quirk, how many people it befalls, and whether their rows carry more than a name.
    if plan.series.registration:
        many = plan.series.people
        return [
            (quirks.rejoin, many // 8, True),
            (quirks.second_device, many // 30, True),
            (quirks.rename, many // 40, True),
            (quirks.failover, 3, True),
        ]
    few = 1 + plan.series.people // 40
    return [
        (quirks.back_as_guest, 1, True),
        (quirks.second_device, few, True),
        (quirks.rename, few, True),
        (quirks.rejoin, 2 * few, True),
        (quirks.failover, 1, True),
        (quirks.still_connected, int(plan.age % 4 == 3), True),
        (quirks.stuck_in_room, int(plan.age % 4 == 1), True),
        (quirks.backwards, int(plan.age == 7 and plan.series == BIBLE_STUDY), True),
        (quirks.rejoin, few, False),
        (quirks.slow_timeout, 1, False),
        (quirks.rename, int(plan.age % 5 == 3), False),
    ]


def _with_quirks(visits: Visits, plan: Plan) -> Visits:
    rng = plan.rng("quirks")
    free = [person for person in visits if not shares_name(person)]
    rng.shuffle(free)
    changed = dict(visits)
    for quirk, count, identified in _scripted(plan):
        chosen = [person for person in free if person.identified is identified][:count]
        free = [person for person in free if person not in chosen]
        changed |= {person: quirk(visits[person], rng) for person in chosen}
    return changed | _calls_in(visits, plan, rng)


def _calls_in(visits: Visits, plan: Plan, rng: Random) -> Visits:
    # A namesake who comes back without signing in could be either of the two accounts.
    marias = [person for person in visits if person.name == "Maria Garcia"]
    if not marias or plan.age % 5 != 1:
        return {}
    return {marias[0]: quirks.back_as_guest(visits[marias[0]], rng)}
