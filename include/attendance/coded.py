"""A column of texts as codes: each distinct text is stored, and worked on, once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

EMPTY = -1


@dataclass(frozen=True)
class Coded:
    """Row i holds `values[codes[i]]`, or nothing where the code is EMPTY."""

    codes: np.ndarray
    values: pa.Array

    @classmethod
    def of(cls, texts: pa.Array | pa.ChunkedArray) -> Coded:
        """Encode texts; null, "" and mere spaces are nothing."""
        encoded = pc.dictionary_encode(texts)
        if isinstance(encoded, pa.ChunkedArray):
            encoded = encoded.combine_chunks()
        values = encoded.dictionary
        blank = pc.or_(pc.equal(values, ""), pc.utf8_is_space(values)).to_numpy(False)
        kept = np.append(np.where(blank, EMPTY, np.arange(len(values))), EMPTY)
        return cls(kept.astype(np.int32)[pc.fill_null(encoded.indices, EMPTY)], values)

    def __getitem__(self, rows: Any) -> Coded:
        """The same column for some of the rows: a mask, or positions."""
        return Coded(self.codes[rows], self.values)

    def lookup(self, per_value: np.ndarray, empty: Any) -> np.ndarray:
        """Something known of each distinct value, told of each row."""
        return np.append(per_value, np.array(empty, per_value.dtype))[self.codes]

    def keyed(self, keys: pa.Array) -> Coded:
        """The same rows under other names, one key for each of `values`."""
        inner = Coded.of(keys)
        return Coded(self.lookup(inner.codes, EMPTY), inner.values)

    def texts(self) -> pa.Array:
        """The text of each row, "" for nothing."""
        found = self.values.take(pa.array(self.codes, mask=self.codes == EMPTY))
        return pc.fill_null(found, "")
