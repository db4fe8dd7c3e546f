"""The lock files of the pacing: nobody else's are used, and no lock is waited for without end."""

from __future__ import annotations

import fcntl
import os
import stat
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from sandbox.both import Sandbox
from tests.file_limit import files_of_at_most
from tests.zoom_provider.conftest import HookTo
from zoom_provider.errors import ZoomRefused, ZoomUnavailable
from zoom_provider.pacing import Pace

STRANGER = 54321

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty temporary folder."""
    folder = tmp_path / "tmp"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.fixture
def outer(temporary: Path) -> Path:
    """Where the folder of this user's lock files will be."""
    return temporary / f"zoom-pace-{os.geteuid()}"


@pytest.fixture
def inner(outer: Path) -> Path:
    """The folder of the lock files, after a first turn."""
    take_a_turn()
    (folder,) = outer.iterdir()
    return folder


@pytest.fixture
def ours(tmp_path: Path) -> Path:
    """A file of ours that nobody wants overwritten."""
    file = tmp_path / "letters"
    file.write_text("dear people")
    return file


def take_a_turn(longest_wait: float = 60) -> None:
    with Pace("anything", 1, longest_wait).turn():
        pass


def link_away(folder: Path) -> None:
    elsewhere = folder.parent / "elsewhere"
    elsewhere.mkdir()
    folder.symlink_to(elsewhere)


def dangle(folder: Path) -> None:
    folder.symlink_to(folder.parent / "nowhere")


def plain_file(folder: Path) -> None:
    folder.write_text("")


def of_a_stranger(folder: Path) -> None:
    folder.mkdir(mode=0o777)
    os.chown(folder, STRANGER, STRANGER)


def with_mode(mode: int) -> Callable[[Path], None]:
    def make(folder: Path) -> None:
        folder.mkdir()
        folder.chmod(mode)

    return make


FOLDERS = [
    link_away,
    dangle,
    plain_file,
    os.mkfifo,
    with_mode(0o777),
    with_mode(0o1777),
    with_mode(0o720),
    with_mode(0o702),
    pytest.param(of_a_stranger, marks=as_root),
]


@pytest.mark.parametrize("put", FOLDERS)
def test_a_folder_that_others_may_have_made_is_refused(
    outer: Path, put: Callable[[Path], None]
) -> None:
    put(outer)
    with pytest.raises(ZoomRefused, match=r"cannot be trusted: .* Remove it"):
        take_a_turn()


@pytest.mark.parametrize("put", FOLDERS)
def test_so_is_a_folder_in_it(inner: Path, put: Callable[[Path], None]) -> None:
    for file in inner.iterdir():
        file.unlink()
    inner.rmdir()
    put(inner)
    with pytest.raises(ZoomRefused, match=r"cannot be trusted: .* Remove it"):
        take_a_turn()


def symlink_to(ours: Path, file: Path) -> None:
    file.symlink_to(ours)


def hard_link_to(ours: Path, file: Path) -> None:
    file.hardlink_to(ours)


def dangling(ours: Path, file: Path) -> None:
    file.symlink_to(ours.with_name("new"))


def pipe(ours: Path, file: Path) -> None:
    os.mkfifo(file)


def folder(ours: Path, file: Path) -> None:
    file.mkdir()


def strangers(ours: Path, file: Path) -> None:
    file.write_text("")
    os.chown(file, STRANGER, STRANGER)


@pytest.mark.parametrize(
    "put",
    [
        symlink_to,
        hard_link_to,
        dangling,
        pipe,
        folder,
        pytest.param(strangers, marks=as_root),
    ],
)
@pytest.mark.parametrize("name", ["queue", "0"])
def test_a_lock_file_that_is_none_is_refused_and_nothing_is_overwritten(
    inner: Path, ours: Path, name: str, put: Callable[[Path, Path], None]
) -> None:
    (inner / name).unlink()
    put(ours, inner / name)
    with pytest.raises(ZoomRefused, match=r"cannot be trusted: .* Remove it"):
        take_a_turn()
    assert ours.read_text() == "dear people"
    assert not ours.with_name("new").exists()


def test_without_a_place_for_them_the_reason_is_said(
    temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(temporary / "gone"))
    with pytest.raises(ZoomRefused, match="No such file or directory"):
        take_a_turn()


@pytest.mark.usefixtures("temporary")
def test_a_full_disk_is_said_and_tried_again_later() -> None:
    said = r"cannot be written: .* Make room there, or set TMP"
    with files_of_at_most(0), pytest.raises(ZoomUnavailable, match=said):
        take_a_turn()
    take_a_turn()


@as_root
def test_a_folder_that_is_closed_to_us_is_said(temporary: Path) -> None:
    # As a user for whom nothing is there yet.
    os.seteuid(STRANGER)
    try:
        with pytest.raises(ZoomRefused, match=r"cannot be used: Permission denied\. Set TMPDIR"):
            take_a_turn()
    finally:
        os.seteuid(0)


def test_a_request_that_has_left_frees_its_slot_whatever_the_answer_takes(temporary: Path) -> None:
    with Pace("anything", 1).turn() as left:
        left()
        take_a_turn()


def test_one_that_has_not_keeps_it(temporary: Path) -> None:
    with Pace("anything", 1).turn(), pytest.raises(ZoomUnavailable, match="No turn"):
        take_a_turn(longest_wait=0.1)


def test_the_hook_says_it(outer: Path, empty_sandbox: Sandbox, hook_to: HookTo, uuid: str) -> None:
    dangle(outer)
    hook = hook_to(empty_sandbox.url)
    with pytest.raises(ZoomRefused, match="cannot be trusted"):
        list(hook.iter_report_pages(uuid))


def test_only_this_user_can_enter_the_folders(outer: Path, inner: Path) -> None:
    assert [stat.S_IMODE(one.stat().st_mode) for one in (outer, inner)] == [0o700, 0o700]


def test_a_folder_that_others_could_only_read_is_closed_and_used(outer: Path) -> None:
    """As older versions made it."""
    outer.mkdir()
    outer.chmod(0o755)
    take_a_turn()
    assert stat.S_IMODE(outer.stat().st_mode) == 0o700


@pytest.mark.parametrize("name", ["queue", "0"])
def test_a_lock_that_is_kept_is_an_error_and_no_hang(inner: Path, name: str) -> None:
    with (inner / name).open("r+b") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        with pytest.raises(ZoomUnavailable, match="No turn to call Zoom came"):
            take_a_turn(longest_wait=0.1)
    take_a_turn()
