"""一格的公式最多多长、函数最多套几层、一段文字最多几个字：过了的，Excel 打开时要“修复”掉。"""

from __future__ import annotations

import re
from itertools import accumulate
from typing import Final

LONGEST: Final = 8_192
DEEPEST: Final = 64
LONGEST_TEXT: Final = 255
BEYOND: Final = "太长、套得太深，或里面一段字太长，Excel 打不开"
_TEXTS: Final = re.compile('"((?:[^"]|"")*)"')
_NOT_BRACKETS: Final = re.compile('"[^"]*"|[^()]')


def depth(text: str) -> int:
    """括号套了几层；引号里的不算。"""
    marks = _NOT_BRACKETS.sub("", text)
    return max(accumulate(1 if mark == "(" else -1 for mark in marks), default=0)


def fits(text: str) -> bool:
    """Excel 收不收这样长、这样深的公式。"""
    longest = max((len(one) for one in _TEXTS.findall(text)), default=0)
    return len(text) < LONGEST and longest <= LONGEST_TEXT and depth(text) < DEEPEST
