"""Names that are those of a device or of nobody in particular: "iPhone", "Galaxy S21", "Zoom user".

Zoom takes them from the device when nobody has typed a name.
"""

from __future__ import annotations

import re
from functools import cache

import pandas as pd

from include.attendance.visible import name_key

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


def of_devices(names: pd.Series) -> pd.Series:
    """Mask of the names, as names are compared (str), that say which device and not who.

    A telephone number is such a name, also a masked one. "Ann's iPhone" says who.
    """
    matches = map(re.compile(_DEVICE).fullmatch, names.tolist())
    return pd.Series([match is not None for match in matches], names.index, dtype="bool")


@cache
def is_generic(name: str) -> bool:
    """Tell the same of one name as it is shown; of an empty one as well that it says nobody."""
    key = name_key(name)
    return not key or re.fullmatch(_DEVICE, key) is not None
