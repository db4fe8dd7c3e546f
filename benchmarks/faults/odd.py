"""What the random cases have in common: how many, and JSON values of any kind."""

from __future__ import annotations

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

CASES = 50_000
"""Of each kind, at least."""

TEXT = st.text(st.characters(exclude_categories=()), max_size=12)
"""With what is no valid text, too: half an emoji."""

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXT,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(TEXT, inner, max_size=2),
    max_leaves=3,
)

VALUE = (
    st.sampled_from([None, "", " ", True, False, 0, -1, 0.5, float("nan"), float("inf"), 10**400])
    | st.sampled_from(
        [[], {}, [None], {"a": []}, "a@b", "A@B", "#", "\u200b", "iPhone", "Ann, Lee"]
    )
    | st.integers(-9, 99)
    | TEXT
)
"""The same, drawn quickly: a row has ten of them."""


def tries(cases: int) -> settings:
    """So many cases, others each time, however long one takes."""
    return settings(
        max_examples=cases,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        print_blob=True,
    )
