"""数字格式的类别：由内置编号或格式代码判断。"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from xltool.xlsx.grid import FormatClass

# ECMA-376 18.8.30：1–8、11–13、37–44、48 是数；9、10 是百分比；49 是文本；
# 14–22、45–47 是日期和时间；27–36、50–58 是中日韩的日期；59–81 是泰文环境的同类格式。
_PERCENT: Final = frozenset({9, 10, 67, 68})
_DATE: Final = frozenset(
    {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59), *range(71, 82)}
)
_TEXT: Final = 49
_LAST: Final = 81

_LITERAL: Final = re.compile(r'"[^"]*"?|\\.|[_*].', re.DOTALL)
_ELAPSED: Final = re.compile(r"\[(h+|m+|s+)\]", re.IGNORECASE)
_BRACKET: Final = re.compile(r"\[[^\]]*\]?")
_EXPONENT: Final = re.compile(r"[eE][+-]")
_DATE_LETTER: Final = re.compile(r"[ymdhse]|aaa|上午|下午", re.IGNORECASE)
_DIGIT: Final = re.compile(r"[0#?]")
_LONGEST: Final = 1_000  # Excel 最长 255 字


def built_in(number: int) -> FormatClass:
    """内置编号的类别。"""
    if number in _PERCENT:
        return FormatClass.PERCENT
    if number in _DATE:
        return FormatClass.DATE
    if number == _TEXT:
        return FormatClass.TEXT
    return FormatClass.NUMBER if 0 < number <= _LAST else FormatClass.GENERAL


@lru_cache(maxsize=256)
def classified(code: str) -> FormatClass:
    """格式代码的类别：只看第一段（正数怎么显示），引号和转义里的字不算。"""
    plain = _LITERAL.sub("", code[:_LONGEST])
    section = plain.partition(";")[0]
    if _ELAPSED.search(section):
        return FormatClass.DATE
    section = _EXPONENT.sub("", _BRACKET.sub("", section))
    if "general" in section.lower() or "通用格式" in section:
        return FormatClass.GENERAL
    if "%" in section:
        return FormatClass.PERCENT
    if _DATE_LETTER.search(section):
        return FormatClass.DATE
    if _DIGIT.search(section):
        return FormatClass.NUMBER
    return FormatClass.TEXT if "@" in section else FormatClass.GENERAL
