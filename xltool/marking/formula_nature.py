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
    formula = unicodedata.normalize("NFKC", formula)
    # 双引号里是文字，不看；单引号里是表名，可能是别的文件，要看
    bare = _QUOTED.sub(lambda found: '""' if found[0][0] == '"' else found[0], formula).upper()
    if "|" in bare:  # 动态数据交换：程序|主题!项
        return Nature.ACTIVE
    if any(_PREFIX.sub("", name) in _ACTIVE for name in set(_CALL.findall(bare))):
        return Nature.ACTIVE
    return Nature.LINKED if _LINK.search(bare) else Nature.PLAIN
