"""What can go wrong with Google, sorted by what to do about it.

GoogleError
├── GoogleRefused           another try changes nothing: a person must act
│   └── GoogleNameTaken     a tab with this id or title has appeared meanwhile
└── GoogleUnavailable       try again soon
"""

from __future__ import annotations


class GoogleError(Exception):
    """Google refused a request, or did not answer."""


class GoogleRefused(GoogleError):
    """Another try changes nothing: a person must act first."""


class GoogleNameTaken(GoogleRefused):
    """A tab with this id or title exists already."""


class GoogleUnavailable(GoogleError):
    """Server error, quota per minute or lost connection: try again soon."""
