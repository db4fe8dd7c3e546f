"""Rows linked by what they share: two rows with one account or one e-mail, and so on from there."""

from __future__ import annotations

import numpy as np

from include.attendance.coded import EMPTY, Coded

NOBODY = -1


def linked(*columns: Coded) -> np.ndarray:
    """A number for each row, equal for rows that share a value in a column, directly or through
    other rows; NOBODY where all columns are empty."""
    sizes = [len(column.values) for column in columns]
    tokens = [
        np.where(column.codes == EMPTY, NOBODY, column.codes.astype(np.int64) + below)
        for column, below in zip(columns, np.cumsum([0, *sizes]), strict=False)
    ]
    top = np.max(tokens, axis=0)
    pairs = [(mine[also], top[also]) for mine in tokens for also in [(mine >= 0) & (mine < top)]]
    left, right = (np.concatenate(side) for side in zip(*pairs, strict=True))
    return np.append(_components(sum(sizes), left, right), NOBODY)[top]


def _components(count: int, left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """The lowest member of each node's connected component, for edges left[i] - right[i]."""
    root = np.arange(count)
    while True:
        left, right = root[left], root[right]
        low, high = np.minimum(left, right), np.maximum(left, right)
        apart = low < high
        if not apart.any():
            return root
        left, right = low[apart], high[apart]
        np.minimum.at(root, right, left)
        while (further := root[root]).tobytes() != root.tobytes():
            root = further
