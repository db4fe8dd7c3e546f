"""What a person should check: what was unclear, what was done, and who was never admitted.

Every doubt of the rules of counting (docs/counting.md) is a line here, whatever the order of rows.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping

import pandas as pd

from include.attendance.identity import (
    BESIDE,
    NAMELESS,
    NAMESAKES,
    UNCERTAIN,
    by_identifier,
    identified,
)
from include.attendance.overlaps import fit_somebody, seconds_added
from include.attendance.results import ReviewLine

TWO_NAMES = "two names at once"
TWO_ACCOUNTS = "one name, two accounts"
RENAMED = "perhaps renamed"
UNNAMED = "account without a name"
NEVER_ADMITTED = "never admitted"

RENAMED_WITHIN = 60  # seconds between the end of one guest's rows and the beginning of another's
MOST_NAMED = 3  # guests in one line who ended as near as each other

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


_Line = tuple[str, list[int], str]  # its kind, places in the table, text


def review_lines(
    rows: pd.DataFrame, doubts: dict[str, pd.Index], shown: list[str]
) -> list[ReviewLine]:
    """The lines for rows whose `person` is a place in the table, and doubts of `identify`.

    In order of kind, then of the table; shown are the names of the table.
    """
    rows = rows[["person", "identified", "name", "name_key", "name_code", "joined", "left", "core"]]
    doubtful = {kind: rows.loc[index] for kind, index in doubts.items() if len(index)}
    lines = [line for kind, unsure in doubtful.items() for line in _doubtful(kind, unsure)]
    named = rows["name_code"] >= 0
    known = rows[rows["identified"] & named]
    lines += _unnamed(rows[rows["identified"]])
    used = known.drop_duplicates(["person", "name_code"])
    lines += [*_two_names(known, used), *_two_accounts(known, used)]
    lines += sorted(_renamed(rows[~rows["identified"] & named], shown))
    return [ReviewLine(kind, tuple(shown[place] for place in at), text) for kind, at, text in lines]


def never_admitted(people: pd.DataFrame) -> list[ReviewLine]:
    """A line for each of these people of the waiting room."""
    text = _TEXTS[NEVER_ADMITTED]
    return [
        ReviewLine(NEVER_ADMITTED, (name,), text.format(minutes=_minutes(seconds)))
        for name, seconds in zip(people["name"], people["seconds"], strict=True)
    ]


def _doubtful(kind: str, rows: pd.DataFrame) -> list[_Line]:
    """A line for each name."""
    of_name = defaultdict(list)
    for name, place in zip(rows["name_key"].astype("str").fillna(""), rows["person"], strict=True):
        of_name[name].append(place)
    found = sorted((sorted(set(places)), len(places)) for places in of_name.values())
    number = ("1 row" if count == 1 else f"{count} rows" for _, count in found)
    return [
        (kind, places, _TEXTS[kind].format(rows=rows))
        for (places, _), rows in zip(found, number, strict=True)
    ]


def _unnamed(rows: pd.DataFrame) -> Iterator[_Line]:
    """One line for the identified people who show no name."""
    named = rows["person"].isin(rows["person"][rows["name_code"] >= 0])
    if places := sorted(rows["person"][~named].unique().tolist()):
        people = "1 person" if len(places) == 1 else f"{len(places)} people"
        yield UNNAMED, places, _TEXTS[UNNAMED].format(people=people)


def _two_names(rows: pd.DataFrame, used: pd.DataFrame) -> list[_Line]:
    """A line for each identified person who was there under two names at the same time."""
    used = used[used["person"].duplicated(keep=False)]
    if used.empty:
        return []
    found = _together(rows[rows["person"].isin(used["person"])], "person", "name_code")
    used = used[used["person"].isin(found)]
    names = defaultdict(list)
    for place, name in zip(used["person"], used["name"], strict=True):
        names[place].append(f'"{name}"')
    return [
        (TWO_NAMES, [place], _TEXTS[TWO_NAMES].format(names=", ".join(of_person)))
        for place, of_person in sorted(names.items())
    ]


def _two_accounts(rows: pd.DataFrame, used: pd.DataFrame) -> list[_Line]:
    """A line for each name of several identified people, two of whom came one after the other."""
    shared = used["name_code"][used["name_code"].duplicated()]
    rows = rows[rows["name_code"].isin(shared)]
    if rows.empty:
        return []
    people = rows.assign(group=rows["name_code"], who=rows["person"])
    found = people[people["group"].isin(fit_somebody(people, people)["group"])]
    places = found.groupby("group")["person"].unique().map(sorted)
    return [
        (TWO_ACCOUNTS, used, _TEXTS[TWO_ACCOUNTS].format(people=len(used)))
        for used in sorted(places)
    ]


def _together(rows: pd.DataFrame, one: str, other: str) -> pd.Series:
    """The values of one column under which rows clash that differ in the other."""
    both = rows.groupby([one, other], sort=False).ngroup()
    alone = seconds_added(rows["joined"], rows["core"], both)
    return rows[one][alone > seconds_added(rows["joined"], rows["core"], rows[one])]


def _renamed(rows: pd.DataFrame, shown: list[str]) -> Iterator[_Line]:
    """A line for each guest who began when another ended, under a name like theirs."""
    guests = rows.drop_duplicates("person")
    ends = rows.groupby("person", sort=False)["left"].max()
    keys = guests["name_key"].tolist()
    ended: dict[str, list[tuple[int, int]]] = defaultdict(list)  # by the first word of the name
    for name, end, place in zip(keys, ends, guests["person"], strict=True):
        ended[_first_word(name)].append((end, place))
    ended = {word: _some_of_each_end(sorted(times)) for word, times in ended.items()}
    lengths = defaultdict(set)
    for word in ended:
        lengths[word[0]].add(len(word))
    for name, begin, place in zip(keys, guests["joined"], guests["person"], strict=True):
        words = {part for part in _parts(name, lengths) if part in ended}
        near = sorted(one for word in words for one in _nearest(ended[word], begin, place))
        if near:
            others = [other for apart, other in near if apart == near[0][0]]
            names = {"name": f'"{shown[place]}"', "other": _one_of([shown[at] for at in others])}
            yield RENAMED, [*others[:MOST_NAMED], place], _TEXTS[RENAMED].format(**names)


def _one_of(names: list[str]) -> str:
    quoted = [f'"{name}"' for name in names[:MOST_NAMED]]
    *first, last = [*quoted, "others"] if len(names) > MOST_NAMED else quoted
    return f"{', '.join(first)} or {last}" if first else last


def _first_word(name: str) -> str:
    word = re.search(r"\w+", name)
    return word[0] if word else name


def _parts(name: str, lengths: Mapping[str, set[int]]) -> Iterator[str]:
    """All that a name contains, of the lengths that go with its first character."""
    for at, first in enumerate(name):
        for length in lengths.get(first, ()):
            yield name[at : at + length]


# Who ended at one time: those to be named, one more to tell that there are others, and oneself.
_ENOUGH = MOST_NAMED + 2


def _some_of_each_end(ended: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The first who ended at each time."""
    return [one for at, one in enumerate(ended) if at < _ENOUGH or one[0] != ended[at - _ENOUGH][0]]


def _nearest(ended: list[tuple[int, int]], begin: int, place: int) -> list[tuple[int, int]]:
    """The other guests who ended nearest before and after, as (seconds between, place)."""
    at = bisect_left(ended, (begin, -1))
    around = ended[max(at - _ENOUGH, 0) : at + _ENOUGH]
    return [
        (abs(end - begin), other)
        for end, other in around
        if other != place and abs(end - begin) <= RENAMED_WITHIN
    ]


def _minutes(seconds: int) -> str:
    return f"{seconds // 60} min" if seconds >= 60 else "less than a minute"


def admitted(waiting: pd.DataFrame, inside: pd.DataFrame, sent: pd.DataFrame) -> set[int]:
    """The `person` of waiting rows who are seen inside, by an identifier or by name.

    By name, where one of the two rows shows a name only, and none of their waiting rows clashes
    with a row of that person. waiting and inside are rows of `identify`; of `sent`, all rows, those
    that cannot be counted have no times: they admit by name.
    """
    person = by_identifier(sent)
    seen = waiting["person"][person.isin(person[~sent["waiting"]])[waiting.index]]
    uncounted = sent[~sent["waiting"] & ~sent.index.isin(inside.index)]
    asked, offered = _asked(waiting[~waiting["person"].isin(seen)]), _offered(inside)
    offered = offered[offered["group"].isin(asked["group"])]
    found = asked["who"][asked["group"].isin(_offered(uncounted)["group"])]
    if len(offered):
        mine, theirs = _with_times(asked, waiting), _with_times(offered, inside)
        found = pd.concat([found, fit_somebody(mine, theirs)["who"]])
    return {*seen, *found}


def _asked(rows: pd.DataFrame) -> pd.DataFrame:
    """By which `group` of a name each `who` may be admitted: if identified, by bare rows only."""
    return _groups(rows, identified(rows))


def _offered(rows: pd.DataFrame) -> pd.DataFrame:
    """In which groups the rows may admit somebody; the bare ones are in both of their name."""
    bare = rows[~identified(rows)]
    both = [_groups(rows, pd.Series(False, rows.index)), _groups(bare, ~identified(bare))]
    return pd.concat(both).drop_duplicates()


def _groups(rows: pd.DataFrame, by_bare: pd.Series) -> pd.DataFrame:
    codes = rows["name_key"].cat.codes.astype("int64")
    groups = pd.DataFrame({"group": 2 * codes + by_bare, "who": rows.get("person", -1)})
    return groups[codes >= 0].drop_duplicates()


def _with_times(groups: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    times = rows[["person", "joined", "core"]].rename(columns={"person": "who"})
    return groups.merge(times, on="who")
