"""Whose row is it: identifiers first, then breakout rows, then guests by their name.

The rules of counting (docs/counting.md) say why. Rows are those of `participants`, in order of
joining, times in seconds since 1970.
"""

from __future__ import annotations

import pandas as pd

from include.attendance.handover import handed_over
from include.attendance.overlaps import TOLERANCE, fit_namesake, guests_of_a_name

NAMESAKES = "several namesakes"
BESIDE = "beside a namesake"
UNCERTAIN = "uncertain"
NAMELESS = "no name"

_IDENTIFIERS = ["registrant", "account", "email_key"]

_TIMES = ["joined", "left", "end_less_tolerance", "breakout"]


def identify(rows: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the rows with their `person`, and the doubtful ones among them (see `_doubts`).

    Rows whose identifiers differ are never joined by a name. Columns added:

    - person (int64): the same number for all rows of a person
    - identified (bool): the row shows an identifier
    - person_identified (bool): a row of its person does
    - name_code (int): a number for each name_key; -1 where there is no name
    - end_less_tolerance (int64): `left`, less the overlap that is no clash
    """
    identified = shows_identifier(rows)
    rows = rows.assign(
        person=by_identifier(rows),
        identified=identified,
        person_identified=identified,
        name_code=rows["name_key"].cat.codes,
        end_less_tolerance=rows["left"] - TOLERANCE,
    )
    unknown = _known_by_name(rows)
    asking = unknown[unknown["namesake"].notna()]
    handed = handed_over(asking, _of_namesakes(rows, asking))
    _give_to_namesake(rows, handed)
    guests = guests_of_a_name(unknown.drop(handed.index))
    rows.loc[guests.index, "person"] = guests["guest"]
    joined = _guests_that_fit(guests, rows)
    _give_to_namesake(rows, joined)
    return rows, _doubts(rows, guests, guests.drop(joined.index))


def _give_to_namesake(rows: pd.DataFrame, given: pd.DataFrame) -> None:
    """Make the given rows their namesake's."""
    rows.loc[given.index, "person"] = given["namesake"].astype("int64")
    rows.loc[given.index, "person_identified"] = True


def _doubts(rows: pd.DataFrame, guests: pd.DataFrame, apart: pd.DataFrame) -> pd.DataFrame:
    """Return the `kind` (str) of each doubt, indexed by its row; a row may have two.

    To let the review say more of the rows (how long two overlap, say), add a column here.
    """
    rows_of_kind = {
        NAMESAKES: apart[apart["several_namesakes"]],
        BESIDE: apart[apart["namesake"].notna()],
        UNCERTAIN: guests[guests["several_guests"]],
        NAMELESS: rows[~rows["identified"] & rows["name_key"].isna()],
    }
    return pd.concat(
        pd.DataFrame({"kind": kind}, doubtful.index) for kind, doubtful in rows_of_kind.items()
    )


def shows_identifier(rows: pd.DataFrame) -> pd.Series:
    """Return the mask of the rows that show an identifier."""
    return rows[_IDENTIFIERS].notna().any(axis=1)


def by_identifier(rows: pd.DataFrame) -> pd.Series:
    """Return a number for each row, the same for rows linked by identifiers, also through others.

    Zoom's `user_id` is not among the identifiers: it is that of a connection. The lowest number
    spreads over each identifier, then over each person, then over the person that has this number:
    otherwise a chain would take as many rounds as it has links.
    """
    links = pd.DataFrame({field: rows[field].cat.codes for field in _IDENTIFIERS})
    if len(other := rows["other_account"].cat.codes[rows["other_account"].notna()]):
        # A row of two accounts is there twice.
        links = pd.concat([links, links.loc[other.index].assign(account=other)])
        links["row"] = links.index
    person = _lowest(links.index.to_series(), links)
    while not (lowest := _lowest(person, links)).equals(person):
        number = lowest.groupby(person).min()
        person = person.map(number.map(number))
    return person[: len(rows)]


def _lowest(person: pd.Series, links: pd.DataFrame) -> pd.Series:
    """Return the lowest number of those who share an identifier, one kind after the other."""
    for kind in links:
        codes = links[kind]
        lowest = person.groupby(codes, sort=False).transform("min")
        person = lowest.where(codes >= 0, person)
    return person


def _known_by_name(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows known by a name only, with `namesake` and `several_namesakes`.

    `namesake` (float) is the `person` of the one identified person who used the name. It is missing
    if nobody did or if several did (`several_namesakes`).
    """
    by_name = ~rows["identified"] & rows["name_key"].notna()
    unknown = rows.loc[by_name, ["person", "name_code", *_TIMES]]
    used = rows["identified"] & rows["name_code"].isin(unknown["name_code"])
    people = rows.loc[used, ["name_code", "person"]].groupby("name_code")["person"]
    people_of_name = people.agg(["min", "max"]).astype("float64")
    people_of_name = people_of_name.reindex(unknown["name_code"]).set_axis(unknown.index)
    lowest, highest = people_of_name["min"], people_of_name["max"]
    return unknown.assign(
        namesake=lowest.where(lowest == highest),
        several_namesakes=lowest.notna() & (lowest != highest),
    )


def _guests_that_fit(guests: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of guests who as a whole fit the rows of their namesake."""
    guests = guests[guests["namesake"].notna()]
    if guests.empty:
        return guests
    return guests[fit_namesake(guests, _of_namesakes(rows, guests))]


def _of_namesakes(rows: pd.DataFrame, asking: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of the namesakes of the asking rows; `namesake` is their person."""
    used = rows["person_identified"] & rows["person"].isin(asking["namesake"])
    return rows.loc[used, ["person", *_TIMES]].rename(columns={"person": "namesake"})
