"""A connection logs in as the Google provider would have it, and for the usual ways without it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from airflow.providers.google.common.hooks.base_google import GoogleBaseHook

from google_workspace.errors import GoogleBadKey
from google_workspace.hooks import DriveHook, SheetsHook
from google_workspace.login import credentials_of
from local.airflow import ROOT
from sandbox.google.keys import key_pair

SCOPES = "https://www.googleapis.com/auth/spreadsheets, https://www.googleapis.com/auth/drive"
BESIDE = {"num_retries": 7, "project": "a-project-of-ours", "scope": SCOPES}


@cache
def key() -> dict[str, str]:
    return {
        "type": "service_account",
        "project_id": "a-project",
        "private_key_id": "1",
        "private_key": key_pair()[0],
        "client_email": "reports@example.org",
        "client_id": "7",
        "token_uri": "https://oauth2.example.org/token",
    }


def one_line(extra: dict[str, Any]) -> str:
    """A key whose line ends a form has made two letters of."""
    return json.dumps(extra | {"private_key": extra["private_key"].replace("\n", "\\n")})


def connect(monkeypatch: pytest.MonkeyPatch, extra: dict[str, Any]) -> None:
    connection = {"conn_type": "google_cloud_platform", "extra": extra}
    monkeypatch.setenv("AIRFLOW_CONN_GOOGLE_CLOUD_DEFAULT", json.dumps(connection))


def known(credentials: Any) -> dict[str, Any]:
    """What tells one login from another."""
    fields = ("service_account_email", "scopes", "_target_principal", "_quota_project_id")
    found = {field: getattr(credentials, field, None) for field in fields}
    return found | {"type": type(credentials), "scopes": list(found["scopes"] or ())}


WAYS = {
    "text": lambda: {"keyfile_dict": json.dumps(key()), **BESIDE},
    "fields": lambda: {"keyfile_dict": key(), **BESIDE},
    "one line": lambda: {"keyfile_dict": one_line(key())},
    "anonymous": lambda: {"is_anonymous": True},
    "former names": lambda: {
        f"extra__google_cloud_platform__{name}": value
        for name, value in {"keyfile_dict": json.dumps(key()), **BESIDE}.items()
    },
    "others left empty": lambda: {
        "keyfile_dict": json.dumps(key()),
        "key_path": "",
        "is_anonymous": False,
        "scope": "",
    },
    "acting as another": lambda: {
        "keyfile_dict": json.dumps(key()),
        "impersonation_chain": "robot@example.org",
    },
    "another pays": lambda: {"keyfile_dict": json.dumps(key()), "quota_project_id": "a-project-2"},
}


@pytest.mark.parametrize("way", WAYS)
def test_login_is_that_of_the_provider(monkeypatch: pytest.MonkeyPatch, way: str) -> None:
    connect(monkeypatch, WAYS[way]())
    provider = GoogleBaseHook()
    for hook in (SheetsHook(), DriveHook()):
        ours = credentials_of(hook.gcp_conn_id, hook.extras, hook.scopes)
        assert known(ours) == known(provider.get_credentials())
        assert list(hook.scopes) == list(provider.scopes)
        assert hook.num_retries == provider.num_retries


def test_key_in_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / "key.json"
    file.write_text(json.dumps(key()))
    connect(monkeypatch, {"key_path": str(file), **BESIDE})
    hook = SheetsHook()
    ours = credentials_of(hook.gcp_conn_id, hook.extras, hook.scopes)
    assert known(ours) == known(GoogleBaseHook().get_credentials())


def test_account_acts_as_its_subject(monkeypatch: pytest.MonkeyPatch) -> None:
    connect(monkeypatch, {"keyfile_dict": key(), "subject": "ann@example.org"})
    hook = DriveHook()
    ours = credentials_of(hook.gcp_conn_id, hook.extras, hook.scopes)
    assert ours._subject == "ann@example.org"


@pytest.mark.parametrize(
    "extra",
    [
        {"keyfile_dict": {"type": "service_account"}},
        {"keyfile_dict": "[]"},
        {"keyfile_dict": "{}", "key_path": "/nowhere/key.json"},
        {"key_path": "/nowhere/key.txt", "quota_project_id": "a-project-2"},
    ],
    ids=["half of it", "no key", "two keys", "the provider refuses"],
)
def test_key_of_no_use(monkeypatch: pytest.MonkeyPatch, extra: dict[str, Any]) -> None:
    connect(monkeypatch, extra)
    with pytest.raises(GoogleBadKey, match="cannot be read"):
        SheetsHook().get_conn()


LOG_IN = """
import sys
from google_workspace.hooks import SheetsHook
SheetsHook().get_conn()
print(sorted({"grpc", "aiohttp"} & set(sys.modules)))
"""


def test_the_usual_ways_import_no_provider(monkeypatch: pytest.MonkeyPatch) -> None:
    connect(monkeypatch, {"keyfile_dict": key(), **BESIDE})
    settings = os.environ | {"PYTHONPATH": f"{ROOT}:{ROOT}/plugins"}
    called = [sys.executable, "-W", "ignore", "-c", LOG_IN]
    assert subprocess.check_output(called, env=settings, text=True).splitlines()[-1] == "[]"
