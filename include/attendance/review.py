"""What a person should check: what was unclear, and what was done, in plain words.

Every doubt of the rules of counting (docs/counting.md) is a line here, whatever the order of rows.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator

import pandas as pd

from include.attendance.beside import fit_somebody
from include.attendance.identity import (
    BESIDE,
    NAMELESS,
    NAMESAKES,
    UNCERTAIN,
)
from include.attendance.overlaps import seconds_added
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
    rows: pd.DataFrame, doubts: dict[str, pd.Index], people: pd.DataFrame
) -> list[ReviewLine]:
    """The lines for rows with their person, doubts of `identify`, and the table's people.

    In order of kind, then of the table.
    """
    places = pd.Series(range(len(people)), people.index)
    rows = rows[["person", "identified", "name", "name_key", "name_code", "joined", "left", "core"]]
    rows = rows.assign(place=rows["person"].map(places))
    shown = people["name"].tolist()
    lines = [line for kind, index in doubts.items() for line in _doubtful(kind, rows.loc[index])]
    known = rows[rows["identified"] & rows["name_key"].notna()]
    guests = rows[~rows["identified"] & rows["name_key"].notna()]
    lines += [*_unnamed(rows), *_two_names(known), *_two_accounts(known)]
    lines += sorted(_renamed(guests, shown))
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
    for name, place in zip(rows["name_key"].astype("str").fillna(""), rows["place"], strict=True):
        of_name[name].append(place)
    found = sorted((sorted(set(places)), len(places)) for places in of_name.values())
    number = ("1 row" if count == 1 else f"{count} rows" for _, count in found)
    return [
        (kind, places, _TEXTS[kind].format(rows=rows))
        for (places, _), rows in zip(found, number, strict=True)
    ]


def _unnamed(rows: pd.DataFrame) -> Iterator[_Line]:
    """One line for the identified people who show no name."""
    named = rows[rows["identified"]].groupby("place")["name_code"].max() >= 0
    if places := named.index[~named].tolist():
        people = "1 person" if len(places) == 1 else f"{len(places)} people"
        yield UNNAMED, places, _TEXTS[UNNAMED].format(people=people)


def _two_names(rows: pd.DataFrame) -> list[_Line]:
    """A line for each identified person who was there under two names at the same time."""
    names = _shared(rows, "person", "name_code")
    if names.empty:
        return []
    found = _together(rows[rows["person"].isin(names["person"])], "person", "name_code")
    names = names[names["person"].isin(found)]
    used = defaultdict(list)
    for place, name in zip(names["place"], names["name"], strict=True):
        used[place].append(f'"{name}"')
    return [
        (TWO_NAMES, [place], _TEXTS[TWO_NAMES].format(names=", ".join(of_person)))
        for place, of_person in sorted(used.items())
    ]


def _two_accounts(rows: pd.DataFrame) -> list[_Line]:
    """A line for each name of several identified people, two of whom came one after the other."""
    rows = rows[rows["name_code"].isin(_shared(rows, "name_code", "person")["name_code"])]
    if rows.empty:
        return []
    people = rows.assign(group=rows["name_code"], who=rows["person"])
    found = people[people["group"].isin(fit_somebody(people, people)["group"])]
    places = found.groupby("group")["place"].unique().map(sorted)
    return [
        (TWO_ACCOUNTS, used, _TEXTS[TWO_ACCOUNTS].format(people=len(used)))
        for used in sorted(places)
    ]


def _shared(rows: pd.DataFrame, one: str, other: str) -> pd.DataFrame:
    """The first row of each pair of the two columns, where one goes with several of the other."""
    pairs = rows.drop_duplicates([one, other])
    return pairs[pairs[one].duplicated(keep=False)]


def _together(rows: pd.DataFrame, one: str, other: str) -> pd.Series:
    """The values of one column under which rows clash that differ in the other."""
    both = rows.groupby([one, other]).ngroup()
    alone = seconds_added(rows["joined"], rows["core"], both)
    return rows[one][alone > seconds_added(rows["joined"], rows["core"], rows[one])]


def _renamed(rows: pd.DataFrame, shown: list[str]) -> Iterator[_Line]:
    """A line for each guest who began when another ended, under a name like theirs."""
    guests = rows.groupby("place").agg(
        name=("name_key", "first"), begins=("joined", "min"), ends=("left", "max")
    )
    ended: dict[str, list[tuple[int, int]]] = defaultdict(list)  # by the first word of the name
    for name, end, place in zip(guests["name"], guests["ends"], guests.index, strict=True):
        ended[_first_word(name)].append((end, place))
    ended = {word: _some_of_each_end(sorted(times)) for word, times in ended.items()}
    lengths = {len(word) for word in ended}
    for name, begin, place in zip(guests["name"], guests["begins"], guests.index, strict=True):
        words = ended.keys() & _parts(name, lengths)
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


def _parts(name: str, lengths: set[int]) -> set[str]:
    """All that a name contains, of these lengths."""
    return {name[at : at + length] for length in lengths for at in range(len(name) - length + 1)}


# Who ended at one time: those to be named, one more to tell that there are others, and oneself.
_ENOUGH = MOST_NAMED + 2


def _some_of_each_end(ended: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The first who ended at each time."""
    return [one for at, one in enumerate(ended) if at < _ENOUGH or one[0] != ended[at - _ENOUGH][0]]


def _nearest(ended: list[tuple[int, int]], begin: int, place: int) -> list[tuple[int, int]]:
    """The other guests who ended nearest before and after, as (seconds between, place)."""
    at = bisect_left(ended, (begin, -1))
    around = ended[max(at - _ENOUGH, 0) : at + _ENOUGH]
    near = [(abs(end - begin), other) for end, other in around if other != place]
    return [one for one in near if one[0] <= RENAMED_WITHIN]


def _minutes(seconds: int) -> str:
    return f"{seconds // 60} min" if seconds >= 60 else "less than a minute"
