"""Whose row is it: identifiers first, then breakout rows, then guests by their name.

The rules of counting (docs/counting.md) say why. Rows are those of `participants`, in order of
joining, times in seconds since 1970.
"""

from __future__ import annotations

import pandas as pd

from include.attendance.fields import ACCOUNT
from include.attendance.handover import handed_over
from include.attendance.overlaps import TOLERANCE, guests_of_a_name, that_fit

NAMESAKES = "several namesakes"
BESIDE = "beside a namesake"
UNCERTAIN = "uncertain"
NAMELESS = "no name"


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
    rows.loc[handed.index, "person"] = handed["owner"].astype("int64")
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
    return rows[["registrant_id", "account", "email_key"]].notna().any(axis=1)


def by_identifier(rows: pd.DataFrame) -> pd.Series:
    """A label for each row, the same for rows that share identifiers, directly or through others.

    Zoom's `user_id` is not among them: it identifies a connection. The lowest label spreads over
    each identifier and each person; the label of the label as well, or a chain would take as many
    rounds as it has links.
    """
    links = _identifiers(rows)
    links["person"] = links["row"]
    while True:
        lowest = links.groupby("identifier")["person"].transform("min")
        label = lowest.groupby(links["person"]).min()
        if (label == label.index).all():
            break
        links["person"] = links["person"].map(label.map(label))
    person = links.drop_duplicates("row").set_index("row")["person"]
    return person.reindex(rows.index).fillna(rows.index.to_series()).astype("int64")


def _identifiers(rows: pd.DataFrame) -> pd.DataFrame:
    """Links (row, identifier): each identifier that a row shows, as a number."""
    newer, older = (rows[field] for field in ACCOUNT)
    kinds = [  # the two ids of the account are one kind: either field against either
        ("registrant", rows["registrant_id"]),
        ("account", newer),
        ("account", older[older != newer]),
        ("e-mail", rows["email_key"]),
    ]
    links = pd.concat(
        pd.DataFrame({"row": texts.index, "kind": kind, "code": texts.cat.codes})
        for kind, texts in kinds
    )
    links = links[links["code"] >= 0].reset_index(drop=True)
    return links[["row"]].assign(identifier=links.groupby(["kind", "code"]).ngroup())


def _by_name(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows known by a name only, with the identified `owner` of that name.

    `owner` is the label of the one identified person who used it, missing when nobody did or
    several did; the latter is `several_owners`.
    """
    columns = ["person", "name_code", "joined", "left", "core", "breakout"]
    unknown = rows.loc[~rows["identified"] & rows["name_key"].notna(), columns]
    used = rows["identified"] & rows["name_code"].isin(unknown["name_code"])
    owners = rows[used].groupby("name_code")["person"].agg(["min", "max"])
    owners = owners.astype("float64").reindex(unknown["name_code"]).set_axis(unknown.index)
    lowest, highest = owners["min"], owners["max"]
    return unknown.assign(
        owner=lowest.where(lowest == highest), several_owners=lowest.notna() & (lowest != highest)
    )


def _fitting(parties: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """Of these rows, those of parties that as a whole fit the rows of the owner of their name."""
    parties = parties[parties["owner"].notna()]
    if parties.empty:
        return parties
    theirs = rows[rows["identified"] & rows["person"].isin(parties["owner"])]
    return parties[that_fit(parties, theirs.assign(owner=theirs["person"]))]
