"""一格的公式最多多长、函数最多套几层：过了的，Excel 打开时要“修复”掉。"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import accumulate
from typing import Final

LONGEST: Final = 8_192
DEEPEST: Final = 64
_NOT_BRACKETS: Final = re.compile('"[^"]*"|[^()]')


@lru_cache(maxsize=1024)  # 往下各行的大多相同
def depth(text: str) -> int:
    """括号套了几层；引号里的不算。"""
    marks = _NOT_BRACKETS.sub("", text)
    return max(accumulate(1 if mark == "(" else -1 for mark in marks), default=0)
