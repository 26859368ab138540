"""汇总写到哪个文件：不覆盖别的文件，也不覆盖写出以后有人存过的汇总。

复核意见就填在汇总里；存过的，文件属性里的修改时间不再是写出时的那一个。
"""

from __future__ import annotations

import zipfile
from enum import Enum, auto
from typing import TYPE_CHECKING, Final

from xltool.cli.exits import Failure
from xltool.collection.inbox import OUTPUT_MARK
from xltool.excel.atomic import other_names
from xltool.excel.stamp import WRITTEN_TEXT

if TYPE_CHECKING:
    from pathlib import Path

_PROPERTIES: Final = "docProps/core.xml"
_MOST: Final = 65536
_AS_WRITTEN: Final = (
    f'<dcterms:modified xsi:type="dcterms:W3CDTF">{WRITTEN_TEXT}</dcterms:modified>'
    "</cp:coreProperties>"
).encode()


class _State(Enum):
    FREE = auto()  # 还没有，或写出以后没有人动过
    KEPT = auto()  # 是汇总，有人存过
    OTHER = auto()  # 不是汇总


def target_of(output: Path) -> Path:
    """真正写到哪里：有人存过的汇总留着，另取一个名字。

    Raises:
        Failure: 那里已有别的文件，或另取的名字都用完了。
    """
    state = _state_of(output)
    if state is _State.FREE:
        return output
    if state is _State.OTHER:
        raise Failure(f"“{output}”已有，不是汇总，没有覆盖。", "换一个文件名，或先移走那个文件。")
    free = next((other for other in other_names(output) if _state_of(other) is _State.FREE), None)
    if free is None:
        raise Failure(f"“{output}”和它后面编号的都有人存过。", "移走用不着的，或换一个文件名。")
    return free


def _state_of(path: Path) -> _State:
    """打不开的留给保存的时候去说。"""
    if not path.exists():
        return _State.FREE
    try:
        with zipfile.ZipFile(path) as archive, archive.open(_PROPERTIES) as part:
            properties = part.read(_MOST)
    except PermissionError:
        return _State.FREE
    except (OSError, KeyError, ValueError, zipfile.BadZipFile, NotImplementedError, RuntimeError):
        return _State.OTHER
    if OUTPUT_MARK not in properties:
        return _State.OTHER
    return _State.FREE if properties.rstrip().endswith(_AS_WRITTEN) else _State.KEPT
