"""Refuses settings that cannot work or are not safe, each in a sentence; runs before all else.

Needs nothing but Python, and sees .env only as docker-compose.yaml hands it on in the environment.
"""

from __future__ import annotations

import base64
import os
import re
import sys
from collections.abc import Iterator, Mapping

DUMMY = "change-me"
SIGNING_KEYS = ("JWT_SECRET", "API_SECRET_KEY")
PASSWORDS_IN_ADDRESSES = ("POSTGRES_PASSWORD", "REDIS_PASSWORD")
SECRETS = ("FERNET_KEY", *SIGNING_KEYS, *PASSWORDS_IN_ADDRESSES, "ADMIN_PASSWORD")

KEY_LENGTH = 32
"""Characters that a signing key has at least: a key of less can be guessed from what it signs."""

CELERY = "CeleryExecutor"


def problems(settings: Mapping[str, str]) -> Iterator[str]:
    """Yield a sentence for each thing that must be mended; none if all is well."""
    for name in SECRETS:
        if not settings.get(name):
            yield f"{name} is empty. `make env` writes an .env with fresh secrets."
        elif settings[name] == DUMMY:
            yield f'{name} is still the example\'s "{DUMMY}". Put a secret of your own there.'
        elif wrong := _form(name, settings[name]):
            yield f"{name} {wrong}"
    yield from _workers(settings)
    yield from _logs(settings)


def _form(name: str, secret: str) -> str | None:
    if name == "FERNET_KEY" and not _is_fernet_key(secret):
        return "is no Fernet key: 32 random bytes in URL-safe base64."
    if name in SIGNING_KEYS and len(secret) < KEY_LENGTH:
        return f"is too short: it needs at least {KEY_LENGTH} random characters."
    if name in PASSWORDS_IN_ADDRESSES and not re.fullmatch(r"[\w-]+", secret, re.ASCII):
        return 'may hold only letters, digits, "-" and "_": it becomes part of an address.'
    return None


def _is_fernet_key(secret: str) -> bool:
    try:
        return len(base64.urlsafe_b64decode(secret)) == 32 and len(secret) == 44
    except ValueError:
        return False


def _workers(settings: Mapping[str, str]) -> Iterator[str]:
    executor, profiles = settings.get("EXECUTOR"), settings.get("COMPOSE_PROFILES", "").split(",")
    if executor not in ("LocalExecutor", CELERY):
        yield f"EXECUTOR is {executor}, not LocalExecutor or {CELERY}."
    if executor != CELERY and "celery" in profiles:
        yield f"EXECUTOR is not {CELERY}, but the profile celery is on: its workers would idle."
    if executor == CELERY:
        yield from _without_a_shared_disk(settings)


def _without_a_shared_disk(settings: Mapping[str, str]) -> Iterator[str]:
    if not re.match(r"(s3|gs)://", settings.get("STAGING_URL", "")):
        yield "STAGING_URL must be object storage (s3://, gs://) with workers: they share no disk."
    if settings.get("REMOTE_LOGGING") != "true":
        yield "REMOTE_LOGGING must be true with workers: their logs vanish with their containers."


def _logs(settings: Mapping[str, str]) -> Iterator[str]:
    remote, folder = settings.get("REMOTE_LOGGING"), settings.get("REMOTE_LOG_FOLDER", "")
    if remote not in ("true", "false"):
        yield f"REMOTE_LOGGING is {remote}, not true or false."
    if (remote == "true") != bool(re.match(r"(s3|gs)://", folder)):
        yield "REMOTE_LOGGING=true and REMOTE_LOG_FOLDER (s3://..., gs://...) go together."


def main() -> int:
    """Print what is wrong; returns 1 if anything is."""
    found = list(problems(os.environ))
    for problem in found:
        print(f"Not started: {problem}", file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
