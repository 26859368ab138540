"""写出以后有没有人存过：存过的不覆盖，里面多半有复核意见。

写的时候文件属性里的修改时间定死了；程序一存盘，就写成当时的时间。
"""

from __future__ import annotations

import stat
import zipfile
from enum import Enum, auto
from typing import TYPE_CHECKING, Final

from xltool.collection.inbox import OUTPUT_MARK
from xltool.excel.stamp import WRITTEN_TEXT

if TYPE_CHECKING:
    from pathlib import Path

_PROPERTIES: Final = "docProps/core.xml"
_MOST: Final = 65536
_AS_WRITTEN: Final = (
    f'<dcterms:modified xsi:type="dcterms:W3CDTF">{WRITTEN_TEXT}</dcterms:modified>'
    "</cp:coreProperties>"
).encode()
_UNREADABLE: Final = (
    OSError,
    KeyError,
    ValueError,
    zipfile.BadZipFile,
    NotImplementedError,
    RuntimeError,
)


class State(Enum):
    """一个目标现在是什么样。"""

    FREE = auto()  # 还没有，或写出以后没有人动过
    OPENED = auto()  # 正被别的程序打开
    KEPT = auto()  # 写出以后有人存过
    OTHER = auto()  # 不是我们写的


def book_state(path: Path) -> State:
    """一个汇总：没有人存过的可以换掉。"""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            return State.OTHER  # 管道、设备不能打开来看：会一直等着
        properties = _properties(path)
    except FileNotFoundError:
        return State.FREE
    except PermissionError:
        return State.OPENED
    except _UNREADABLE:
        return State.OTHER
    if OUTPUT_MARK not in properties:
        return State.OTHER
    return State.FREE if _as_written(properties) else State.KEPT


def form_untouched(path: Path) -> bool:
    """另存的一份评分表是不是没有人存过；看不出的当作存过。"""
    try:
        return _as_written(_properties(path))
    except _UNREADABLE:
        return False


def _properties(path: Path) -> bytes:
    with zipfile.ZipFile(path) as archive, archive.open(_PROPERTIES) as part:
        return part.read(_MOST)


def _as_written(properties: bytes) -> bool:
    return properties.rstrip().endswith(_AS_WRITTEN)
