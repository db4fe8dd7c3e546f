"""The rules of counting, written down slowly: every row against every other, second by second.

Knows nothing of the product. A session is given as groups of rows that share no name and no
identifier, so that many small sessions can be counted in one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from itertools import combinations
from typing import NamedTuple

Sent = dict[str, str]
Groups = list[list[Sent]]

KINDS = (
    "several namesakes",
    "beside a namesake",
    "uncertain",
    "no name",
    "two names at once",
    "one name, two accounts",
    "perhaps renamed",
    "never admitted",
)


class SlowRow(NamedTuple):
    """A participant row; times in seconds since 1970, None where there is none."""

    join: int | None
    leave: int | None
    name: str
    account: str
    email: str
    identifiers: frozenset[tuple[str, str]]
    breakout: bool
    waiting: bool
    as_sent: tuple[str, ...]

    @property
    def key(self) -> str:
        return key_of(self.name)


@dataclass(eq=False)
class SlowPerson:
    rows: list[SlowRow]
    identified: bool = False
    label: str = ""

    def sorted_rows(self) -> list[SlowRow]:
        return sorted(self.rows, key=_order)


class SlowLine(NamedTuple):
    """A doubt: its kind, the people, and what the text must say."""

    kind: str
    people: list[SlowPerson]
    says: tuple[str, ...] = ()


@dataclass
class SlowCount:
    """What all groups add up to; `table` and `review` are as the product's, without the words."""

    people: list[SlowPerson] = field(default_factory=list)
    nameless: list[SlowPerson] = field(default_factory=list)
    lines: list[SlowLine] = field(default_factory=list)


def slow_count(groups: Groups, end: int, window: tuple[int, int]) -> tuple[list, list]:
    """The table (id, name, e-mail, seconds, join, leave) and the review (kind, names, says)."""
    met, waited = SlowCount(), SlowCount()
    for sent in groups:
        rows = _delivered_once(_row(one, end) for one in sent)
        fine = [row for row in rows if _is_fine(row)]
        _identify([row for row in fine if not row.waiting], met)
        _wait([row for row in fine if row.waiting], rows, waited)
    if met.nameless:
        number = "1 row " if len(met.nameless) == 1 else f"{len(met.nameless)} rows "
        met.lines.append(SlowLine("no name", met.nameless, (number,)))
    table = _table(met.people, window)
    _table(waited.people, (0, 1 << 40))
    lines = [*_in_order(met), *_in_order(waited)]
    review = [(one.kind, tuple(who.label for who in one.people), one.says) for one in lines]
    return table, review


def slow_rejected(groups: Groups, end: int) -> int:
    """How many rows cannot be counted."""
    rows = (row for sent in groups for row in _delivered_once(_row(one, end) for one in sent))
    return sum(not _is_fine(row) for row in rows)


# Rows.


def _row(sent: Sent, end: int) -> SlowRow:
    ids = {name: sent[name].strip() for name in ("participant_user_id", "id", "registrant_id")}
    email = sent["user_email"].strip()
    identifiers = {
        ("registrant", ids["registrant_id"]),
        ("account", ids["participant_user_id"]),
        ("account", ids["id"]),
        ("e-mail", email.casefold()),
    }
    return SlowRow(
        join=_seconds(sent["join_time"]),
        leave=end if not sent["leave_time"] else _seconds(sent["leave_time"]),
        name=sent["name"].replace("#", ",") if key_of(sent["name"]) else "",
        account=ids["participant_user_id"] or ids["id"],
        email=email,
        identifiers=frozenset(one for one in identifiers if one[1]),
        breakout=sent["bo_mtg_id"] != "",
        waiting=sent["status"] == "in_waiting_room",
        as_sent=tuple(
            sent[name] for name in ("user_id", "join_time", "leave_time", "id", "registrant_id")
        ),
    )


def _seconds(text: str) -> int | None:
    return int(datetime.fromisoformat(text).timestamp()) if text.endswith("Z") else None


@cache
def key_of(name: str) -> str:
    folded = unicodedata.normalize("NFKC", name).casefold().replace("#", ",")
    visible = (letter for letter in folded if unicodedata.category(letter) != "Cf")
    return " ".join("".join(visible).split())


def _is_fine(row: SlowRow) -> bool:
    return row.join is not None and row.leave is not None and row.leave >= row.join


def _order(row: SlowRow) -> tuple:
    *_, one_id, registrant = row.as_sent
    texts = (row.name, row.account, row.email, one_id.strip(), registrant.strip())
    times = ((time is None, time or 0) for time in (row.join, row.leave))
    return *times, *((text == "", text) for text in texts), row.breakout


def _delivered_once(rows: Iterable[SlowRow]) -> list[SlowRow]:
    kept: dict[tuple, SlowRow] = {}
    for number, row in enumerate(sorted(rows, key=_order)):
        user_id, join, leave, *_ = row.as_sent
        kept.setdefault((user_id, join, leave, row.waiting) if user_id else (number,), row)
    return list(kept.values())


def _clash(one: SlowRow, other: SlowRow) -> bool:
    """More than 120 seconds of both: a lost connection may time out late."""
    return min(one.leave, other.leave) - max(one.join, other.join) > 120


def _fits(rows: Iterable[SlowRow], others: list[SlowRow]) -> bool:
    return not any(_clash(one, other) for one in rows for other in others)


# Identity.


def _identify(rows: list[SlowRow], count: SlowCount) -> None:
    known = _sharing([SlowPerson([row], True) for row in rows if row.identifiers])
    own = {id(one): list(one.rows) for one in known}
    owners = {
        row.key: [one for one in known if any(his.key == row.key for his in own[id(one)])]
        for row in rows
    }
    unknown = [row for row in rows if not row.identifiers and row.key]
    for row in list(unknown):
        if len(owners[row.key]) == 1 and _handed_over(row, owners[row.key][0], own):
            owners[row.key][0].rows.append(row)
            unknown.remove(row)
    guests, uncertain = _guests(unknown)
    apart = []
    for guest in guests:
        mine = owners[guest.rows[0].key]
        if len(mine) == 1 and _fits(guest.rows, mine[0].rows):
            mine[0].rows += guest.rows
        else:
            apart.append(guest)
    nameless = [SlowPerson([row]) for row in rows if not row.identifiers and not row.key]
    people = [*known, *apart]
    count.people += [*people, *nameless]
    count.nameless += nameless
    several = [one for one in apart if len(owners[one.rows[0].key]) > 1]
    beside = [one for one in apart if len(owners[one.rows[0].key]) == 1]
    count.lines += [
        *_by_name("several namesakes", [row for one in several for row in one.rows], people),
        *_by_name("beside a namesake", [row for one in beside for row in one.rows], people),
        *_by_name("uncertain", uncertain, people),
        *_two_names(known),
        *_two_accounts(known, owners),
        *_renamed(apart),
    ]


def _sharing(people: list[SlowPerson]) -> list[SlowPerson]:
    """Join two people who share an identifier until no two do."""
    for one, other in combinations(people, 2):
        if any(a.identifiers & b.identifiers for a in one.rows for b in other.rows):
            rest = [person for person in people if person is not one and person is not other]
            return _sharing([SlowPerson(one.rows + other.rows, True), *rest])
    return people


def _handed_over(row: SlowRow, owner: SlowPerson, own: dict[int, list[SlowRow]]) -> bool:
    beside = any(
        (row.breakout or his.breakout)
        and (abs(row.join - his.leave) <= 30 or abs(his.join - row.leave) <= 30)
        for his in own[id(owner)]
    )
    return beside and _fits([row], owner.rows)


def _guests(rows: list[SlowRow]) -> tuple[list[SlowPerson], list[SlowRow]]:
    """The guests in order of joining; the rows that fit several before them or several after."""
    guests, uncertain = _followers(rows)
    _, also = _followers(sorted(rows, key=lambda row: (-row.leave, -row.join)))
    either = {id(row) for row in uncertain + also}
    return guests, [row for row in rows if id(row) in either]


def _followers(rows: list[SlowRow]) -> tuple[list[SlowPerson], list[SlowRow]]:
    """Each row goes to the last of the guests of its name whom it fits."""
    guests: list[SlowPerson] = []
    several = []
    backwards = rows != sorted(rows, key=_order)
    for row in rows:
        same = [one for one in guests if one.rows[0].key == row.key]
        fitting = [one for one in same if _fits([row], one.rows)]
        if len(fitting) > 1:
            several.append(row)
        if not fitting:
            guests.append(SlowPerson([row]))
        else:
            max(fitting, key=lambda one: (_last(one, backwards), guests.index(one))).rows.append(
                row
            )
    return guests, several


def _last(one: SlowPerson, backwards: bool) -> int:
    return max(-row.join if backwards else row.leave for row in one.rows)


# Doubts.


def _by_name(kind: str, rows: list[SlowRow], people: list[SlowPerson]) -> Iterator[SlowLine]:
    for key in {row.key for row in rows}:
        mine = [row for row in rows if row.key == key]
        who = [one for one in people if any(row is his for row in mine for his in one.rows)]
        number = "1 row " if len(mine) == 1 else f"{len(mine)} rows "
        yield SlowLine(kind, who, (number,))


def _two_names(known: list[SlowPerson]) -> Iterator[SlowLine]:
    for one in known:
        named = [row for row in one.sorted_rows() if row.key]
        if any(_clash(a, b) for a, b in combinations(named, 2) if a.key != b.key):
            first = {row.key: row.name for row in reversed(named)}
            names = [f'"{first[key]}"' for key in dict.fromkeys(row.key for row in named)]
            yield SlowLine("two names at once", [one], (", ".join(names),))


def _two_accounts(
    known: list[SlowPerson], owners: dict[str, list[SlowPerson]]
) -> Iterator[SlowLine]:
    for key, people in owners.items():
        used = [[row for row in one.rows if row.key == key] for one in people]
        pairs = list(combinations(used, 2))
        after = any(not _clash(_span(one), _span(other)) for one, other in pairs)
        never_together = all(_fits(one, other) for one, other in pairs)
        if key and pairs and (after or never_together):
            yield SlowLine("one name, two accounts", people, (f"{len(people)} people",))


def _span(rows: list[SlowRow]) -> SlowRow:
    first, last = min(row.join for row in rows), max(row.leave for row in rows)
    return rows[0]._replace(join=first, leave=last)


def _renamed(guests: list[SlowPerson]) -> Iterator[SlowLine]:
    spans = {id(one): _span(one.rows) for one in guests}
    for one in guests:
        mine = spans[id(one)]
        words = _words(mine.key)
        near = [
            (abs(spans[id(other)].leave - mine.join), _shown_order(other), other)
            for other in guests
            if other is not one and _words(spans[id(other)].key)[0] in words
        ]
        if near and (closest := min(near, key=lambda it: it[:2]))[0] <= 60:
            yield SlowLine("perhaps renamed", [closest[2], one])


def _words(key: str) -> list[str]:
    return re.findall(r"\w+", key) or [key]


def _wait(rows: list[SlowRow], all_rows: list[SlowRow], count: SlowCount) -> None:
    """People of the waiting room who are not seen in the meeting."""
    found = SlowCount()
    _identify(rows, found)
    groups = _sharing([SlowPerson([row], True) for row in all_rows if row.identifiers])
    count.people += found.people
    for one in found.people:
        if not any(_admitted(row, groups, all_rows) for row in one.rows):
            seconds = len({at for row in one.rows for at in range(row.join, row.leave)})
            waited = f"{seconds // 60} min" if seconds >= 60 else "less than a minute"
            count.lines.append(SlowLine("never admitted", [one], (f"waited {waited},",)))


def _admitted(row: SlowRow, groups: list[SlowPerson], all_rows: list[SlowRow]) -> bool:
    for group in groups:
        if any(row is his for his in group.rows) and not all(his.waiting for his in group.rows):
            return True
    inside = [one for one in all_rows if not one.waiting and row.key and one.key == row.key]
    return any(not row.identifiers or not one.identifiers for one in inside)


# The table.


def _table(people: list[SlowPerson], window: tuple[int, int]) -> list[tuple]:
    people.sort(key=lambda one: (*_shown_order(one), _present(one, window)))
    taken = {_name(one) for one in people}
    bare: dict[str, int] = {}
    for one in people:
        name = one.label = _name(one)
        if not (_first_account(one) or _first_email(one)):
            key = key_of(name)
            bare[key] = bare.get(key, 0) + 1
            while bare[key] > 1 and (label := f"{name} ({bare[key]})") in taken:
                bare[key] += 1
            if bare[key] > 1:
                one.label = label
    return [
        (
            _first_account(one),
            one.label,
            _first_email(one),
            _present(one, window),
            _span(one.rows).join,
            _span(one.rows).leave,
        )
        for one in people
    ]


def _shown_order(one: SlowPerson) -> tuple:
    span = _span(one.rows)
    name = _name(one)
    ids = ((text != "", text) for text in (_first_account(one), _first_email(one)))
    seen = name != "(no name)"
    return seen, key_of(name), span.join, span.leave, *ids, name


def _present(one: SlowPerson, window: tuple[int, int]) -> int:
    first, last = window
    inside = ((max(row.join, first), min(row.leave, last)) for row in one.rows)
    return len({second for join, leave in inside for second in range(join, leave)})


def _name(one: SlowPerson) -> str:
    used: dict[str, set[int]] = {}
    for row in one.sorted_rows():
        if row.name:
            used.setdefault(row.name, set()).update(range(row.join, row.leave))
    return max(used, key=lambda name: len(used[name])) if used else "(no name)"


def _first_account(one: SlowPerson) -> str:
    return next((row.account for row in one.sorted_rows() if row.account), "")


def _first_email(one: SlowPerson) -> str:
    return next((row.email for row in one.sorted_rows() if row.email), "")


def _in_order(count: SlowCount) -> list[SlowLine]:
    """The lines by kind, then by the table; their people too, the renamed one after the other."""
    place = {id(one): number for number, one in enumerate(count.people)}

    def places(line: SlowLine) -> list[int]:
        return [place[id(one)] for one in line.people]

    def ordered(line: SlowLine) -> SlowLine:
        if line.kind == "perhaps renamed":
            return line
        return line._replace(people=sorted(line.people, key=lambda one: place[id(one)]))

    lines = [ordered(line) for line in count.lines]
    return sorted(lines, key=lambda line: (KINDS.index(line.kind), places(line)))
