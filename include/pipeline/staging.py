"""Staged files: what one task leaves for the next, on any storage that every worker reaches."""

from __future__ import annotations

import hashlib
import re
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, BinaryIO, cast

from airflow.sdk import ObjectStoragePath
from upath import UPath

from include.pipeline.records import SessionRecord
from include.pipeline.settings import staging_url


class StagingFolder:
    """The files of one session in one dag run.

    :param key: where below the staging URL; made by ``folder_key``.
    """

    def __init__(self, key: str) -> None:
        self._path = _root(staging_url()) / key

    @contextmanager
    def writing(self, name: str) -> Iterator[StagedFile]:
        """Open a file that appears whole when the block ends, or not at all if it fails."""
        self._path.mkdir(parents=True, exist_ok=True)
        staged = StagedFile(self._path / f"{name}.{uuid.uuid4().hex}.part")
        try:
            yield staged
            staged.close()
            self._path.fs.mv(staged.path.path, (self._path / name).path)
        except BaseException:
            staged.discard()
            raise

    @contextmanager
    def reading(self, name: str) -> Iterator[BinaryIO]:
        """Open a staged file for reading bytes."""
        path = self._path / name
        # The path's own open() wraps the file for lineage, which costs a call for each read.
        with path.fs.open(path.path, "rb") as file:
            yield file


class StagedFile:
    """A file under way, which can be begun again on any storage."""

    def __init__(self, path: UPath | ObjectStoragePath) -> None:
        self.path = path
        self.file = self._open()

    def _open(self) -> BinaryIO:
        return cast("BinaryIO", self.path.fs.open(self.path.path, "wb"))

    def start_over(self) -> None:
        """Begin the file again, empty."""
        self.file.close()
        self.file = self._open()

    def close(self) -> None:
        """End the file: it is whole now."""
        self.file.close()

    def discard(self) -> None:
        """Remove the file."""
        self.file.close()
        if self.path.exists():
            self.path.unlink()


def _root(url: str) -> UPath | ObjectStoragePath:
    # Without an Airflow connection in the URL none is looked up, and a second or two of each task
    # is saved: an ObjectStoragePath imports the filesystems of every installed provider.
    return ObjectStoragePath(url) if "@" in url else UPath(url)


def folder_key(context: Mapping[str, Any], session: SessionRecord) -> str:
    """Name the folder of a session in a dag run, safe for every UUID, run id and storage."""
    dag_id, run_id = context["dag_run"].dag_id, context["dag_run"].run_id
    day = f"{_safe(session.label)}-{_digest(session.uuid)}"
    return f"{dag_id}/{day}/{_safe(run_id)}-{_digest(run_id)}"


def _safe(text: str) -> str:
    return re.sub(r"[^A-Za-z0-9_-]+", "_", text)[:60]


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:10]
