"""A folder with a file for each meeting, as fields."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml


def read_entries(folder: Path) -> list[dict[str, Any]]:
    """Return the fields of each meeting, with its name, by name."""
    files = sorted(folder.glob("*.yaml"))
    return [{"name": file.stem, **yaml.safe_load(file.read_text())} for file in files]


def write_entries(folder: Path, entries: Iterable[dict[str, Any]]) -> Path:
    """Make the folder if it is not there, and write a file for each meeting; returns the folder."""
    folder.mkdir(exist_ok=True)
    for entry in entries:
        fields = {field: value for field, value in entry.items() if field != "name"}
        text = yaml.safe_dump(fields, allow_unicode=True, width=1000)
        (folder / f"{entry['name']}.yaml").write_text(text, encoding="utf-8")
    return folder
