"""A place that takes no staged files: the task's log says what is wrong there, and what to do."""

from __future__ import annotations

import errno
import json
import os
import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest
from airflow.sdk import RetryAction
from airflow.sdk.exceptions import AirflowFailException
from botocore.exceptions import EndpointConnectionError
from starlette.responses import Response

from include.pipeline.failures import RetryByCause, advice
from include.pipeline.files.staging import StagingFolder
from include.pipeline.files.storage_faults import (
    NOT_RETRYABLE,
    RETRYABLE,
    STAGED_FILES,
    StorageRefused,
    StorageUnavailable,
    storage_errors,
)
from sandbox.server import serve
from tests.file_limit import files_of_at_most

SETTING = "AIRFLOW__ZOOM_ATTENDANCE__STAGING_URL"


def write(folder: StagingFolder, size: int = 1) -> None:
    with folder.writing("rows.jsonl") as staged:
        staged.file.write(b"x" * size)


def test_a_full_disk(staging: Path, folder: StagingFolder) -> None:
    with files_of_at_most(1 << 20), pytest.raises(StorageUnavailable, match="is full") as full:
        write(folder, 3 << 20)
    assert SETTING in advice(full.value)
    assert list(staging.iterdir()) == []
    write(folder)  # there is room again


def test_a_file_in_the_folders_place(tmp_path: Path, folder: StagingFolder) -> None:
    (tmp_path / "staged").write_text("no folder")
    with pytest.raises(StorageRefused, match="is no folder") as refused:
        write(folder)
    assert SETTING in advice(refused.value)


@pytest.mark.parametrize("url", ["staging", "./staging", "", "s3://", "nonsense://a", "x://c@a"])
def test_a_setting_that_names_no_place(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv(SETTING, url)
    with pytest.raises(StorageRefused, match=rf"^{SETTING} names no place for the staged files"):
        StagingFolder("session")


@pytest.mark.skipif(not Path("/proc/1").exists(), reason="a folder that nobody may write to")
def test_a_place_where_nobody_may_write(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SETTING, "file:///proc/1/staging")
    with pytest.raises((StorageRefused, StorageUnavailable)):
        write(StagingFolder("session"))


def test_a_folder_that_is_removed_meanwhile(staging: Path, folder: StagingFolder) -> None:
    def remove() -> None:
        with folder.writing("rows.jsonl") as staged:
            staged.file.write(b"half")
            shutil.rmtree(staging)

    with pytest.raises(StorageUnavailable, match="was removed"):
        remove()
    write(folder)  # the next try makes it anew
    assert [file.name for file in staging.iterdir()] == ["rows.jsonl"]


@pytest.mark.parametrize("number", [*RETRYABLE, *NOT_RETRYABLE], ids=errno.errorcode.get)
def test_each_says_what_to_do_and_whether_to_wait(number: int) -> None:
    errors = StorageRefused, StorageUnavailable
    with pytest.raises(errors) as raised, storage_errors(STAGED_FILES):
        raise OSError(number, os.strerror(number), "/home/ada/secret")
    said = advice(raised.value)
    assert "unknown here" not in said
    assert "ada" not in said
    context = {"ti": SimpleNamespace(id="0199")}
    decision = RetryByCause().evaluate(raised.value, 1, 5, context)
    # Airflow tries what is an AirflowFailException no more, whatever the policy says.
    ends = isinstance(raised.value, AirflowFailException)
    assert (decision.action == RetryAction.RETRY and not ends) == (number in RETRYABLE)


@pytest.mark.parametrize(
    ("error", "means", "says"),
    [
        (PermissionError("Access Denied to ada"), StorageRefused, "refuses the key"),
        (FileNotFoundError("The bucket of ada"), StorageRefused, "has no such bucket"),
        (OSError(errno.EBUSY, "Slow down, ada"), StorageUnavailable, r"overloaded, .*\(EBUSY\)"),
        (OSError(errno.EREMOTEIO, "ada"), StorageUnavailable, "away or overloaded"),
        (TimeoutError("ada"), StorageUnavailable, "away or overloaded"),
        (
            EndpointConnectionError(endpoint_url="https://ada"),
            StorageUnavailable,
            r"\(EndpointConnectionError\)",
        ),
    ],
    ids=lambda one: type(one).__name__,
)
def test_what_clients_of_object_storages_raise(
    error: Exception, means: type[Exception], says: str
) -> None:
    with pytest.raises(means, match=says) as raised, storage_errors(STAGED_FILES):
        raise error
    said = advice(raised.value)
    assert SETTING in said
    assert "ada" not in said


def test_an_object_storage_that_refuses_the_key(monkeypatch: pytest.MonkeyPatch) -> None:
    body = "<Error><Code>AccessDenied</Code><Message>ada</Message></Error>"
    with serve(Response(body, 403, media_type="application/xml")) as url:
        extra = {"endpoint_url": url, "region_name": "eu-west-1"}
        login = {"conn_type": "aws", "login": "key", "password": "secret", "extra": extra}
        monkeypatch.setenv("AIRFLOW_CONN_STORAGE", json.dumps(login))
        monkeypatch.setenv(SETTING, "s3://storage@bucket/staging")
        with pytest.raises(StorageRefused, match="refuses the key"):
            write(StagingFolder("session"))


def test_what_is_no_fault_of_the_place_is_left_as_it_is() -> None:
    with pytest.raises(ConnectionResetError), storage_errors(STAGED_FILES):
        raise ConnectionResetError(errno.ECONNRESET, "reset")
