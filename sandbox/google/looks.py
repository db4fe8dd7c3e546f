"""CellFormat as CSS: how a cell looks on the page."""

from __future__ import annotations

from typing import Any

from .colors import css

Style = dict[str, str]
VERTICAL = {"TOP": "top", "MIDDLE": "middle", "BOTTOM": "bottom"}
WRAP = {
    "WRAP": {"white-space": "pre-wrap", "overflow-wrap": "anywhere"},
    "CLIP": {"overflow": "hidden"},
}


def style(cell_format: dict[str, Any]) -> Style:
    """The declarations for one cell; only values of ours, never text of a client."""
    text = cell_format.get("textFormat", {})
    found = {
        "background-color": css(cell_format, "backgroundColor"),
        "text-align": cell_format.get("horizontalAlignment", "").lower(),
        "vertical-align": VERTICAL.get(cell_format.get("verticalAlignment", ""), ""),
    }
    found |= WRAP.get(cell_format.get("wrapStrategy", ""), {})
    return {name: value for name, value in (found | _text(text)).items() if value}


def _text(text: dict[str, Any]) -> Style:
    lines = [("underline", text.get("underline")), ("line-through", text.get("strikethrough"))]
    return {
        "color": css(text, "foregroundColor"),
        "font-weight": "bold" if text.get("bold") else "",
        "font-style": "italic" if text.get("italic") else "",
        "font-size": f"{int(text['fontSize'])}pt" if text.get("fontSize") else "",
        "text-decoration": " ".join(name for name, wanted in lines if wanted),
    }


def band(bands: dict[str, Any], row: int, last: int) -> Style:
    """The colour of row `row` (from 0) of a banded range whose last row is `last`."""
    header = css(bands, "headerColor")
    if row == 0 and header:
        return {"background-color": header}
    if row == last and (footer := css(bands, "footerColor")):
        return {"background-color": footer}
    first = (row - bool(header)) % 2 == 0
    color = css(bands, "firstBandColor" if first else "secondBandColor")
    return {"background-color": color} if color else {}


def written(found: Style) -> str:
    return ";".join(f"{name}:{value}" for name, value in found.items())
