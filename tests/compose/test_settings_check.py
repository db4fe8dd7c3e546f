"""Nothing starts on settings that are unsafe or cannot work, and the reason is said."""

from __future__ import annotations

import base64

import pytest

from deploy.check_settings import SECRETS, SIGNING_KEYS, problems
from deploy.make_env import FRESH
from tests.compose.project import Project, copied_to

CELERY = {
    "COMPOSE_PROFILES": "celery",
    "EXECUTOR": "CeleryExecutor",
    "STAGING_URL": "s3://storage@bucket/staging",
    "RECORDS_URL": "s3://storage@bucket/records",
    "REMOTE_LOGGING": "true",
    "REMOTE_LOG_FOLDER": "s3://bucket/logs",
}
"""Settings that fit one another for workers."""

PASSWORDS = ("POSTGRES_PASSWORD", "REDIS_PASSWORD", "ADMIN_PASSWORD")

WEAK_PASSWORDS = [
    "a" * 12,
    "aaaaaaaaaaab",
    "abababababab",
    "aabbccddeeff",
    "123456789012",
    "abcdefghijklmnop",
    "zyxwvutsrqponml",
    "qwertyuiop12",
    "password1234",
    "Password2026",
    "P4ssw0rd_P4ssw0rd",
    "airflow-airflow",
    "change-me-change-me",
    "postgres_admin",
    "Airflow-admin-26",
    "Kx9-Kx9-Kx9-Kx9-",
]
WEAK_KEYS = [
    "a" * 32,
    "ab" * 40,
    "0123456789" * 4,
    "0123456789abcdefghijklmnopqrstuvwxyz",
    "Kx9-mTq2" * 4,
    "change-me-change-me-change-me-ok",
    "airflow_jwt_secret_airflow_jwt_secret",
    "cryptography_not_found_storing_passwords_as_plain_text",
    " " * 40,
]


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The settings that `make env` writes."""
    return copied_to(tmp_path_factory.mktemp("project")).settings()


def fernet(key: bytes) -> str:
    return base64.urlsafe_b64encode(key).decode()


WEAK_FERNET_KEYS = [
    fernet(bytes(32)),
    fernet(b"\xff" * 32),
    fernet(b"ab" * 16),
    fernet(bytes(range(32))),
    fernet(b"password" * 4),
    fernet(b"airflow-airflow-fernet-key-12345"),
    fernet(bytes(31) + b"1"),
    "change-me-change-me-change-me-change-me-now=",
    "81HqDtbqAywKSOumSha3BhWNOdQ26slT6K0YaZeZyPs=",
]

REFUSED = [
    *(({name: "change-me"}, f'{name} is still the example\'s "change-me"') for name in SECRETS),
    *(({name: ""}, f"{name} is empty") for name in SECRETS),
    ({"FERNET_KEY": "short"}, "FERNET_KEY is no Fernet key"),
    ({"FERNET_KEY": "é" * 44}, "FERNET_KEY is no Fernet key"),
    ({"JWT_SECRET": "x" * 31}, "JWT_SECRET is too short"),
    ({"API_SECRET_KEY": "x" * 31}, "API_SECRET_KEY is too short"),
    ({"POSTGRES_PASSWORD": "a@b"}, "POSTGRES_PASSWORD may hold only letters"),
    ({"REDIS_PASSWORD": "a/b"}, "REDIS_PASSWORD may hold only letters"),
    *(
        ({name: weak}, f"{name} is too short")
        for name in PASSWORDS
        for weak in ("a", "7", "Kx9", "Zt4-qW8_mRb")
    ),
    *(({name: weak}, f"{name} can be guessed") for name in PASSWORDS for weak in WEAK_PASSWORDS),
    *(({name: weak}, f"{name} can be guessed") for name in SIGNING_KEYS for weak in WEAK_KEYS),
    *(({"FERNET_KEY": weak}, "FERNET_KEY can be guessed") for weak in WEAK_FERNET_KEYS),
    ({"EXECUTOR": "SequentialExecutor"}, "EXECUTOR is SequentialExecutor"),
    ({"COMPOSE_PROFILES": "celery"}, "EXECUTOR is not CeleryExecutor, but"),
    ({"COMPOSE_PROFILES": "celery,sandbox"}, "EXECUTOR is not CeleryExecutor, but"),
    ({**CELERY, "STAGING_URL": ""}, "STAGING_URL must be object storage"),
    ({**CELERY, "RECORDS_URL": ""}, "RECORDS_URL must be object storage"),
    ({**CELERY, "STAGING_URL": "file:///opt/airflow/staging"}, "STAGING_URL must be object"),
    (
        {**CELERY, "REMOTE_LOGGING": "false", "REMOTE_LOG_FOLDER": ""},
        "REMOTE_LOGGING must be true with workers",
    ),
    ({"REMOTE_LOGGING": "true"}, "REMOTE_LOGGING=true and REMOTE_LOG_FOLDER"),
    ({"REMOTE_LOG_FOLDER": "s3://bucket/logs"}, "REMOTE_LOGGING=true and REMOTE_LOG_FOLDER"),
    ({"REMOTE_LOGGING": "maybe"}, "REMOTE_LOGGING is maybe, not true or false"),
]


@pytest.mark.parametrize(("changed", "sentence"), REFUSED)
def test_what_cannot_work_is_refused(
    fresh: dict[str, str], changed: dict[str, str], sentence: str
) -> None:
    (problem,) = problems({**fresh, **changed})
    assert problem.startswith(sentence)


@pytest.mark.parametrize("name", SECRETS)
def test_fresh_secrets_always_pass(fresh: dict[str, str], name: str) -> None:
    for _ in range(2000):
        assert list(problems({**fresh, name: FRESH[name]()})) == []


@pytest.mark.parametrize(
    "password", ["correct-horse-battery-staple", "mQ7t-xB2_kRw", "9f86d081884c7d65"]
)
def test_good_passwords_of_ones_own_pass(fresh: dict[str, str], password: str) -> None:
    assert list(problems({**fresh, **dict.fromkeys(PASSWORDS, password)})) == []


def test_no_secret_is_shown(fresh: dict[str, str]) -> None:
    weak = {**dict.fromkeys(PASSWORDS, "abababababab"), "JWT_SECRET": "ab" * 40}
    said = " ".join(problems({**fresh, **weak}))
    assert "abab" not in said


@pytest.mark.parametrize("changed", [{}, CELERY, {"COMPOSE_PROFILES": "sandbox"}])
def test_settings_that_fit_pass(fresh: dict[str, str], changed: dict[str, str]) -> None:
    assert list(problems({**fresh, **changed})) == []


def test_the_check_gets_the_settings_from_compose(composed: Project) -> None:
    passed = composed.check()
    assert (passed.returncode, passed.stdout, passed.stderr) == (0, "", "")
    composed.change(**{**CELERY, "STAGING_URL": "", "ADMIN_PASSWORD": "change-me"})
    refused = composed.check()
    assert refused.returncode == 1
    assert [line[:30] for line in refused.stderr.splitlines()] == [
        "Not started: ADMIN_PASSWORD is",
        "Not started: STAGING_URL must ",
    ]


def test_compose_itself_refuses_a_missing_secret_and_names_it(composed: Project) -> None:
    composed.change(JWT_SECRET="")
    refused = composed.compose("config", "--quiet")
    assert refused.returncode != 0
    assert "set JWT_SECRET in .env" in refused.stderr


def test_without_an_env_file_compose_says_what_to_do(composed: Project) -> None:
    (composed.folder / ".env").unlink()
    refused = composed.compose("config", "--quiet")
    assert refused.returncode != 0
    assert "let make env write a new .env" in refused.stderr
    assert "variable is not set" not in refused.stderr
