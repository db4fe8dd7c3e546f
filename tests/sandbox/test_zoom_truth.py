"""What really happened, against the rows where the rows are beyond doubt."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime

import pytest

from sandbox.zoom import World
from sandbox.zoom.instance import Instance
from sandbox.zoom.series import BIBLE_STUDY, EVENING_CLASS, TOWN_HALL
from sandbox.zoom.session import Session
from tests.sandbox.zoom_client import invented_world

BIBLE = BIBLE_STUDY.number


@pytest.fixture(scope="module")
def world() -> World:
    return invented_world()


def aged(world: World, number: int, age: int) -> Session:
    found = (one for one in world.sessions(number) if one.plan.age == age and not one.plan.stray)
    return next(found)


def seconds(instance: Instance, rows: list[dict]) -> int:
    """The union of the rows' times within their instance, by sweeping over them."""
    total, until = 0, instance.start
    for row in sorted(rows, key=lambda row: row["join_time"]):
        join = max(datetime.fromisoformat(row["join_time"]), until)
        leave = datetime.fromisoformat(row["leave_time"]) if "leave_time" in row else instance.end
        total += max(0, int((min(leave, instance.end) - join).total_seconds()))
        until = max(until, min(leave, instance.end))
    return total


def test_people_with_one_name_and_an_email_on_every_row(world):
    for number in (BIBLE, TOWN_HALL.number, EVENING_CLASS.number):
        for age in (0, 1, 3, 7):
            session = aged(world, number, age)
            expected = beyond_doubt(session)
            assert len(expected) > 5, session.plan
            assert {name: session.truth[name] for name in expected} == expected, session.plan


def beyond_doubt(session: Session) -> dict[str, int]:
    """Seconds of those who used one name and one e-mail, which nobody else used."""
    (instance,) = session.instances
    mails, names, rows = defaultdict(set), defaultdict(set), defaultdict(list)
    for row in instance.rows:
        mails[row["name"]].add(row["user_email"])
        names[row["user_email"]].add(row["name"])
        if row.get("status") != "in_waiting_room":
            rows[row["name"]].append(row)
    sure = {name for name, own in mails.items() if len(own) == 1 and "" not in own}
    alone = {name for name in sure & session.truth.keys() if names[min(mails[name])] == {name}}
    return {name: seconds(instance, rows[name]) for name in alone}


def test_host_of_a_restarted_evening_was_away_during_the_gap(world):
    session = aged(world, BIBLE, 4)
    first, second = session.instances
    gap = (second.start - first.end).total_seconds()
    assert 240 <= gap <= 600
    assert session.truth[first.host.name] == (second.end - first.start).total_seconds() - gap


def test_people_of_one_name_are_told_apart_where_the_rows_allow_it(world):
    newest = aged(world, BIBLE, 0)
    (instance,) = newest.instances
    rows = [row for row in instance.rows if row["name"] == "iPhone"]
    each = sorted(seconds(instance, [row]) for row in rows)
    assert each == sorted([newest.truth["iPhone"], newest.truth["iPhone (2)"]])
    assert {"Maria Garcia", "Maria Garcia (2)"} <= newest.truth.keys()
    assert "Maria Garcia" in aged(world, BIBLE, 1).uncertain
    restarted = aged(world, BIBLE, 4)
    assert "iPhone" in restarted.uncertain
    assert not any(label.startswith("iPhone") for label in restarted.truth)
    shorter, longer = sorted(aged(world, BIBLE, 3).uncertain, key=len)
    assert longer == f"{shorter} (they/them)"


def test_nobody_is_present_longer_than_the_session(world):
    for number in world.series:
        for session in world.sessions(number)[-12:]:
            length = session.plan.end - session.plan.start
            assert all(0 < present <= length for present in session.truth.values()), session.plan
            assert not session.truth.keys() & session.uncertain, session.plan
    (stray,) = (one for one in world.sessions(BIBLE)[-12:] if one.plan.stray)
    assert (stray.truth, stray.uncertain) == ({stray.instances[0].host.name: 60}, set())
