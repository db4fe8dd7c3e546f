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


@pytest.mark.parametrize("age", [0, 1, 3, 7])
@pytest.mark.parametrize("number", [BIBLE, TOWN_HALL.number, EVENING_CLASS.number])
def test_people_with_one_name_and_an_email_on_every_row(world, number, age):
    session = aged(world, number, age)
    (instance,) = session.instances
    names, rows = defaultdict(set), defaultdict(list)
    for row in instance.rows:
        names[row["name"]].add(row["user_email"])
        if row.get("status") != "in_waiting_room":
            rows[row["name"]].append(row)
    sure = [name for name, mails in names.items() if len(mails) == 1 and "" not in mails]
    sure = [name for name in sure if name in session.truth]
    assert len(sure) > 5
    used = {
        mail: {row["name"] for row in instance.rows if row["user_email"] == mail}
        for name in sure
        for mail in names[name]
    }
    for name in sure:
        if used[next(iter(names[name]))] == {name}:
            assert session.truth[name] == seconds(instance, rows[name])


def test_host_of_a_restarted_evening_was_away_during_the_gap(world):
    session = aged(world, BIBLE, 4)
    first, second = session.instances
    gap = (second.start - first.end).total_seconds()
    assert 240 <= gap <= 600
    assert session.truth[first.host.name] == (second.end - first.start).total_seconds() - gap


def test_two_telephones_of_one_name_are_two_people(world):
    session = aged(world, BIBLE, 0)
    (instance,) = session.instances
    rows = [row for row in instance.rows if row["name"] == "iPhone"]
    each = sorted(seconds(instance, [row]) for row in rows)
    assert each == sorted([session.truth["iPhone"], session.truth["iPhone (2)"]])


def test_who_is_who_after_a_restart_cannot_be_said_of_telephones(world):
    session = aged(world, BIBLE, 4)
    assert "iPhone" in session.uncertain
    assert not any(label.startswith("iPhone") for label in session.truth)


def test_namesake_who_came_back_without_signing_in_is_uncertain(world):
    assert "Maria Garcia" in aged(world, BIBLE, 1).uncertain
    assert {"Maria Garcia", "Maria Garcia (2)"} <= aged(world, BIBLE, 0).truth.keys()


def test_guest_who_changed_name_is_uncertain(world):
    doubtful = aged(world, BIBLE, 3).uncertain
    assert len(doubtful) == 2
    shorter, longer = sorted(doubtful, key=len)
    assert longer == f"{shorter} (they/them)"


def test_nobody_is_present_longer_than_the_session(world):
    for number in world.series:
        for session in world.sessions(number)[-6:]:
            length = session.plan.end - session.plan.start
            assert all(0 < present <= length for present in session.truth.values())
            assert not session.truth.keys() & session.uncertain


def test_stray_click_is_a_session_of_its_own(world):
    (stray,) = (one for one in world.sessions(BIBLE)[-12:] if one.plan.stray)
    (instance,) = stray.instances
    assert world.truth(instance.uuid) == {instance.host.name: 60}
    assert world.uncertain(instance.uuid) == set()


def test_truth_is_known_by_the_first_uuid_only(world):
    session = aged(world, BIBLE, 4)
    assert world.truth(session.instances[0].uuid) == session.truth
    with pytest.raises(KeyError):
        world.truth(session.instances[1].uuid)
