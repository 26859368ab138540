"""写出一份给人接着改的文件：已有而内容不同的，多半有人改过，不覆盖，另取一个名字。"""

from __future__ import annotations

from operator import methodcaller
from typing import TYPE_CHECKING, NamedTuple

from xltool.excel.atomic import atomic_save, other_names

if TYPE_CHECKING:
    from pathlib import Path


class Kept(NamedTuple):
    """写在哪里；`renamed` 是原来的名字已有别的内容。"""

    path: Path
    renamed: bool


def write_beside(target: Path, data: bytes) -> Kept:
    """写一份；已有的就是这些字节，不再写。

    Raises:
        PermissionError: 目标和备用的名字都写不了。
    """
    for path in (target, *other_names(target)):
        if not path.exists():
            written = atomic_save(path, methodcaller("write", data))
            return Kept(written, written != target)
        if path.is_file() and path.read_bytes() == data:
            return Kept(path, path != target)
    raise PermissionError(13, "目标和备用的名字都有了", str(target))
