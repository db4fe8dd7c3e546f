"""Files in the temporary folder that nobody but this user can have made.

Everybody may write to that folder, and the names in it can be foreseen: what is there already may
be a stranger's, with links in it to files of ours.
"""

from __future__ import annotations

import errno
import os
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, NoReturn

from zoom_provider.errors import ZoomError, ZoomRefused, ZoomUnavailable

OTHERS_MAY_WRITE = stat.S_IWGRP | stat.S_IWOTH

NO_ROOM_ERRORS = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EMFILE, errno.ENFILE)
CLOSED_ERRORS = (errno.EROFS, errno.EACCES, errno.EPERM, errno.ENOLCK, errno.ENOENT)
"""Errors that are nobody's trick: the disk is full; read-only, another user's, without locks, not
there."""


def private_folder(*names: str) -> Path:
    """Return a folder below the temporary one, made if need be, that only this user can enter.

    Raises ZoomRefused if one of these names stands for anything else than a folder of this user
    that nobody else could write to, or cannot be made; ZoomUnavailable if there is no room for it.
    """
    folder = Path(tempfile.gettempdir())
    for name in names:
        folder /= name
        with translate_os_errors(folder):
            _make_or_check(folder)
    return folder


def open_private(path: Path) -> BinaryIO:
    """Open a file of a private folder to read and write, made if need be.

    Raises ZoomRefused if it is a link, has a second name, or is no plain file of this user.
    """
    # Without O_NONBLOCK a pipe of that name could hold the process.
    flags = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_NONBLOCK
    with translate_os_errors(path):
        file = os.fdopen(os.open(path, flags, 0o600), "r+b", buffering=0)
    if wrong := _wrong_with_file(os.fstat(file.fileno())):
        file.close()
        _refuse(path, wrong)
    return file


@contextmanager
def translate_os_errors(path: Path) -> Iterator[None]:
    """Raise what the operating system refuses as a ZoomError that says what to do.

    :param path: the file or folder that the block uses.
    """
    try:
        yield
    except OSError as error:
        raise _unusable(path, error) from None


def _unusable(path: Path, error: OSError) -> ZoomError:
    where = f"Calls to Zoom take turns by locking files, and {path} cannot be"
    if error.errno in NO_ROOM_ERRORS:
        return ZoomUnavailable(
            f"{where} written: {error.strerror}. Make room there, or set TMPDIR to a folder on a "
            "disk that has some."
        )
    if error.errno in CLOSED_ERRORS:
        return ZoomRefused(
            f"{where} used: {error.strerror}. Set TMPDIR to a folder on a disk of this machine "
            "that this user can write to."
        )
    return _distrust(path, error.strerror)


def _make_or_check(folder: Path) -> None:
    with suppress(FileExistsError):
        folder.mkdir(mode=0o700)
    found = folder.lstat()
    if wrong := _wrong_with_folder(found):
        _refuse(folder, wrong)
    # Older versions let others look into theirs, which also lets them lock what they can open.
    if stat.S_IMODE(found.st_mode) != 0o700:
        folder.chmod(0o700)


def _wrong_with_folder(found: os.stat_result) -> str | None:
    if not stat.S_ISDIR(found.st_mode):
        return "it is no folder"
    if found.st_uid != os.geteuid():
        return "it belongs to another user"
    return "other users may write to it" if found.st_mode & OTHERS_MAY_WRITE else None


def _wrong_with_file(found: os.stat_result) -> str | None:
    if not stat.S_ISREG(found.st_mode):
        return "it is no plain file"
    if found.st_uid != os.geteuid():
        return "it belongs to another user"
    return "it has a second name elsewhere" if found.st_nlink > 1 else None


def _refuse(path: Path, reason: str) -> NoReturn:
    raise _distrust(path, reason)


def _distrust(path: Path, reason: str | None) -> ZoomRefused:
    return ZoomRefused(
        f"Calls to Zoom take turns by locking files, and {path} cannot be trusted: {reason}. "
        "Nothing was written to it. Remove it (if it is another user's, the machine's "
        "administrator can), or set TMPDIR to a folder that only this user can write to."
    )
