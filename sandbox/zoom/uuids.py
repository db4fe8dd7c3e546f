"""Instance UUIDs: base64 of 16 bytes, which may hold the characters that are awkward in a path."""

from __future__ import annotations

import base64
import hashlib


def instance_uuid(seed: str, shape: int | None = None) -> str:
    """24 characters ending ``==``, always the same for `seed`.

    `shape` picks what it contains: 1 begins with ``/``, 2 has ``//``, 3 a ``+``, 4 a single
    ``/``, 5 both. Any other has neither; None leaves it to the seed.
    """
    digest = hashlib.sha256(seed.encode()).digest()
    plain = base64.b64encode(digest[:16]).decode().replace("/", "a").replace("+", "b")
    return _shaped(plain, digest[16] % 6 if shape is None else shape % 6)


def _shaped(plain: str, shape: int) -> str:
    begins, double, plus, single = shape == 1, shape == 2, shape in (3, 5), shape in (4, 5)
    text = "/" + plain[1:] if begins else plain
    text = text[:8] + "//" + text[10:] if double else text
    text = text[:5] + "+" + text[6:] if plus else text
    return text[:13] + "/" + text[14:] if single else text


def zoom_id(seed: str) -> str:
    """22 URL-safe characters, the form of Zoom's user and registrant ids."""
    return base64.urlsafe_b64encode(hashlib.sha256(seed.encode()).digest()[:16]).decode()[:22]
