"""保存：写在同一文件夹的临时部件里，写完、落盘，再一步换名。

随时断电、被杀、磁盘写满，原来的文件都完好；目标正被打开时另取一个名字。
"""

from __future__ import annotations

import os
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, BinaryIO, Final

from xltool.excel.claim import claimed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from xltool.excel.claim import Part

_OTHER_NAMES = range(2, 100)
_ALL_MAY = 0o666
# 打开着的时候旁边的锁文件：Excel 和 Windows 的 WPS、Linux 的 WPS、LibreOffice
_LOCKS = ("~${}", ".~{}", ".~lock.{}#")
_AT_ONCE: Final = hasattr(os, "sync")  # 系统能一次把写过的文件全部落盘
_written: Final[list[Path]] = []  # 这次执行写成了哪些文件：中途停下时要照实说


def atomic_save(target: Path, write: Callable[[BinaryIO], None]) -> Path:
    """写好再换名；返回真正保存的位置，与 `target` 不同就说明目标被占用。

    Raises:
        BusyError: 另一个程序正在写同一个目标。
        PermissionError: 目标和备用的名字都写不了。
    """
    with named(target), claimed(target) as part:
        write(part.handle)
        return put(part)


def put(part: Part) -> Path:
    """写好的部件落盘，换名成目标；目标正被打开的，换成备用的名字。

    Raises:
        PermissionError: 目标和备用的名字都写不了。
    """
    settle(part)
    if not opened(part.target):
        try:
            replace(part, part.target)
        except PermissionError:
            if part.target.is_dir():
                raise
        else:
            return part.target
    for other in other_names(part.target):
        if _reserved(other):
            try:
                replace(part, other)
            except BaseException:
                other.unlink(missing_ok=True)
                raise
            return other
    raise PermissionError(13, "目标文件正被其他程序打开", str(part.target))


def settle(part: Part) -> None:
    """部件落盘，权限照平常的文件。"""
    part.handle.flush()
    os.fsync(part.handle.fileno())
    part.path.chmod(_ALL_MAY & ~umask())
    if os.name == "nt":  # 开着的不能换名
        part.handle.close()


def replace(part: Part, target: Path) -> None:
    """一步换名，连同所在的文件夹落盘：从这一步起，目标就是新的。"""
    part.path.replace(target)
    _written.append(target)
    sync_folder(target.parent)


def written() -> tuple[Path, ...]:
    """这次执行写成了哪些文件，依写成的次序。"""
    return tuple(_written)


def forget_written() -> None:
    """另一次执行，重新记。"""
    _written.clear()


@contextmanager
def named(target: Path) -> Iterator[None]:
    """出了没有说是哪个文件的系统错误（如磁盘满），就是写这个目标的时候出的。"""
    try:
        yield
    except OSError as error:
        if error.filename is None:
            error.filename = str(target)
        raise


def flush_file(handle: BinaryIO) -> None:
    """成批写的一个文件写完了：能一齐落盘的等 `flush_all`，不能的现在就落盘。"""
    handle.flush()
    if not _AT_ONCE:
        os.fsync(handle.fileno())


def flush_all() -> None:
    """成批写的文件一齐落盘。"""
    if _AT_ONCE:
        os.sync()


def other_names(target: Path) -> Iterator[Path]:
    """目标不能用时依次另取的名字，如 汇总_2.xlsx。"""
    return (target.with_name(f"{target.stem}_{n}{target.suffix}") for n in _OTHER_NAMES)


def opened(target: Path) -> bool:
    """目标是不是正开着：Linux 上换名不会失败，开着的一存盘却会盖掉新的，只能看锁文件。"""
    locks = (target.with_name(lock.format(target.name)) for lock in _LOCKS)
    return target.exists() and any(lock.exists() for lock in locks)


def umask() -> int:
    """新文件默认去掉哪些权限。"""
    current = os.umask(0o077)
    os.umask(current)
    return current


def sync_folder(folder: Path) -> None:
    """换名也要落盘；Windows 不能这样打开文件夹，由系统自己保证。"""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _reserved(path: Path) -> bool:
    """占住一个还没有人用的名字，免得覆盖别人的文件。"""
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
    except FileExistsError:
        return False
    return True
