"""Names as Zoom reports them: what they are compared by, and whether they are a device's.

Standard library only: the steps that need no attendance import no pandas.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from itertools import dropwhile, takewhile

FILLERS = "\u115f\u1160\u2800\u3164\uffa0"
"""Characters that Unicode calls letters or signs, and that look blank."""

# Besides fillers, marks that show nothing by themselves, such as variation selectors, and the
# Arabic line that only stretches a word.
_BLANKS = re.compile(
    f"[{FILLERS}\u0640\u034f\u17b4\u17b5\u180b-\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef]"
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

    Zoom's report can write the comma of a name as "#": it is read as a comma. None for a name with
    nothing visible in it. The key of a key is the key itself.
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


_MODELS = (
    "iphone|ipad|ipod|galaxy|android|pixel|samsung|huawei|oneplus|oppo|vivo|realme|redmi|xiaomi|"
    "motorola|moto|nokia|xperia|macbook|imac|chromebook|kindle|surface|zoom room|poly|lenovo|zte|"
    "phone|mobile|tablet|laptop|computer|pc"
)
_MORE = (
    r"pro|max|plus|mini|ultra|air|lite|note|tab|fold|flip|edge|nord|se|fe|xs|xr|prime|core|grand|"
    r"power|play|neo|duos|active|stylus|generation\)|[a-z]|\S*\d\S*"
)
_NOBODY = (
    r"zoom user|user|guest|gast|invit[eé]e?|invitado|participant|attendee|anonymous|unknown|host|"
    r"call[\s-]?in[\s-]user|caller|phone user"
)

_DEVICE = (
    rf"(?:(?:my |the |apple )?(?:{_MODELS})(?:[a-z]?\d\S*)?(?:[\s-]+(?:{_MODELS}|{_MORE}))*"
    rf"|(?:desktop|laptop|sm|lm|lg)-\w+"
    rf"|(?:{_NOBODY})(?:[\s_,-]*\d+)?"
    rf"|\+?[\d\s().*x•‐‑‒–-]*\d[\d\s().*x•‐‑‒–-]*)"
    r"(?:\s*\(\d+\))?"
)


@cache
def is_generic(name: str) -> bool:
    """Tell whether a name is a device's or nobody's, or empty.

    Zoom shows the name of the device when nobody has typed one. A telephone number is generic, also
    a masked one. "Ann's iPhone" is not: it names a person.
    """
    key = name_key(name)
    return not key or re.fullmatch(_DEVICE, key) is not None


def first_word(name: str) -> str:
    """The name up to the first character that is part of no word; a vowel sign is part of one."""
    word = takewhile(_is_of_word, dropwhile(lambda sign: not _is_of_word(sign), name))
    return "".join(word) or name


def _is_of_word(sign: str) -> bool:
    return sign.isalnum() or sign == "_" or unicodedata.category(sign).startswith("M")
