"""占住一个要写的目标：同时写它的另一个程序一开始就知道；死了的留下的部件，下一次清掉。

占住靠系统的文件锁，进程一死就自动放开，所以分得清是正在写的还是死了的留下的。
"""

from __future__ import annotations

import errno
import os
import sys
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, BinaryIO, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PART_PREFIX: Final = ".part-"
_PRIVATE: Final = 0o600
_TRIES: Final = 16  # 锁上以前正好被先前的删去了，就再来
_BUSY: Final = (errno.EACCES, errno.EAGAIN, errno.EWOULDBLOCK, errno.EDEADLK)
_READ_ONLY: Final = (errno.EACCES, errno.EPERM, errno.EROFS)
# 不跟符号链接：那里只该有我们自己的文件
_FLAGS: Final = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


class BusyError(OSError):
    """另一个程序正在写同一个目标。"""

    def __init__(self, target: Path) -> None:
        super().__init__(errno.EBUSY, "另一个程序正在写", str(target))


class ReadOnlyError(PermissionError):
    """目标所在的文件夹不能写：部件也放不进去。"""

    def __init__(self, target: Path) -> None:
        super().__init__(errno.EACCES, "所在的文件夹不能写", str(target))


class Part(NamedTuple):
    """占住的目标，和正在写的部件。"""

    target: Path
    path: Path
    handle: BinaryIO


@contextmanager
def claimed(target: Path) -> Iterator[Part]:
    """占住一个目标；出来时没有换名的部件删去。

    Raises:
        BusyError: 另一个程序正占着。
        ReadOnlyError: 所在的文件夹不能写。
    """
    path = part_path(target)
    with _locked_file(target, path.with_suffix(".lock")):
        path.unlink(missing_ok=True)  # 占住了，还在的就是死了的留下的
        try:
            with os.fdopen(os.open(path, _FLAGS | os.O_EXCL, _PRIVATE), "w+b") as handle:
                yield Part(target, path, handle)
        finally:
            path.unlink(missing_ok=True)


def part_path(target: Path) -> Path:
    """目标没写完的部件叫什么：由目标的名字定，名字再长也写得下。"""
    from hashlib import sha256  # noqa: PLC0415 - --help writes nothing and need not load it

    return target.with_name(f"{PART_PREFIX}{sha256(os.fsencode(target.name)).hexdigest()[:16]}")


@contextmanager
def _locked_file(target: Path, path: Path) -> Iterator[None]:
    """锁着一个空文件，出来时删去。"""
    for _ in range(_TRIES):
        try:
            descriptor = os.open(path, _FLAGS, _PRIVATE)
        except OSError as error:
            if error.errno in _READ_ONLY:
                raise ReadOnlyError(target) from error
            raise
        if not _locked(descriptor):
            os.close(descriptor)
            raise BusyError(target)
        if _still(descriptor, path):
            break
        os.close(descriptor)
    else:
        raise BusyError(target)
    try:
        yield
    finally:
        if sys.platform != "win32":  # 锁着的时候删：等着的人会发现不是原来的那个，另建一个
            path.unlink(missing_ok=True)
        os.close(descriptor)
        if sys.platform == "win32":  # 开着的删不掉
            with suppress(OSError):
                path.unlink(missing_ok=True)


def _still(descriptor: int, path: Path) -> bool:
    """打开的还是不是这个名字的文件：锁上之前可能已被删去。"""
    with suppress(FileNotFoundError):
        return os.path.samestat(os.fstat(descriptor), path.stat(follow_symlinks=False))
    return False


def _locked(descriptor: int) -> bool:
    """锁上；别的进程锁着的为假。文件系统没有锁的，只好当作没有人占着。"""
    try:
        if sys.platform == "win32":
            import msvcrt  # noqa: PLC0415 - Windows only

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl  # noqa: PLC0415 - Unix only

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        return error.errno not in _BUSY
    return True
