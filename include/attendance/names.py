"""What names and e-mail addresses are compared by.

Distinct texts in, a key for each. Plain ASCII is done by the column, the rest one by one.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

import pyarrow as pa
import pyarrow.compute as pc

_NOT_PLAIN = r"[^ -~]|  |^ | $"  # beyond printable ASCII, or spaces to collapse or strip


def name_keys(names: pa.Array) -> pa.Array:
    """Display names without what does not tell people apart: NFKC, casefolded, spaces collapsed.

    Zoom's report can write the comma of a name as "#": it is read as the comma it was.
    """
    plain = pc.replace_substring(pc.ascii_lower(names), "#", ",")
    return _with_the_rest(plain, names, _name_key)


def email_keys(emails: pa.Array) -> pa.Array:
    """E-mail addresses, casefolded and stripped."""
    return _with_the_rest(pc.ascii_lower(emails), emails, _email_key)


def _name_key(name: str) -> str:
    folded = unicodedata.normalize("NFKC", name).casefold()
    return " ".join(folded.replace("#", ",").split())


def _email_key(email: str) -> str:
    return email.casefold().strip()


def _with_the_rest(plain: pa.Array, texts: pa.Array, key: Callable[[str], str]) -> pa.Array:
    rest = pc.match_substring_regex(texts, _NOT_PLAIN)
    keys = [key(text) for text in texts.filter(rest).to_pylist()]
    return pc.replace_with_mask(plain, rest, pa.array(keys, pa.string()))
