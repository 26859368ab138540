"""保存：写在同一文件夹的临时文件里，写完、落盘，再一步换名。

随时断电、被杀、磁盘写满，原来的文件都完好；目标正被打开时另取一个名字。
"""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PART_PREFIX = ".part-"
_OTHER_NAMES = range(2, 100)
_ALL_MAY = 0o666
# 打开着的时候旁边的锁文件：Excel 和 Windows 的 WPS、Linux 的 WPS、LibreOffice
_LOCKS = ("~${}", ".~{}", ".~lock.{}#")


# 系统能一次把写过的文件全部落盘的，成批保存时不必逐个等
AT_ONCE = hasattr(os, "sync")


def flush_all() -> None:
    """把 `durable=False` 保存的文件一起落盘；系统没有这个功能的，保存时已逐个落盘。"""
    if AT_ONCE:
        os.sync()


def atomic_save(target: Path, write: Callable[[BinaryIO], object], *, durable: bool = True) -> Path:
    """写好再换名；返回真正保存的位置，与 `target` 不同就说明目标被占用。

    `durable` 为假时不等落盘：成批保存的，存完再调用一次 `flush_all`。

    Raises:
        PermissionError: 目标和备用的名字都写不了。
    """
    handle, name = tempfile.mkstemp(prefix=PART_PREFIX, dir=target.parent)
    part = Path(name)
    try:
        with os.fdopen(handle, "w+b") as file:
            write(cast("BinaryIO", file))
            file.flush()
            if durable or not AT_ONCE:
                os.fsync(file.fileno())
        umask = os.umask(0o077)
        os.umask(umask)
        part.chmod(_ALL_MAY & ~umask)
        saved = _put(part, target)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    if durable:
        _sync_folder(target.parent)
    return saved


def _put(part: Path, target: Path) -> Path:
    if not _opened(target):
        try:
            part.replace(target)
        except PermissionError:
            if target.is_dir():
                raise
        else:
            return target
    for other in other_names(target):
        if not _reserved(other):
            continue
        try:
            part.replace(other)
        except BaseException:
            other.unlink(missing_ok=True)
            raise
        return other
    raise PermissionError(13, "目标文件正被其他程序打开", str(target))


def other_names(target: Path) -> Iterator[Path]:
    """目标不能用时依次另取的名字，如 汇总_2.xlsx。"""
    return (target.with_name(f"{target.stem}_{n}{target.suffix}") for n in _OTHER_NAMES)


def _opened(target: Path) -> bool:
    """目标是不是正开着：Linux 上换名不会失败，开着的一存盘却会盖掉新的，只能看锁文件。"""
    locks = (target.with_name(lock.format(target.name)) for lock in _LOCKS)
    return target.exists() and any(lock.exists() for lock in locks)


def _reserved(path: Path) -> bool:
    """占住一个还没有人用的名字，免得覆盖别人的文件。"""
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
    except FileExistsError:
        return False
    return True


def _sync_folder(folder: Path) -> None:
    """换名也要落盘；Windows 不能这样打开文件夹，由系统自己保证。"""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
