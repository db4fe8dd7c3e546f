"""By what names are compared: of any text, the key of its key is the key itself."""

from __future__ import annotations

import unicodedata

from hypothesis import example, given, settings
from hypothesis import strategies as st

from include.attendance.names import name_key

# Letters that fold or compose to others, marks that do, and what is not to be seen between them.
ODD = st.sampled_from(
    [*"\u0640\u0345\u0301\u0308\u0323\u1100\u1161\u11a8\uff9e\u0338", "#", " "]
    + [*"\u200b\u2060\u034f\u3164", *"\u0130\u00df\u0149\u0390\u1fb3\u01f0\ufb01\uff71\u2153"]
)
TEXTS = st.text() | st.text(ODD | st.characters())
same_every_time = settings(max_examples=500, derandomize=True, deadline=None, database=None)


@same_every_time
@given(TEXTS)
@example("Mu\u200b\u0308ller")
@example("\u0345\u200b\u0301\u03b1")
def test_the_key_of_a_key_is_the_key(name: str) -> None:
    key = name_key(name)
    assert name_key(key or "") == key


@same_every_time
@given(TEXTS)
def test_however_a_name_is_composed_its_key_is_the_same(name: str) -> None:
    forms = ("NFC", "NFD", "NFKC", "NFKD")
    assert {name_key(unicodedata.normalize(form, name)) for form in forms} == {name_key(name)}
