"""The names people are shown by, and the order they are shown in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import count

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from include.attendance.intervals import first_of_group
from include.attendance.names import name_keys

NO_NAME = "(no name)"


def longest_used(names: pa.ListArray) -> pa.Array:
    """The first name of each person's list, NO_NAME where it is empty."""
    offsets = names.offsets.to_numpy()
    begins = pa.array(offsets[:-1], mask=offsets[:-1] == offsets[1:])
    return pc.fill_null(names.values.field("name").take(begins), NO_NAME)


def rank(shown: pa.Array) -> np.ndarray:
    """The alphabetical place of each name, equal for names that compare as equal."""
    return pc.rank(name_keys(shown), tiebreaker="dense").to_numpy()


def numbered(shown: pa.Array, place: np.ndarray, nothing_else: np.ndarray) -> pa.Array:
    """Names in which people who show nothing else can be told apart: "iPhone", "iPhone (2)".

    The arrays are in table order, equal names (by their rank, `place`) in order of first join.
    A number is passed over when someone is really called that.
    """
    bare = np.flatnonzero(nothing_else)
    again = bare[~first_of_group(place[bare])]
    taken = set(shown.filter(pc.ends_with(shown, ")")).to_pylist())
    namesakes = zip(place[again].tolist(), shown.take(again).to_pylist(), strict=True)
    texts = pa.array(_numbered(namesakes, taken), pa.string())
    mask = np.zeros(len(shown), bool)
    mask[again] = True
    return pc.replace_with_mask(shown, mask, texts)


def _numbered(namesakes: Iterable[tuple[int, str]], taken: set[str]) -> Iterator[str]:
    numbers: dict[int, Iterator[int]] = defaultdict(lambda: count(2))
    for place, name in namesakes:
        labels = (f"{name} ({number})" for number in numbers[place])
        yield next(label for label in labels if label not in taken)
