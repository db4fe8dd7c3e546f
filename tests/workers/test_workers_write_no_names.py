"""Names and secrets stay out of everything but the staged files and the sheets."""

from __future__ import annotations

import json
from collections.abc import Iterator

from sandbox.zoom import World
from tests.airflow_runs import finished
from tests.postgres import dump
from tests.workers.invented import NUMBERS
from tests.workers.kills import Killed
from tests.workers.settings import KEY
from tests.workers.stack import Stack

SECRETS = {"sandbox-secret", KEY}


def test_they_are_in_no_log_and_not_in_the_database(stack: Stack, killed: list[Killed]) -> None:
    for one in killed:
        assert finished(stack.airflow, one.dag_id, one.run_id)["state"] == "success"
    there = people(stack.sandbox.zoom.world, killed)
    assert found(there, b"".join(stack.servers.s3.read("staging/").values())) == there
    hidden = there | SECRETS | set(stack.sandbox.zoom.tokens)
    seen = {where: sorted(found(hidden, text))[:3] for where, text in everything_else(stack)}
    assert {where: names for where, names in seen.items() if names} == {}


def people(world: World, killed: list[Killed]) -> set[str]:
    """Names and addresses of everybody in the killed runs' sessions."""
    held = {(NUMBERS[one.dag_id], one.day) for one in killed}
    rows = [
        row
        for number, day in held
        for session in world.sessions(number)
        if str(session.plan.day) == day
        for instance in session.instances
        for row in instance.rows
    ]
    return {row[field] for row in rows for field in ("name", "user_email") if row[field]}


def found(hidden: set[str], text: bytes) -> set[str]:
    return {one for one in hidden if any(spelt.encode() in text for spelt in spellings(one))}


def spellings(name: str) -> set[str]:
    """A name as it is, and as JSON writes it."""
    return {name, json.dumps(name)[1:-1], json.dumps(name, ensure_ascii=False)[1:-1]}


def everything_else(stack: Stack) -> Iterator[tuple[str, bytes]]:
    yield "database", dump(stack.servers.postgres)
    yield from stack.servers.s3.read("logs/").items()
    for container in stack.containers.values():
        for log in [container.log, *container.home.rglob("*.log")]:
            yield str(log), log.read_bytes()
