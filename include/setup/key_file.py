"""A service account's key file, wherever a person has put it."""

from __future__ import annotations

import json
import shlex
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote

FIELDS = ("client_email", "private_key", "token_uri")

ANOTHER = (
    "Make one at console.cloud.google.com > IAM & Admin > Service Accounts > your account > Keys > "
    "Add key, of type JSON."
)


@dataclass(frozen=True)
class Key:
    """A key file's content.

    :param address: the service account's.
    :param client_id: the service account's, for domain-wide delegation.
    :param text: the whole file, which is secret.
    """

    address: str
    client_id: str
    text: str


def key_in(answer: str) -> Key:
    """Read the key file whose path was typed, or dragged into the terminal; raises ValueError."""
    path = path_of(answer)
    try:
        text = path.read_text(encoding="utf-8")
        content = json.loads(text)
    except OSError as error:
        raise ValueError(f"{path} cannot be read: {error.strerror}.") from None
    except ValueError:
        raise ValueError(f"{path} is not JSON, so it is no key file. {ANOTHER}") from None
    _check(path, content)
    return Key(content["client_email"], content.get("client_id", "in the key file"), text)


def _check(path: Path, content: Any) -> None:
    if not isinstance(content, dict) or content.get("type") != "service_account":
        raise ValueError(f"{path} is not the key file of a service account. {ANOTHER}")
    if missing := [name for name in FIELDS if not content.get(name)]:
        raise ValueError(f"{path} is not whole: it lacks {', '.join(missing)}. {ANOTHER}")


def newest_key(folder: Path) -> str:
    """Return the path of the newest key file in a folder; empty if there is none."""
    with suppress(OSError):
        files = sorted(folder.glob("*.json"), key=lambda file: -file.stat().st_mtime)
        return next((str(file) for file in files if _is_key_file(file)), "")
    return ""


def _is_key_file(file: Path) -> bool:
    try:
        return bool(key_in(str(file)))
    except ValueError:
        return False


def path_of(answer: str) -> Path:
    """Return the path that is meant.

    Terminals put a dragged file into quotes, or a backslash before its blanks, or make an address
    of it. Raises ValueError for an empty answer.
    """
    if not answer:
        raise ValueError("This is needed.")
    with suppress(ValueError):  # an apostrophe in a path that was typed
        words = shlex.split(answer)
        answer = words[0] if len(words) == 1 else answer
    if answer.startswith("file://"):
        answer = unquote(answer.removeprefix("file://"))
    return Path(answer).expanduser()
