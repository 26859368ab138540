"""随时出事，原来的文件都在；目标被占用时另取名字。"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING, BinaryIO, NoReturn

import pytest

from xltool.excel.atomic import atomic_save

if TYPE_CHECKING:
    from pathlib import Path

OLD = b"old"
NEW = b"new contents"

KILLED = """
import os, signal, sys
from pathlib import Path
from xltool.excel.atomic import atomic_save
def write(handle):
    handle.write(b"half")
    handle.flush()
    os.kill(os.getpid(), signal.SIGKILL)
atomic_save(Path(sys.argv[1]), write)
"""


@pytest.fixture
def target(tmp_path: Path) -> Path:
    path = tmp_path / "汇总.xlsx"
    path.write_bytes(OLD)
    return path


def write_new(handle: BinaryIO) -> None:
    handle.write(NEW)


def test_replaces_and_leaves_nothing_else(target: Path) -> None:
    assert atomic_save(target, write_new) == target
    assert target.read_bytes() == NEW
    assert list(target.parent.iterdir()) == [target]


def test_permissions_follow_the_umask(target: Path) -> None:
    before = os.umask(0o027)
    try:
        atomic_save(target, write_new)
    finally:
        os.umask(before)
    assert target.stat().st_mode & 0o777 == 0o640


def test_part_is_private_while_written(target: Path) -> None:
    modes = []

    def write(handle: BinaryIO) -> None:
        modes.append(os.fstat(handle.fileno()).st_mode & 0o777)
        assert target.read_bytes() == OLD

    atomic_save(target, write)
    assert modes == [0o600]


@pytest.mark.parametrize("error", [OSError(28, "No space left"), KeyboardInterrupt(), ValueError()])
def test_failed_writing_keeps_the_old_file(target: Path, error: BaseException) -> None:
    def write(handle: BinaryIO) -> NoReturn:
        handle.write(b"half")
        raise error

    with pytest.raises(type(error)):
        atomic_save(target, write)
    assert target.read_bytes() == OLD
    assert list(target.parent.iterdir()) == [target]


@pytest.mark.parametrize("call", ["fsync", "replace"])
def test_failed_system_call_keeps_the_old_file(
    target: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    def fail(*_: object) -> NoReturn:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(os, call, fail)
    with pytest.raises(OSError, match="Input/output error"):
        atomic_save(target, write_new)
    assert target.read_bytes() == OLD
    assert list(target.parent.iterdir()) == [target]


def test_killed_while_writing_keeps_the_old_file(target: Path) -> None:
    ended = subprocess.run([sys.executable, "-c", KILLED, str(target)], check=False)
    assert ended.returncode == -signal.SIGKILL
    assert target.read_bytes() == OLD


def test_locked_target_is_saved_beside(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    taken = target.with_name("汇总_2.xlsx")
    taken.write_bytes(b"another")
    replace = os.replace

    def locked(source: Path, place: Path) -> None:
        if place == target:
            raise PermissionError(13, "in use")
        replace(source, place)

    monkeypatch.setattr(os, "replace", locked)
    saved = atomic_save(target, write_new)
    assert saved == target.with_name("汇总_3.xlsx")
    assert saved.read_bytes() == NEW
    assert target.read_bytes() == OLD
    assert taken.read_bytes() == b"another"
    assert sorted(target.parent.iterdir()) == sorted([target, taken, saved])


@pytest.mark.parametrize("lock", ["~$汇总.xlsx", ".~汇总.xlsx", ".~lock.汇总.xlsx#"])
def test_a_target_open_in_another_program_is_saved_beside(target: Path, lock: str) -> None:
    """Linux 上换名不会失败，看锁文件。"""
    target.with_name(lock).write_bytes(b"")
    saved = atomic_save(target, write_new)
    assert saved == target.with_name("汇总_2.xlsx")
    assert saved.read_bytes() == NEW
    assert target.read_bytes() == OLD


def test_a_lock_left_beside_nothing_is_no_hindrance(target: Path) -> None:
    target.with_name("~$汇总.xlsx").write_bytes(b"")
    target.unlink()
    assert atomic_save(target, write_new) == target


def test_everything_locked_is_an_error(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def locked(*_: object) -> NoReturn:
        raise PermissionError(13, "in use")

    monkeypatch.setattr(os, "replace", locked)
    with pytest.raises(PermissionError):
        atomic_save(target, write_new)
    assert target.read_bytes() == OLD
    assert list(target.parent.iterdir()) == [target]


def test_foreign_part_files_are_left_alone(target: Path) -> None:
    other = target.with_name(".part-别人的")
    other.write_bytes(b"x")
    atomic_save(target, write_new)
    assert other.read_bytes() == b"x"
