"""Writes .env, the settings of docker-compose.yaml: the example with fresh secrets.

Needs nothing but Python, for it runs before anything is installed. Never replaces an .env.
"""

from __future__ import annotations

import base64
import os
import re
import secrets
import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OWNER_ONLY = 0o600


def _fernet_key() -> str:
    return base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()


def _signing_key() -> str:
    return secrets.token_urlsafe(64)


def _password() -> str:
    return secrets.token_urlsafe(18)


FRESH: dict[str, Callable[[], str]] = {
    "FERNET_KEY": _fernet_key,
    "JWT_SECRET": _signing_key,
    "API_SECRET_KEY": _signing_key,
    "POSTGRES_PASSWORD": _password,
    "REDIS_PASSWORD": _password,
    "ADMIN_PASSWORD": _password,
}


def with_fresh_secrets(example: str) -> str:
    """Return the example's text with a new secret for each that it leaves as ``change-me``."""
    return re.sub(r"^(\w+)=change-me$", lambda found: _fresh(found[1]), example, flags=re.MULTILINE)


def _fresh(name: str) -> str:
    return f"{name}={FRESH[name]()}"


def _with_own_user(text: str) -> str:
    # Containers see the files of a Linux machine with their owners: one's own are readable to
    # oneself in any case. Docker Desktop maps them, and root needs no help.
    own = os.getuid() if sys.platform == "linux" else 0
    return (
        re.sub(r"^AIRFLOW_UID=.*$", f"AIRFLOW_UID={own}", text, flags=re.MULTILINE) if own else text
    )


def main() -> str | None:
    """Write .env beside the example; returns what went wrong, if anything."""
    text = _with_own_user(with_fresh_secrets((ROOT / ".env.example").read_text()))
    file = ROOT / ".env"
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY)
    except FileExistsError:
        return ".env is there already and stays as it is: its secrets open Airflow's database."
    with open(descriptor, "w") as written:
        written.write(text)
    print("Wrote .env. You log in as ADMIN_USER with the ADMIN_PASSWORD that stand in it.")
    return None


if __name__ == "__main__":
    sys.exit(main())
