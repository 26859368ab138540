"""从磁盘取一份文件的全部字节：先看清是什么，再打开。"""

from __future__ import annotations

import os
import stat
from hashlib import file_digest
from typing import TYPE_CHECKING, Final

from xltool.messages.files import EMPTY, NOT_A_FILE, NOT_FOUND, UNREADABLE
from xltool.xlsx.refusal import Refused

if TYPE_CHECKING:
    from pathlib import Path

    from xltool.xlsx.limits import Limits

# 打开管道会一直等，符号链接会引到别处：一律不打开。O_NONBLOCK、O_NOFOLLOW 防看过之后被调换。
_FLAGS: Final = (
    os.O_RDONLY
    | getattr(os, "O_BINARY", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_NOFOLLOW", 0)
)

_KINDS: Final = {
    stat.S_IFDIR: "文件夹",
    stat.S_IFIFO: "管道",
    stat.S_IFSOCK: "套接字",
    stat.S_IFCHR: "设备",
    stat.S_IFBLK: "设备",
    stat.S_IFLNK: "符号链接",
}


def file_bytes(path: Path, limits: Limits) -> bytes:
    """普通文件的全部内容。

    稀疏文件不另查：大小不超上限就读得完，而压缩磁盘上的好文件也是“稀疏”的。

    Raises:
        Refused: 不是普通文件、打不开、是空的或太大。
    """
    try:
        _check(path.lstat(), limits)
        with os.fdopen(os.open(path, _FLAGS), "rb") as stream:
            status = os.fstat(stream.fileno())
            _check(status, limits)
            data = stream.read(status.st_size + 1)  # 一口气要到上限，先就要占那么大的内存
            if len(data) > status.st_size:  # 看过之后变长了
                data += stream.read(limits.file_bytes)
    except FileNotFoundError as error:
        raise Refused(NOT_FOUND.finding()) from error
    except PermissionError as error:
        raise Refused(UNREADABLE.finding(reason="没有读取权限，或正被占用")) from error
    except OSError as error:
        raise Refused(UNREADABLE.finding(reason=f"系统错误 {error.errno}")) from error
    except ValueError as error:  # 文件名里有空字符
        raise Refused(UNREADABLE.finding(reason="文件名不合法")) from error
    if len(data) > limits.file_bytes:
        raise Refused(limits.over("file_bytes", len(data)))
    if not data:
        raise Refused(EMPTY.finding())
    return data


def _check(status: os.stat_result, limits: Limits) -> None:
    kind = stat.S_IFMT(status.st_mode)
    if kind != stat.S_IFREG:
        raise Refused(NOT_A_FILE.finding(kind=_KINDS.get(kind, "特殊文件")))
    if status.st_size > limits.file_bytes:
        raise Refused(limits.over("file_bytes", status.st_size))


def sha256_of(path: Path) -> str:
    """一个文件内容的指纹，不论多大。

    Raises:
        OSError: 打不开。
    """
    with path.open("rb") as handle:
        return file_digest(handle, "sha256").hexdigest()
