"""CellFormat as CSS: how a cell looks on the page."""

from __future__ import annotations

from typing import Any

LINK = "#1155cc"


def css(cell_format: dict[str, Any]) -> str:
    """The declarations for one cell; only values of ours, never text of a client."""
    text = cell_format.get("textFormat", {})
    found = {
        "background-color": _color(cell_format.get("backgroundColorStyle", {})),
        "text-align": cell_format.get("horizontalAlignment", "").lower(),
        "color": _color(text.get("foregroundColorStyle", {})) or (LINK if "link" in text else ""),
        "text-decoration": "underline" if "link" in text else "",
        "font-weight": "bold" if text.get("bold") else "",
        "font-size": f"{text['fontSize']}pt" if text.get("fontSize") else "",
    }
    return ";".join(f"{name}:{value}" for name, value in found.items() if value)


def _color(style: dict[str, Any]) -> str:
    """A ColorStyle as `#rrggbb`; nothing when there is none."""
    if "rgbColor" not in style:
        return ""
    parts = (round(255 * style["rgbColor"].get(part, 0)) for part in ("red", "green", "blue"))
    return "#" + "".join(f"{part:02x}" for part in parts)
