"""Staged files: what one task leaves for the next, on any storage that every worker reaches."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, cast

from airflow.sdk import ObjectStoragePath
from airflow.sdk.exceptions import AirflowFailException
from upath import UPath

from include.pipeline.files.staging_faults import saying_what_to_do
from include.pipeline.settings import staging_url
from include.pipeline.task_data import SessionData

EXTRACT, TRANSFORM = "extract", "transform"
"""The tasks that write staged files, as the UI calls them."""

BLOCK = 1 << 20
"""Bytes read at once."""


class StagedFileBroken(AirflowFailException):
    """A staged file is gone, or not as it was written: the task that wrote it must run again."""

    def __init__(self, what: str, task: str) -> None:
        super().__init__(
            f"{what} Nothing is counted from what is left. Clear the task `{task}` of this session "
            "(its page > Task Instances, by its date): it and the tasks after it run again."
        )


@dataclass(frozen=True)
class Extent:
    """What tells a whole file from a torn one: its lines, its bytes and their SHA-256."""

    rows: int
    size: int
    sha256: str


class StagingFolder:
    """The files of one session in one dag run.

    :param key: where below the staging URL; made by ``folder_key``.
    :param url: another place that files are kept in, by the same rules.
    """

    def __init__(self, key: str, url: str | None = None) -> None:
        self.path = _root(url or staging_url()) / key

    @contextmanager
    def writing(self, name: str) -> Iterator[StagedFile]:
        """Open a file that appears whole when the block ends, or not at all if it fails.

        Raises StagingRefused and StagingUnavailable where there is no place for it.
        """
        with saying_what_to_do(), self._writing(name) as staged:
            yield staged

    @contextmanager
    def _writing(self, name: str) -> Iterator[StagedFile]:
        if local := _is_local(self.path):
            _make_folder(_on_disk(self.path))
        else:
            self.path.mkdir(parents=True, exist_ok=True)
        staged = StagedFile(self.path / f"{name}.{uuid.uuid4().hex}.part")
        try:
            yield staged
            staged.close()
            if local:
                _make_way(_on_disk(self.path / name))
            self.path.fs.mv(staged.path.path, (self.path / name).path)
            if local:
                _sync(_on_disk(self.path))
        except BaseException:
            staged.discard()
            raise

    @contextmanager
    def reading(self, name: str, *, written_by: str | None = None) -> Iterator[BinaryIO]:
        """Open a staged file for reading bytes.

        :param written_by: the task that writes it: StagedFileBroken says so if the file is gone,
            and without it FileNotFoundError is raised.
        """
        path = self.path / name
        try:
            # The path's own open() wraps the file for lineage, which costs a call for each read.
            with saying_what_to_do(but=(FileNotFoundError, IsADirectoryError)):
                file = path.fs.open(path.path, "rb")
        except (FileNotFoundError, IsADirectoryError):
            if written_by is None:
                raise
            raise StagedFileBroken(f"The staged file {name} is gone.", written_by) from None
        with file, saying_what_to_do():
            yield file

    def write(self, name: str, content: bytes) -> None:
        """Write a whole file."""
        with self.writing(name) as staged:
            staged.file.write(content)

    def read(self, name: str, *, written_by: str | None = None) -> bytes:
        """Return a whole file; raises as `reading`."""
        with self.reading(name, written_by=written_by) as file:
            return file.read()

    def extent(self, name: str, *, written_by: str) -> Extent:
        """Measure a staged file. Raises StagedFileBroken if it is gone."""
        extent = _Measure()
        with self.reading(name, written_by=written_by) as file:
            while block := file.read(BLOCK):
                extent.add(block)
        return extent.taken


class _Measure:
    """The extent of what has been added."""

    def __init__(self) -> None:
        self._rows = self._size = 0
        self._sha256 = hashlib.sha256()

    def add(self, data: bytes) -> None:
        self._rows += data.count(b"\n")
        self._size += len(data)
        self._sha256.update(data)

    @property
    def taken(self) -> Extent:
        return Extent(self._rows, self._size, self._sha256.hexdigest())


class MeasuredFile:
    """A file open for writing bytes, and the extent of what was written."""

    def __init__(self, file: BinaryIO) -> None:
        self._file, self._measure = file, _Measure()

    @property
    def extent(self) -> Extent:
        """What has been written."""
        return self._measure.taken

    def write(self, data: bytes) -> int:
        """Add these bytes; returns how many they are."""
        self._measure.add(data)
        return self._file.write(data)

    def close(self) -> None:
        """End the file."""
        self._file.close()


class StagedFile:
    """A file under way, which can be begun again on any storage."""

    def __init__(self, path: UPath | ObjectStoragePath) -> None:
        self.path = path
        if _is_local(path):
            _make_file(_on_disk(path))
        self.file = self._open()

    def _open(self) -> MeasuredFile:
        return MeasuredFile(cast("BinaryIO", self.path.fs.open(self.path.path, "wb")))

    def start_over(self) -> None:
        """Begin the file again, empty."""
        self.file.close()
        self.file = self._open()

    def close(self) -> None:
        """End the file: it is whole now, and on the disk."""
        self.file.close()
        if _is_local(self.path):
            _sync(_on_disk(self.path))

    def discard(self) -> None:
        """Remove the file, if that can be: what has gone wrong before is what is told."""
        with suppress(OSError):
            self.file.close()  # a full disk refuses what was not written yet
        with suppress(OSError):
            self.path.unlink()


def _is_local(path: UPath | ObjectStoragePath) -> bool:
    return path.protocol in ("", "file", "local")


def _on_disk(path: UPath | ObjectStoragePath) -> Path:
    return Path(path.path)


def _root(url: str) -> UPath | ObjectStoragePath:
    # Without an Airflow connection in the URL none is looked up, and a second or two of each task
    # is saved: an ObjectStoragePath imports the filesystems of every installed provider.
    return ObjectStoragePath(url) if "@" in url else UPath(url)


def folder_key(context: Mapping[str, Any], session: SessionData) -> str:
    """Name the folder of a session in a dag run, safe for every UUID, run id and storage."""
    dag_id, run_id = context["dag_run"].dag_id, context["dag_run"].run_id
    day = f"{_safe(session.label)}-{_digest(session.uuid)}"
    return f"{dag_id}/{day}/{_safe(run_id)}-{_digest(run_id)}"


def _safe(text: str) -> str:
    return re.sub(r"[^A-Za-z0-9_-]+", "_", text)[:60]


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:10]


def _make_way(path: Path) -> None:
    """Remove a folder that has got a staged file's name: no retry would mend it."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)


def _make_folder(folder: Path) -> None:
    """Make the folder and those above it that are missing; what is there keeps its mode."""
    missing = [one for one in (folder, *folder.parents) if not one.exists()]
    for one in reversed(missing):
        one.mkdir(mode=0o700, exist_ok=True)


def _make_file(file: Path) -> None:
    """Make the file, empty, for another to open and write."""
    os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


def _sync(path: Path) -> None:
    """Return when the file, or the names in the folder, would outlive a loss of power."""
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
