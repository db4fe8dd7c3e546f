"""The key file of a service account, wherever a person has put it."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from include.setup.google import key_in, newest_key, path_of

KEY = {"type": "service_account", "client_email": "x", "private_key": "x", "token_uri": "x"}


@pytest.mark.parametrize(
    ("typed", "path"),
    [
        ("/a/key.json", "/a/key.json"),
        ("'/a/my key.json'", "/a/my key.json"),
        ('"/a/my key.json"', "/a/my key.json"),
        ("/a/my\\ key.json", "/a/my key.json"),
        ("/a/my key.json", "/a/my key.json"),
        ("/a/pat's key.json", "/a/pat's key.json"),
        ("file:///a/my%20key.json", "/a/my key.json"),
        ("file://localhost/a/key.json", "/a/key.json"),
    ],
)
def test_a_path_as_terminals_give_it(typed: str, path: str) -> None:
    assert path_of(typed) == Path(path)


def test_a_path_in_the_home(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/pat")
    assert path_of("~/key.json") == Path("/home/pat/key.json")


def test_the_home_of_nobody() -> None:
    with pytest.raises(ValueError, match="no user of the name in ~nobody-at-all/"):
        path_of("~nobody-at-all/key.json")


def test_a_file_with_a_byte_order_mark(tmp_path: Path) -> None:
    file = tmp_path / "key.json"
    file.write_text(json.dumps(KEY), encoding="utf-8-sig")
    assert json.loads(key_in(str(file)).text) == KEY


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("-----BEGIN PRIVATE KEY-----", "is not JSON, so it is no key file"),
        ("[]", "is not the key file of a service account"),
        (json.dumps({"installed": {"client_id": "x"}}), "is not the key file of a service account"),
        (json.dumps({"type": "service_account", "client_email": "x"}), "it lacks private_key, tok"),
        (json.dumps(KEY | {"private_key": 1, "client_email": ["x"]}), "it lacks client_email, pr"),
        ("[" * 100_000, "is not JSON, so it is no key file"),
    ],
)
def test_a_file_that_is_no_key_file(tmp_path: Path, content: str, says: str) -> None:
    file = tmp_path / "key.json"
    file.write_text(content)
    with pytest.raises(ValueError, match=says):
        key_in(str(file))


def test_the_newest_key_file_is_found(tmp_path: Path) -> None:
    assert newest_key(tmp_path / "Downloads") == ""
    for age, content in enumerate([{}, KEY, KEY]):
        file = tmp_path / f"{age} it's.json"
        file.write_text(json.dumps(content))
        os.utime(file, (0, 1000 - age))
    assert newest_key(tmp_path) == str(tmp_path / "1 it's.json")
    assert path_of(newest_key(tmp_path)) == tmp_path / "1 it's.json"


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="cannot be read: No such file or directory"):
        key_in(str(tmp_path / "key.json"))
