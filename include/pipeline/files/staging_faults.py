"""What can be wrong with the place of the staged files, and what to do about it."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from airflow.sdk.exceptions import AirflowFailException

SETTING = "AIRFLOW__ZOOM_ATTENDANCE__STAGING_URL (of attendance records RECORDS_URL)"


class StagingRefused(AirflowFailException):
    """The place takes no files: another try changes nothing."""


class StagingUnavailable(Exception):
    """The place is full, gone or has a fault: it may take files again."""


FULL = (
    "The disk of the staged files is full. Remove what is not needed there (the staged files of "
    f"sessions that are published are not), or let {SETTING} name a place with more room."
)
GONE = (
    f"The folder of the staged files, which {SETTING} names, was removed, or cannot be reached. "
    "The next try makes it anew; a disk or network share has to be mounted."
)
FAULTY = "The disk of the staged files has a fault. Look at the machine's own log."
STORAGE = (
    "The object storage of the staged files is away or overloaded, or does not take the request "
    f"({{}}). If every try ends so, check what {SETTING} names: the bucket, and the connection."
)

PASSES = {
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
"""By the number of the operating system's error: what may pass, and what helps."""

NOT_ALLOWED = (
    f"Airflow's user may not write or read the staged files: the place that {SETTING} names is "
    "read-only, or somebody else's. Give it to that user, or name another. Then clear this task."
)
NO_FOLDER = (
    f"Staged files have no place: what {SETTING} names, or something above it, is no folder, or "
    "its name is too long. Name a folder. Then clear this task."
)
STAYS = {
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
    "The object storage of the staged files refuses the key: it may not read and write there, or "
    f"is wrong or too old. Correct the connection that {SETTING} names, or the key's rights. Then "
    "clear this task."
)
NO_BUCKET = (
    f"The object storage of the staged files has no such bucket as {SETTING} names. Make it, or "
    "name another. Then clear this task."
)

BUSY = {errno.EBUSY, getattr(errno, "EREMOTEIO", errno.EIO)}
"""How s3fs says that the storage has a fault, or too many requests."""

CLIENTS = {"adlfs", "aiobotocore", "aiohttp", "azure", "botocore", "gcsfs"}
"""The packages of object storages: what they raise is no fault of Zoom's or of this project."""


@contextmanager
def saying_what_to_do(but: tuple[type[OSError], ...] = ()) -> Iterator[None]:
    """Turn the errors of disks and storages into StagingRefused and StagingUnavailable.

    :param but: those that the caller understands.
    """
    try:
        yield
    except but:
        raise
    except Exception as error:
        meant = _meant(error)
        if meant is None:
            raise
        raise meant from None


def _meant(error: Exception) -> Exception | None:
    if isinstance(error, OSError) and error.errno:
        return _of_number(error.errno)
    # The clients of object storages give no number.
    if isinstance(error, PermissionError):
        return StagingRefused(NOT_LET_IN)
    if isinstance(error, FileNotFoundError):
        return StagingRefused(NO_BUCKET)
    of_client = type(error).__module__.partition(".")[0] in CLIENTS
    if of_client or isinstance(error, TimeoutError):
        return StagingUnavailable(STORAGE.format(type(error).__name__))
    return None


def _of_number(number: int) -> Exception | None:
    if number in STAYS:
        return StagingRefused(STAYS[number])
    if number in BUSY - PASSES.keys():
        return StagingUnavailable(STORAGE.format(errno.errorcode[number]))
    return StagingUnavailable(PASSES[number]) if number in PASSES else None
