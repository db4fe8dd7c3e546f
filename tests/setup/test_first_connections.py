"""The connections of somebody who had none, as the tables of the documents have them."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from include.setup import google, zoom
from sandbox.both import Sandbox
from tests.docs.documents import documents
from tests.setup.service_account import key_file

DOCUMENTS = documents()


@pytest.fixture(autouse=True)
def nothing_downloaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))


def typed(monkeypatch: pytest.MonkeyPatch, *answers: str) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{answer}\n" for answer in answers)))


def test_zoom(monkeypatch: pytest.MonkeyPatch) -> None:
    typed(monkeypatch, "an-account", "a-client", "a-secret", "")
    made = zoom.asked({})
    assert made == {
        "conn_type": "zoom",
        "host": "https://api.zoom.us",
        "port": 443,
        "login": "a-client",
        "password": "a-secret",
        "extra": {"account_id": "an-account", "heavy_per_second": 10},
    }
    text = DOCUMENTS["docs/connecting-zoom.md"].text
    assert f"| API host | `{made['host']}` |" in text
    assert f"| Port | `{made['port']}` " in text
    assert all(f"`{scope}`" in text for scope in zoom.SCOPES)
    assert "Free 1, Pro 10, Business and above 40" in text
    assert zoom.PLANS == {"free": 1, "pro": 10, "business": 40}


@pytest.mark.parametrize(
    ("answers", "extra"),
    [
        (["", "A"], {"scope": google.SHEETS}),
        (["", "b"], {"scope": f"{google.SHEETS},{google.DRIVE}"}),
        (
            ["", "C", "pat@example.org"],
            {"scope": f"{google.SHEETS},{google.DRIVE}", "subject": "pat@example.org"},
        ),
    ],
)
def test_google(
    sandbox: Sandbox,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    answers: list[str],
    extra: dict[str, Any],
) -> None:
    file = tmp_path / "Downloads" / "project-0123.json"
    file.parent.mkdir()
    key_file(file, sandbox, known=False)
    typed(monkeypatch, *answers)
    made = google.asked({})
    assert made.pop("conn_type") == "google_cloud_platform"
    assert json.loads(made["extra"].pop("keyfile_dict")) == json.loads(file.read_text())
    assert made == {"extra": extra | {"num_retries": 7}}
    text = DOCUMENTS["docs/connecting-google.md"].text
    assert f"A: `{google.SHEETS}` · B and C: `{google.SHEETS},{google.DRIVE}`" in text
    assert "| Number of Retries | `7` " in text
