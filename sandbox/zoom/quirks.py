"""What happens to a person's connections: each quirk takes one visit and returns the changed one.

A quirk works on the longest connection (the last, where it concerns the end) and leaves a visit
alone that is too short for it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import Random

from sandbox.zoom.connections import Connection
from sandbox.zoom.uuids import zoom_id

Quirk = Callable[[list[Connection], Random], list[Connection]]


def rejoin(visit: list[Connection], rng: Random) -> list[Connection]:
    """Dropped, and back after 20 to 200 seconds."""
    return _cut(visit, rng, gap=rng.randint(20, 200))


def slow_timeout(visit: list[Connection], rng: Random) -> list[Connection]:
    """Back before Zoom noticed that the old connection was gone: the two overlap a little."""
    return _cut(visit, rng, gap=-rng.randint(10, 100))


def failover(visit: list[Connection], rng: Random) -> list[Connection]:
    """A server failover: the second row follows within three seconds and is flagged."""
    return _cut(visit, rng, gap=rng.randint(0, 3), failover=True)


def back_as_guest(visit: list[Connection], rng: Random) -> list[Connection]:
    """The second connection comes without signing in, under the same name."""
    return _cut(visit, rng, gap=rng.randint(20, 90), bare=True)


def rename(visit: list[Connection], rng: Random) -> list[Connection]:
    """Most of the time under another spelling than at first."""
    name = visit[0].name
    plainer = name.replace("#", ",") if "#" in name else f"{name} (they/them)"
    return _cut(visit, rng, gap=rng.randint(1, 5), name=plainer)


def second_device(visit: list[Connection], rng: Random) -> list[Connection]:
    """A tablet beside the computer, for the middle of the stay."""
    stay = max(visit, key=lambda stay: stay.seconds)
    join = stay.join + int(stay.seconds * rng.uniform(0.1, 0.3))
    leave = join + int(stay.seconds * rng.uniform(0.3, 0.6))
    tablet = rng.choice((stay.name, f"{stay.name} 2", f"{stay.name.split()[0]}'s iPad"))
    return [*visit, replace(stay, join=join, leave=leave, name=tablet)]


def still_connected(visit: list[Connection], rng: Random) -> list[Connection]:
    """Never left, as far as the report knows."""
    last = visit[-1]
    return [*visit[:-1], replace(last, leave=last.part.end, ended=False)]


def stuck_in_room(visit: list[Connection], rng: Random) -> list[Connection]:
    """Sent to a breakout room near the end; that row closes after the meeting did."""
    last = visit[-1]
    moved = last.part.end - 600
    if last.join > moved - 60:
        return visit
    late = last.part.end + rng.randint(60, 130)
    room = replace(last, join=moved, leave=late, room=room_id(last, 9))
    return [*visit[:-1], replace(last, leave=moved), room]


def backwards(visit: list[Connection], rng: Random) -> list[Connection]:
    """One more row, which claims to end before it began."""
    middle = visit[0].join + visit[0].seconds // 2
    return [*visit, replace(visit[0], join=middle, leave=middle - 40)]


def room_id(connection: Connection, room: int) -> str:
    """The id of a breakout room of the connection's instance."""
    return zoom_id(f"{connection.part.uuid}/{room}") + "=="


def _cut(visit: list[Connection], rng: Random, gap: int, **changes: object) -> list[Connection]:
    stay = max(visit, key=lambda stay: stay.seconds)
    if stay.seconds < 900:
        return visit
    cut = stay.join + int(stay.seconds * rng.uniform(0.2, 0.4))
    place = visit.index(stay)
    pieces = [replace(stay, leave=cut), replace(stay, join=cut + gap, **changes)]
    return visit[:place] + pieces + visit[place + 1 :]
