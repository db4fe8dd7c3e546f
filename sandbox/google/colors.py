"""Colours: the old field and its Style twin, as replies carry both, and as CSS."""

from __future__ import annotations

from typing import Any

THEME = {
    "TEXT": "#000000",
    "BACKGROUND": "#ffffff",
    "ACCENT1": "#4285f4",
    "ACCENT2": "#ea4335",
    "ACCENT3": "#fbbc04",
    "ACCENT4": "#34a853",
    "ACCENT5": "#ff6d01",
    "ACCENT6": "#46bdc6",
    "LINK": "#1155cc",
}


def completed(value: Any) -> Any:
    """A copy in which every colour has both of its fields, and no component that is zero."""
    if isinstance(value, list):
        return [completed(item) for item in value]
    if not isinstance(value, dict):
        return value
    read = {name: completed(item) for name, item in value.items()}
    for name, item in list(read.items()):
        _complete(read, name, item)
    return read


def _complete(read: dict[str, Any], name: str, item: Any) -> None:
    if name.endswith("ColorStyle") and "rgbColor" in item:
        read[name] = {"rgbColor": _without_zeros(item["rgbColor"])}
        read[name.removesuffix("Style")] = read[name]["rgbColor"]
    elif name.endswith("Color") and name != "rgbColor" and f"{name}Style" not in read:
        read[name] = _without_zeros(item)
        read[f"{name}Style"] = {"rgbColor": read[name]}


def _without_zeros(color: dict[str, float]) -> dict[str, float]:
    return {name: part for name, part in color.items() if part}


def css(holder: dict[str, Any], name: str) -> str:
    """The colour `name` or its Style twin, as `#rrggbb`; nothing when neither is there."""
    style = holder.get(f"{name}Style") or {}
    if "themeColor" in style:
        return THEME.get(style["themeColor"], "")
    color = style.get("rgbColor", holder.get(name))
    if color is None:
        return ""
    parts = (round(255 * color.get(part, 0)) for part in ("red", "green", "blue"))
    return "#" + "".join(f"{part:02x}" for part in parts)
