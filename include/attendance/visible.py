"""What is to be seen of a text: names and identifiers are compared by that.

Standard library only: the steps that need no attendance import no pandas.
"""

from __future__ import annotations

import re
import unicodedata

# Unicode's blanks that are letters, marks or symbols: fillers, variation selectors, empty Braille.
_BLANKS = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)


def visible(text: str) -> str:
    """The text in NFKC without invisible characters; blanks stay."""
    if text.isascii() and text.isprintable():
        return text
    shown = unicodedata.normalize("NFKC", text)
    if not shown.isprintable():
        shown = "".join(one for one in shown if one.isspace() or not _is_invisible(one))
    return _BLANKS.sub("", shown)


def name_key(name: str) -> str | None:
    """What a name is compared by: NFKC, casefolded, no invisible characters, spaces collapsed.

    Zoom's report can write the comma of a name as "#": it is read as the comma it was. None for a
    name of which nothing is to be seen. The key of a key is the key itself.
    """
    key = _compared(name)
    # What an invisible character kept apart, and what folding made, may be normalised further.
    while not key.isascii() and key != (again := _compared(key)):
        key = again
    return key or None


def _compared(name: str) -> str:
    return " ".join(visible(name).casefold().replace("#", ",").split())


def _is_invisible(character: str) -> bool:
    return unicodedata.category(character) in {"Cc", "Cf"}
