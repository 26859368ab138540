"""公式会不会取外面的东西：程序、网址、别的文件。"""

from __future__ import annotations

import re
import unicodedata
from enum import Enum, auto
from functools import lru_cache
from typing import Final


class Nature(Enum):
    """公式的性质。"""

    PLAIN = auto()
    LINKED = auto()  # 取别的文件里的数
    ACTIVE = auto()  # 打开网址、调用别的程序


_QUOTED: Final = re.compile(r"""'(?:[^']++|'')*'|"(?:[^"]++|"")*\"""")
_CALL: Final = re.compile(r"([A-Z_][\w.]*)\s*\(")
_PREFIX: Final = re.compile(r"^(?:_XL\w+\.|COM\.\w+\.)+")
_LINK: Final = re.compile(r"'(?:[^']|'')*\[[^\]]*\](?:[^']|'')*'!|\[[^\[\]]*\][\w.]*!|://")
# 只到本工作簿一格的链接，如 HYPERLINK("#'封面'!A"&H6,…)：报送表的自查印着；写法差一点的都不算
_INSIDE: Final = re.compile(
    r"""\bHYPERLINK\("\#'(?:[^'"\[\]|:/\\]|'')+'!\$?[A-Z]{1,3}(?:\$?\d+)?"(?:&\$?[A-Z]{1,3}\$?\d+)?(?=[,)])"""
)
_ACTIVE: Final = frozenset(
    {
        "CALL",
        "DDE",
        "EVALUATE",
        "EXEC",
        "FILTERXML",
        "FOPEN",
        "HYPERLINK",
        "IMAGE",
        "IMPORTDATA",
        "IMPORTFEED",
        "IMPORTHTML",
        "IMPORTRANGE",
        "IMPORTXML",
        "INITIATE",
        "REGISTER",
        "REGISTER.ID",
        "RTD",
        "RUN",
        "SQL.REQUEST",
        "WEBSERVICE",
    }
)


@lru_cache(maxsize=8192)  # 一批退回件的公式大多相同
def nature(formula: str) -> Nature:
    """一个公式（不带等号）的性质；宁可多认，不可漏认。"""
    formula = unicodedata.normalize("NFKC", _INSIDE.sub("(", formula))
    # 双引号里是文字，不看；单引号里是表名，可能是别的文件，要看
    bare = _QUOTED.sub(lambda found: '""' if found[0][0] == '"' else found[0], formula).upper()
    if "|" in bare:  # 动态数据交换：程序|主题!项
        return Nature.ACTIVE
    if any(_PREFIX.sub("", name) in _ACTIVE for name in set(_CALL.findall(bare))):
        return Nature.ACTIVE
    return Nature.LINKED if _LINK.search(bare) else Nature.PLAIN
