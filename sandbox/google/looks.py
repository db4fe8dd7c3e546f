"""CellFormat as CSS: how a cell, or a part of its text, looks on the page."""

from __future__ import annotations

from typing import Any

LINK = "#1155cc"
WRAPPING = {"WRAP": "pre-wrap", "CLIP": "pre", "OVERFLOW_CELL": "pre"}
SAFE = ("#gid=", "http://", "https://", "mailto:")
Format = dict[str, Any]


def css(cell_format: Format) -> str:
    """The declarations for one cell; only values of ours, never text of a client."""
    found = {
        "background-color": color(cell_format.get("backgroundColorStyle", {})),
        "text-align": cell_format.get("horizontalAlignment", "").lower(),
        "vertical-align": cell_format.get("verticalAlignment", "").lower(),
        "white-space": WRAPPING.get(cell_format.get("wrapStrategy", ""), ""),
    }
    return _declared(found | _of_text(cell_format.get("textFormat", {})))


def text_css(text_format: Format) -> str:
    """The same for a part of a text."""
    return _declared(_of_text(text_format))


def link(text_format: Format) -> str:
    """Where a text leads; nothing for what a browser would run."""
    uri = text_format.get("link", {}).get("uri", "")
    return uri if uri.startswith(SAFE) else ""


def color(style: Format) -> str:
    """A ColorStyle as `#rrggbb`; nothing when there is none."""
    if "rgbColor" not in style:
        return ""
    parts = (round(255 * style["rgbColor"].get(part, 0)) for part in ("red", "green", "blue"))
    return "#" + "".join(f"{part:02x}" for part in parts)


def united(under: Format, over: Format) -> Format:
    """A cell's format with that of a conditional format over it."""
    text = under.get("textFormat", {}) | over.get("textFormat", {})
    return under | over | ({"textFormat": text} if text else {})


def _of_text(text: Format) -> dict[str, str]:
    lines = ["underline"] if text.get("underline") or "link" in text else []
    lines += ["line-through"] if text.get("strikethrough") else []
    return {
        "color": color(text.get("foregroundColorStyle", {})) or (LINK if "link" in text else ""),
        "text-decoration": " ".join(lines),
        "font-weight": {"True": "bold", "False": "normal"}.get(str(text.get("bold")), ""),
        "font-style": "italic" if text.get("italic") else "",
        "font-size": f"{text['fontSize']}pt" if text.get("fontSize") else "",
    }


def _declared(found: dict[str, str]) -> str:
    return ";".join(f"{name}:{value}" for name, value in found.items() if value)
