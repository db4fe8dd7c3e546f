"""What a request's raw path names: Zoom's rule of encoding some UUIDs twice needs the raw one."""

from __future__ import annotations

from urllib.parse import unquote

from sandbox.zoom.errors import unrecognized

_PREFIX = "/v2/"


def segments(raw_path: bytes) -> tuple[str, ...]:
    """The parts of the path below /v2, still encoded."""
    return tuple(raw_path.decode("ascii", "replace").partition(_PREFIX)[2].split("/"))


def meeting_reference(segment: str) -> str:
    """The meeting number or UUID in a path segment.

    A UUID that begins with ``/`` or contains ``//`` must be encoded twice ("double encode" in
    Zoom's API reference): once decoded it splits the path, and Zoom finds no such endpoint
    (Refusal 404/2300). Others may be encoded once or twice.
    """
    once = unquote(segment)
    if not once or once.startswith("/") or "//" in once:
        raise unrecognized()
    return unquote(once)
