"""What a person should check: what was unclear, what was done, and who was never admitted.

Every doubt of the rules of counting (docs/counting.md) is a line here, whatever the order of rows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

import pandas as pd

from include.attendance.identity import (
    BESIDE,
    NAMELESS,
    NAMESAKES,
    UNCERTAIN,
    by_identifier,
    shows_identifier,
)
from include.attendance.overlaps import fit_somebody, seconds_added
from include.attendance.renamed import MOST_NAMED, perhaps_renamed
from include.attendance.results import ReviewLine

TWO_NAMES = "two names at once"
TWO_ACCOUNTS = "one name, two accounts"
RENAMED = "perhaps renamed"
UNNAMED = "account without a name"
NEVER_ADMITTED = "never admitted"

_TEXTS = {
    NAMESAKES: "{rows} without id or e-mail under a name that several identified people used:"
    " kept apart from them",
    BESIDE: "{rows} without id or e-mail while the identified person of that name was there:"
    " kept apart as somebody else",
    UNCERTAIN: "{rows} without id or e-mail fitted several people of that name:"
    " given to the one nearest in time",
    NAMELESS: "{rows} without name, id or e-mail: each kept as a person of its own",
    UNNAMED: "{people} known by id, e-mail or registration only: no row shows a name",
    TWO_NAMES: "one account, address or registrant under several names at the same time ({names}):"
    " counted as one, perhaps they are two people",
    TWO_ACCOUNTS: "{people} people with different ids or e-mails used this name one after the"
    " other: kept apart, perhaps they are one",
    RENAMED: "{name} began within a minute of the end of {other}: kept apart, perhaps the same"
    " person renamed",
    NEVER_ADMITTED: "waited {minutes}, never admitted",
}


_KINDS = list(_TEXTS)


class _Line(NamedTuple):
    """A line of the review; `rows` are row numbers of the table."""

    kind: str
    rows: list[int]
    text: str


def review_lines(rows: pd.DataFrame, doubts: pd.DataFrame, shown: list[str]) -> list[ReviewLine]:
    """Return the lines of a session, in order of kind, then of the table.

    :param rows, doubts: those of `identify`, but with `person` as row number of the table.
    :param shown: the names of the table.
    """
    named = rows["name_code"] >= 0
    known = rows[rows["person_identified"] & named]
    names = known.drop_duplicates(["person", "name_code"])
    lines = [
        *_doubtful(rows.join(doubts, how="inner")),
        *_unnamed(rows[rows["person_identified"]]),
        *_two_names(known, names),
        *_two_accounts(known, names),
        *_renamed(rows[~rows["person_identified"] & named], shown),
    ]
    lines.sort(key=lambda line: (_KINDS.index(line.kind), line.rows))
    return [ReviewLine(kind, tuple(shown[row] for row in at), text) for kind, at, text in lines]


def never_admitted(people: pd.DataFrame) -> list[ReviewLine]:
    """Return a line for each of these people of the waiting room."""
    text = _TEXTS[NEVER_ADMITTED]
    return [
        ReviewLine(NEVER_ADMITTED, (name,), text.format(minutes=_minutes(seconds)))
        for name, seconds in zip(people["name"], people["seconds"], strict=True)
    ]


def _doubtful(rows: pd.DataFrame) -> Iterator[_Line]:
    """Yield a line for each kind of doubt and name.

    To say more of the rows (how long two overlap, say), add a column to `doubts` and a measure
    here.
    """
    doubt = ["kind", "name_code"]
    people = rows[[*doubt, "person"]].drop_duplicates().groupby(doubt)["person"].agg(sorted)
    measures = rows.groupby(doubt).agg(count=("person", "size")).assign(people=people)
    for measured in measures.sort_values("count").reset_index().to_dict("records"):
        kind, number = measured["kind"], _number(measured["count"], "row", "rows")
        yield _Line(kind, measured["people"], _TEXTS[kind].format(rows=number))


def _unnamed(rows: pd.DataFrame) -> Iterator[_Line]:
    """Yield one line for the identified people who show no name."""
    named = rows["person"].isin(rows["person"][rows["name_code"] >= 0])
    if people := sorted(rows["person"][~named].unique().tolist()):
        number = _number(len(people), "person", "people")
        yield _Line(UNNAMED, people, _TEXTS[UNNAMED].format(people=number))


def _number(count: int, one: str, several: str) -> str:
    return f"1 {one}" if count == 1 else f"{count} {several}"


def _two_names(rows: pd.DataFrame, names: pd.DataFrame) -> Iterator[_Line]:
    """Yield a line for each identified person who was there under two names at the same time."""
    names = names[names["person"].duplicated(keep=False)]
    if names.empty:
        return
    found = _together(rows[rows["person"].isin(names["person"])], "person", "name_code")
    names = names[names["person"].isin(found)]
    quoted = defaultdict(list)
    for person, name in zip(names["person"], names["name"], strict=True):
        quoted[person].append(f'"{name}"')
    for person, of_person in quoted.items():
        yield _Line(TWO_NAMES, [person], _TEXTS[TWO_NAMES].format(names=", ".join(of_person)))


def _together(rows: pd.DataFrame, one: str, other: str) -> pd.Series:
    """Return the values of column `one` under which rows clash that differ in column `other`."""
    both = rows.groupby([one, other], sort=False).ngroup()
    start, end = rows["joined"], rows["end_less_tolerance"]
    return rows[one][seconds_added(start, end, both) > seconds_added(start, end, rows[one])]


def _two_accounts(rows: pd.DataFrame, names: pd.DataFrame) -> Iterator[_Line]:
    """Yield a line for each name of several identified people, two of whom never clash."""
    shared = names["name_code"][names["name_code"].duplicated()]
    rows = rows[rows["name_code"].isin(shared)]
    if rows.empty:
        return
    people = rows.assign(group=rows["name_code"], who=rows["person"])
    found = people[people["group"].isin(fit_somebody(people, people)["group"])]
    for of_name in found.groupby("group")["person"].unique():
        text = _TEXTS[TWO_ACCOUNTS].format(people=len(of_name))
        yield _Line(TWO_ACCOUNTS, sorted(of_name), text)


def _renamed(rows: pd.DataFrame, shown: list[str]) -> Iterator[_Line]:
    """Yield a line for each guest who began when another ended, under a name like theirs."""
    for guest, others in perhaps_renamed(rows):
        names = {"name": f'"{shown[guest]}"', "other": _one_of([shown[row] for row in others])}
        yield _Line(RENAMED, [*others[:MOST_NAMED], guest], _TEXTS[RENAMED].format(**names))


def _one_of(names: list[str]) -> str:
    quoted = [f'"{name}"' for name in names[:MOST_NAMED]]
    *first, last = [*quoted, "others"] if len(names) > MOST_NAMED else quoted
    return f"{', '.join(first)} or {last}" if first else last


def admitted(waiting: pd.DataFrame, inside: pd.DataFrame, sent: pd.DataFrame) -> set[int]:
    """Return the `person` of waiting rows who are seen inside, by an identifier or by name.

    By name, where one of the two rows shows a name only, and none of their waiting rows clashes
    with a row of that person. waiting and inside are rows of `identify`; of `sent`, all rows, those
    that cannot be counted have no times: they admit by name.
    """
    person = by_identifier(sent)
    by_id = waiting["person"][person.isin(person[~sent["waiting"]])[waiting.index]]
    uncounted = sent[~sent["waiting"] & ~sent.index.isin(inside.index)]
    asking, offered = _asking(waiting[~waiting["person"].isin(by_id)]), _offered(inside)
    offered = offered[offered["group"].isin(asking["group"])]
    by_name = asking["who"][asking["group"].isin(_offered(uncounted)["group"])]
    if len(offered):
        mine, theirs = _with_times(asking, waiting), _with_times(offered, inside)
        by_name = pd.concat([by_name, fit_somebody(mine, theirs)["who"]])
    return {*by_id, *by_name}


def _asking(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the groups that may admit each waiting person.

    An identified one is admitted only through a row without identifiers.
    """
    return _groups(rows, shows_identifier(rows))


def _offered(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the groups in which rows may admit somebody.

    Rows with identifiers are in one group of their name, those without in both.
    """
    bare = rows[~shows_identifier(rows)]
    every_row, bare_only = pd.Series(False, rows.index), pd.Series(True, bare.index)
    return pd.concat([_groups(rows, every_row), _groups(bare, bare_only)]).drop_duplicates()


def _groups(rows: pd.DataFrame, bare_only: pd.Series) -> pd.DataFrame:
    """Return the `group` of each row and `who` it is: each name has two groups.

    One is of all rows of the name, the other of its rows without identifiers.
    """
    codes = rows["name_key"].cat.codes.astype("int64")
    groups = pd.DataFrame({"group": 2 * codes + bare_only, "who": rows.get("person", -1)})
    return groups[codes >= 0].drop_duplicates()


def _with_times(groups: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    times = rows[["person", "joined", "end_less_tolerance"]].rename(columns={"person": "who"})
    return groups.merge(times, on="who")


def _minutes(seconds: int) -> str:
    return f"{seconds // 60} min" if seconds >= 60 else "less than a minute"
