"""What is wrong in a request body, and where: the texts of Google's JSON parser."""

from __future__ import annotations

import json
import re
from typing import Any


class OffenceError(Exception):
    """What is wrong, with {at} where its place belongs, and, collected on the way up, the place."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text, self.place = text, ""

    def inside(self, step: str) -> OffenceError:
        separator = "." if self.place and self.place[0] != "[" else ""
        self.place = f"{step}{separator}{self.place}"
        return self


def wrong_value(kind: str, value: Any) -> OffenceError:
    shown = json.dumps(value, ensure_ascii=False)
    name = kind if kind.startswith("TYPE_") else f"type.googleapis.com/{kind}"
    return OffenceError(f"Invalid value{{at}} ({name}), {shown[:100]}")


def snake_case(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])[A-Z]", lambda found: f"_{found[0].lower()}", name)
