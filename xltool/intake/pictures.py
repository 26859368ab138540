"""格里的图片：新版 Excel 置于单元格的、WPS 嵌入单元格的；文件里留下的都不是填报的内容。"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from xltool.messages.marking import PICTURE_TEXT
from xltool.xlsx.grid import State

if TYPE_CHECKING:
    from xltool.xlsx.grid import GridCell

# WPS 和新版 Excel 的函数；别的软件存过的，只剩等号开头的文字
_FUNCTION: Final = re.compile(r"=?(?:_xlfn\.)*(?:DISPIMG|IMAGE)\(", re.IGNORECASE)
STARTS: Final = ("=", PICTURE_TEXT[0])  # 这样开头的文字才可能是图片留下的


def is_picture(cell: GridCell) -> bool:
    """这一格是图片，或是图片留下的文字。"""
    if cell.state is State.PICTURE or cell.text == PICTURE_TEXT:
        return True
    return _FUNCTION.match(cell.formula or cell.text) is not None
