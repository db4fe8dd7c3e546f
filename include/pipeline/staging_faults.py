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


@contextmanager
def saying_what_to_do(but: tuple[type[OSError], ...] = ()) -> Iterator[None]:
    """Turn the operating system's errors into StagingRefused and StagingUnavailable.

    :param but: those that the caller understands.
    """
    try:
        yield
    except but:
        raise
    except OSError as error:
        number = error.errno or 0
        if number in STAYS:
            raise StagingRefused(STAYS[number]) from None
        if number in PASSES:
            raise StagingUnavailable(PASSES[number]) from None
        raise
