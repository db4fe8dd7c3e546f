"""Refuses settings that cannot work or are not safe, each in a sentence; runs before all else.

Needs nothing but Python, and sees .env only as docker-compose.yaml hands it on in the environment.
"""

from __future__ import annotations

import base64
import os
import re
import sys
from collections.abc import Iterator, Mapping
from itertools import pairwise

DUMMY = "change-me"
SIGNING_KEYS = ("JWT_SECRET", "API_SECRET_KEY")
PASSWORDS_IN_ADDRESSES = ("POSTGRES_PASSWORD", "REDIS_PASSWORD")
SECRETS = ("FERNET_KEY", *SIGNING_KEYS, *PASSWORDS_IN_ADDRESSES, "ADMIN_PASSWORD")

LENGTHS = {**dict.fromkeys(SIGNING_KEYS, 32), "FERNET_KEY": 44}
"""Characters that a key has at least: a key of less can be guessed from what it signs."""

PASSWORD_LENGTH = 12
"""Characters that a password has at least."""

SOLID = 2 / 3
"""This part of the least length must remain without what can be guessed. The fresh secrets of
make_env.py are random and longer: they keep almost all of it."""

DIFFERENT = 6
"""Different characters that must remain."""

WORDS = re.compile(
    "qwertyuiop|qwertzuiop|asdfghjkl|zxcvbnm|qwerty|asdf|password|passwort|passwd|change|example|"
    "secret|default|temporary|insecure|sample|dummy|admin|airflow|postgres|redis|fernet|zoom|"
    "attendance|welcome|letmein|iloveyou|sunshine|princess|football|monkey|dragon|master|login|"
    "hello|test|root|user|please|cryptography|not_found|storing|plain|text|key|jwt|api"
)
"""What people and examples make secrets of."""

LOOKALIKES = str.maketrans("01345@$7", "oieasast")

PUBLISHED = {
    "46BKJoQYlPPOexq0OhDZnIlNepKFf87WFwLbfzqDDho=",
    "81HqDtbqAywKSOumSha3BhWNOdQ26slT6K0YaZeZyPs=",
    "cw_0x689RpI-jtRR7oE8h_eQsKImvJapLeSbXpwF4e4=",
    "jsDPRErfv8Z_eVTnGfF8ywd19j4pyqE3NpdUBA_oRTo=",
}
"""Fernet keys of well-known examples."""

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
    length = LENGTHS.get(name, PASSWORD_LENGTH)
    if name == "FERNET_KEY" and _fernet_bytes(secret) is None:
        return "is no Fernet key: 32 random bytes in URL-safe base64."
    if name in PASSWORDS_IN_ADDRESSES and not re.fullmatch(r"[\w-]+", secret, re.ASCII):
        return 'may hold only letters, digits, "-" and "_": it becomes part of an address.'
    if len(secret) < length:
        return f"is too short: it needs at least {length} random characters."
    if _can_be_guessed(name, secret, length):
        return "can be guessed: it is made of known words, rows or repetitions. Make a random one."
    return None


def _can_be_guessed(name: str, secret: str, length: int) -> bool:
    if secret in PUBLISHED or not _is_solid(secret, length):
        return True
    key = _fernet_bytes(secret) if name == "FERNET_KEY" else None
    return key is not None and not _is_solid(key.decode("latin-1"), len(key))


def _is_solid(secret: str, length: int) -> bool:
    rest = _not_guessed(secret)
    return len(rest) >= SOLID * length and len(set(rest)) >= DIFFERENT


def _not_guessed(secret: str) -> list[str]:
    """Return the characters that are of no common word, row (abc, 321, aaa) or repetition."""
    repeats = next(at for at in range(1, len(secret) + 1) if secret.startswith(secret[at:]))
    secret = secret[:repeats]
    words = WORDS.finditer(secret.lower().translate(LOOKALIKES))
    guessed = {at for word in words for at in range(*word.span())}
    steps = enumerate(pairwise(secret), 1)
    guessed |= {at for at, (one, next_one) in steps if abs(ord(one) - ord(next_one)) <= 1}
    return [letter for at, letter in enumerate(secret) if at not in guessed]


def _fernet_bytes(secret: str) -> bytes | None:
    try:
        key = base64.urlsafe_b64decode(secret)
    except ValueError:
        return None
    return key if len(key) == 32 and len(secret) == 44 else None


def _workers(settings: Mapping[str, str]) -> Iterator[str]:
    executor, profiles = settings.get("EXECUTOR"), settings.get("COMPOSE_PROFILES", "").split(",")
    if executor not in ("LocalExecutor", CELERY):
        yield f"EXECUTOR is {executor}, not LocalExecutor or {CELERY}."
    if executor != CELERY and "celery" in profiles:
        yield f"EXECUTOR is not {CELERY}, but the profile celery is on: its workers would idle."
    if executor == CELERY:
        yield from _without_a_shared_disk(settings)


def _without_a_shared_disk(settings: Mapping[str, str]) -> Iterator[str]:
    for name in ("STAGING_URL", "RECORDS_URL"):
        if not re.match(r"(s3|gs)://", settings.get(name, "")):
            yield f"{name} must be object storage (s3://, gs://) with workers: they share no disk."
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
