"""Whose row is it: identifiers first, then breakout rows, then guests by their name.

The rules of counting (docs/counting.md) say why. Rows are those of `participants`, in order of
joining, times in seconds since 1970.
"""

from __future__ import annotations

import pandas as pd

from include.attendance.handover import handed_over
from include.attendance.overlaps import TOLERANCE, guests_of_a_name, that_fit

NAMESAKES = "several namesakes"
BESIDE = "beside a namesake"
UNCERTAIN = "uncertain"
NAMELESS = "no name"

_SHOWN = ["registrant_id", "account", "email_key"]


def identify(rows: pd.DataFrame) -> tuple[pd.DataFrame, dict[str, pd.Index]]:
    """The rows with their `person` (int64), and the index of the rows of each kind of doubt.

    Adds `identified` (bool: the person shows an identifier), `name_code` (int: a number for each
    name_key) and `core` (int64: where the row ends when the tolerance is left off). Rows whose
    identifiers differ are never joined by a name.
    """
    known = identified(rows)
    rows = rows.assign(
        person=by_identifier(rows),
        identified=known,
        name_code=rows["name_key"].cat.codes,
        core=rows["left"] - TOLERANCE,
    )
    unknown = _by_name(rows)
    handed = handed_over(unknown, rows)
    rows.loc[handed.index, "person"] = handed["owner"]
    rows.loc[handed.index, "identified"] = True
    guests = guests_of_a_name(unknown.drop(handed.index))
    joined = _fitting(guests, rows)
    rows.loc[guests.index, "person"] = guests["party"]
    rows.loc[joined.index, "person"] = joined["owner"].astype("int64")
    rows.loc[joined.index, "identified"] = True
    apart = guests.drop(joined.index)
    return rows, {
        NAMESAKES: apart.index[apart["several_owners"]],
        BESIDE: apart.index[apart["owner"].notna()],
        UNCERTAIN: guests.index[guests["several_guests"]],
        NAMELESS: rows.index[~known & rows["name_key"].isna()],
    }


def identified(rows: pd.DataFrame) -> pd.Series:
    """Mask of the rows that show an identifier."""
    return rows[_SHOWN].notna().any(axis=1)


def by_identifier(rows: pd.DataFrame) -> pd.Series:
    """A label for each row, the same for rows that share identifiers, directly or through others.

    Zoom's `user_id` is not among them: it identifies a connection. The lowest label spreads over
    each identifier, then over each person; the label of the label as well, or a chain would take
    as many rounds as it has links.
    """
    links = pd.DataFrame({field: rows[field].cat.codes for field in _SHOWN})
    if len(other := rows["other_account"].cat.codes[rows["other_account"].notna()]):
        # A row of two accounts is there twice.
        links = pd.concat([links, links.loc[other.index].assign(account=other)])
        links["row"] = links.index
    person = _lowest(links.index.to_series(), links)
    while not (lowest := _lowest(person, links)).equals(person):
        label = lowest.groupby(person).min()
        person = person.map(label.map(label))
    return person[: len(rows)]


def _lowest(person: pd.Series, links: pd.DataFrame) -> pd.Series:
    """The lowest label of those who share an identifier, one kind after the other."""
    for kind in links:
        codes = links[kind]
        lowest = person.groupby(codes, sort=False).transform("min")
        person = lowest.where(codes >= 0, person)
    return person


def _by_name(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows known by a name only, with the identified `owner` of that name.

    `owner` is the label of the one identified person who used it, missing when nobody did or
    several did; the latter is `several_owners`.
    """
    columns = ["person", "name_code", "joined", "left", "core", "breakout"]
    unknown = rows.loc[~rows["identified"] & rows["name_key"].notna(), columns]
    used = rows["identified"] & rows["name_code"].isin(unknown["name_code"])
    people = rows.loc[used, ["name_code", "person"]].groupby("name_code")["person"]
    owners = people.agg(["min", "max"]).astype("float64")
    owners = owners.reindex(unknown["name_code"]).set_axis(unknown.index)
    lowest, highest = owners["min"], owners["max"]
    return unknown.assign(
        owner=lowest.where(lowest == highest), several_owners=lowest.notna() & (lowest != highest)
    )


def _fitting(parties: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """Of these rows, those of parties that as a whole fit the rows of the owner of their name."""
    parties = parties[parties["owner"].notna()]
    if parties.empty:
        return parties
    used = rows["identified"] & rows["person"].isin(parties["owner"])
    theirs = rows.loc[used, ["person", "joined", "core"]].rename(columns={"person": "owner"})
    return parties[that_fit(parties, theirs)]
