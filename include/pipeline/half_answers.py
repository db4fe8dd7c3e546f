"""What Google answers with less in it than was asked for: another try may bring it whole."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from google_workspace.errors import GoogleUnavailable


@contextmanager
def reading_an_answer() -> Iterator[None]:
    """Turn what reading an answer stumbles over into GoogleUnavailable."""
    try:
        yield
    except (LookupError, TypeError, AttributeError, ValueError):
        raise GoogleUnavailable(
            "Google's answer lacks what was asked for. Nothing is taken from half an answer."
        ) from None
