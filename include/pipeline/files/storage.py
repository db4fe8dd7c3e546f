"""Files on any storage that every worker reaches: written whole or not at all, read, measured."""

from __future__ import annotations

import hashlib
import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from airflow.sdk import ObjectStoragePath
from upath import UPath

from include.pipeline.files.storage_faults import StoredFiles, no_place, storage_errors

BLOCK = 1 << 20
"""Bytes read at once."""


@dataclass(frozen=True)
class Extent:
    """What tells a whole file from a torn one: its lines, its bytes and their SHA-256."""

    rows: int
    size: int
    sha256: str


class StorageFolder:
    """A folder on a storage.

    :param url: of the storage, as a setting names it.
    :param key: where below the URL.
    :param holds: what the messages call its files.

    Raises StorageRefused if the URL names none.
    """

    def __init__(self, url: str, key: str, holds: StoredFiles) -> None:
        self.path = _root(url, holds) / key
        self._holds = holds

    @contextmanager
    def writing(self, name: str) -> Iterator[FileBeingWritten]:
        """Open a file that appears whole when the block ends, or not at all if it fails.

        Raises StorageRefused and StorageUnavailable where there is no place for it.
        """
        with storage_errors(self._holds), self._writing(name) as file:
            yield file

    @contextmanager
    def _writing(self, name: str) -> Iterator[FileBeingWritten]:
        if local := _is_local(self.path):
            _make_folder(_on_disk(self.path))
        else:
            self.path.mkdir(parents=True, exist_ok=True)
        file = FileBeingWritten(self.path / f"{name}.{uuid.uuid4().hex}.part")
        try:
            yield file
            file.close()
            if local:
                _make_way(_on_disk(self.path / name))
            self.path.fs.mv(file.path.path, (self.path / name).path)
            if local:
                _sync(_on_disk(self.path))
        except BaseException:
            file.discard()
            raise

    @contextmanager
    def reading(self, name: str) -> Iterator[BinaryIO]:
        """Open a file for reading bytes.

        Raises FileNotFoundError if it is gone, IsADirectoryError if a folder has its name.
        """
        path = self.path / name
        # The path's own open() wraps the file for lineage, which costs a call for each read.
        with storage_errors(self._holds, but=(FileNotFoundError, IsADirectoryError)):
            file = path.fs.open(path.path, "rb")
        with file, storage_errors(self._holds):
            yield file

    def write(self, name: str, content: bytes) -> None:
        """Write a whole file."""
        with self.writing(name) as file:
            file.file.write(content)

    def try_to_write(self) -> None:
        """Write a file, read it and remove it. Raises StorageRefused and StorageUnavailable."""
        name = f".tried-{uuid.uuid4().hex}"
        self.write(name, b"")
        self.read(name)
        with storage_errors(self._holds):
            self.path.fs.rm_file((self.path / name).path)

    def read(self, name: str) -> bytes:
        """Return a whole file; raises as `reading`."""
        with self.reading(name) as file:
            return file.read()


def extent_of(file: BinaryIO) -> Extent:
    """Return the extent of a file open for reading, which is read to its end."""
    extent = _Measure()
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


class FileBeingWritten:
    """A file that is being written, and can be begun again on any storage."""

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
        """Remove the file if possible; an error of this does not hide the one before."""
        with suppress(OSError):
            self.file.close()  # a full disk refuses what was not written yet
        with suppress(OSError):
            self.path.unlink()


def _is_local(path: UPath | ObjectStoragePath) -> bool:
    return path.protocol in ("", "file", "local")


def _on_disk(path: UPath | ObjectStoragePath) -> Path:
    return Path(path.path)


def _root(url: str, holds: StoredFiles) -> UPath | ObjectStoragePath:
    scheme, _, rest = url.rpartition("://")
    if not (scheme and rest.strip("/")) and not Path(url).is_absolute():
        raise no_place(holds)
    try:
        # Without an Airflow connection in the URL none is looked up, and a second or two of each
        # task is saved: an ObjectStoragePath imports the filesystems of every installed provider.
        return ObjectStoragePath(url) if "@" in url else UPath(url)
    except (ValueError, ImportError):
        raise no_place(holds) from None


def _make_way(path: Path) -> None:
    """Remove a folder that has a file's name: no retry would help."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)


def _make_folder(folder: Path) -> None:
    """Make the folder and those above it that are missing; what is there keeps its mode."""
    missing = [path for path in (folder, *folder.parents) if not path.exists()]
    for path in reversed(missing):
        path.mkdir(mode=0o700, exist_ok=True)


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
