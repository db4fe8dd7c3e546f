"""What can be wrong with a storage, and what to do about it."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from airflow.sdk.exceptions import AirflowFailException


class StoredFiles(NamedTuple):
    """What messages call the files of a storage, and the setting that names their place."""

    what: str
    setting: str


STAGED_FILES = StoredFiles("staged files", "AIRFLOW__ZOOM_ATTENDANCE__STAGING_URL")
RECORDS = StoredFiles("attendance records", "AIRFLOW__ZOOM_ATTENDANCE__RECORDS_URL")


class StorageRefused(AirflowFailException):
    """The storage takes no files: another try changes nothing."""


class StorageUnavailable(Exception):
    """The storage is full, gone or has a fault: it may take files again."""


FULL = (
    "The disk of the {what} is full. Remove what is not needed there (the staged files of "
    "sessions that are published are not), or let {setting} name a place with more room."
)
GONE = (
    "The folder of the {what}, which {setting} names, was removed, or cannot be reached. "
    "The next try makes it anew; a disk or network share has to be mounted."
)
FAULTY = "The disk of the {what} has a fault. Look at the machine's own log."
OVERLOADED = (
    "The object storage of the {what} is away or overloaded, or does not take the request "
    "({error}). If every try ends so, check what {setting} names: the bucket, and the connection."
)

RETRYABLE = {
    errno.ENOSPC: FULL,
    errno.EDQUOT: FULL,
    errno.EFBIG: FULL,
    errno.ENOENT: GONE,
    errno.ESTALE: GONE,
    errno.ENOTCONN: GONE,
    errno.EIO: FAULTY,
    errno.EMFILE: "The machine has too many files open. Look which process holds them.",
    errno.ENFILE: "The machine has too many files open. Look which process holds them.",
}
"""By the number of the operating system's error: what helps where another try may, too."""

NOT_ALLOWED = (
    "Airflow's user may not write or read the {what}: the place that {setting} names is "
    "read-only, or somebody else's. Give it to that user, or name another. Then clear this task."
)
NO_FOLDER = (
    "The {what} have no place: what {setting} names, or something above it, is no folder, or "
    "its name is too long. Name a folder. Then clear this task."
)
NOT_RETRYABLE = {
    errno.EROFS: NOT_ALLOWED,
    errno.EACCES: NOT_ALLOWED,
    errno.EPERM: NOT_ALLOWED,
    errno.ENOTDIR: NO_FOLDER,
    errno.EISDIR: NO_FOLDER,
    errno.EEXIST: NO_FOLDER,
    errno.ELOOP: NO_FOLDER,
    errno.ENAMETOOLONG: NO_FOLDER,
}


NOT_LET_IN = (
    "The object storage of the {what} refuses the key: it may not read and write there, or "
    "is wrong or too old. Correct the connection that {setting} names, or the key's rights. Then "
    "clear this task."
)
NO_BUCKET = (
    "The object storage of the {what} has no such bucket as {setting} names. Make it, or "
    "name another. Then clear this task."
)

BUSY = {errno.EBUSY, getattr(errno, "EREMOTEIO", errno.EIO)}
"""How s3fs says that the storage has a fault, or too many requests."""

CLIENTS = {"adlfs", "aiobotocore", "aiohttp", "azure", "botocore", "gcsfs"}
"""The packages of object storages: what they raise is no fault of Zoom's or of this project."""

NO_PLACE = (
    "{setting} names no place for the {what}. Use an absolute path, or a URL such as "
    "s3://my_connection@my-bucket/attendance whose storage this Airflow knows. Then clear this "
    "task."
)


def no_place(files: StoredFiles) -> StorageRefused:
    """Return the error of a setting that names no storage."""
    return StorageRefused(NO_PLACE.format(what=files.what, setting=files.setting))


@contextmanager
def storage_errors(files: StoredFiles, but: tuple[type[OSError], ...] = ()) -> Iterator[None]:
    """Turn the errors of disks and storages into StorageRefused and StorageUnavailable.

    :param files: those that the messages speak of.
    :param but: errors that the caller understands.
    """
    try:
        yield
    except but:
        raise
    except Exception as error:
        translated = _translated(error, files)
        if translated is None:
            raise
        raise translated from None


def _translated(error: Exception, files: StoredFiles) -> Exception | None:
    """Return what is raised instead; None for what is no error of a storage."""
    number = error.errno if isinstance(error, OSError) else None
    found = _of_number(number) if number else _of_client(error)
    if found is None:
        return None
    kind, text = found
    name = errno.errorcode[number] if number else type(error).__name__
    return kind(text.format(**files._asdict(), error=name))


def _of_number(number: int) -> tuple[type[Exception], str] | None:
    if number in NOT_RETRYABLE:
        return StorageRefused, NOT_RETRYABLE[number]
    if number in RETRYABLE:
        return StorageUnavailable, RETRYABLE[number]
    return (StorageUnavailable, OVERLOADED) if number in BUSY else None


def _of_client(error: Exception) -> tuple[type[Exception], str] | None:
    """Return what an object storage's client means, which gives no number."""
    if isinstance(error, PermissionError):
        return StorageRefused, NOT_LET_IN
    if isinstance(error, FileNotFoundError):
        return StorageRefused, NO_BUCKET
    of_client = type(error).__module__.partition(".")[0] in CLIENTS
    if of_client or isinstance(error, TimeoutError):
        return StorageUnavailable, OVERLOADED
    return None
