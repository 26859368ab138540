"""数字格式的类别：由内置编号或格式代码判断。"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from xltool.xlsx.grid import PLAIN, FormatClass, Look

# ECMA-376 18.8.30：1–8、11–13、37–44、48 是数；9、10 是百分比；49 是文本；
# 14–22、45–47 是日期和时间；27–36、50–58 是中日韩的日期；59–81 是泰文环境的同类格式。
_PERCENT: Final = frozenset({9, 10, 67, 68})
_DATE: Final = frozenset(
    {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59), *range(71, 82)}
)
# 其中只有时刻的；中文环境的 32、33、55、56 是“h时mm分”“上午/下午h时mm分”
_TIME: Final = frozenset({18, 19, 20, 21, 32, 33, 34, 35, 45, 46, 47, 55, 56, 75, 76, 78, 79, 80})
_CODES: Final = {1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%"}
_TEXT: Final = 49
_LAST: Final = 81

_LITERAL: Final = re.compile(r'"[^"]*"?|[\\!].|[_*].', re.DOTALL)
_ELAPSED: Final = re.compile(r"\[(h+|m+|s+)\]", re.IGNORECASE)
_BRACKET: Final = re.compile(r"\[[^\]]*\]?")
_CONDITION: Final = re.compile(r"\[[<>=]")
_EXPONENT: Final = re.compile(r"[eE][+-]")
_DATE_LETTER: Final = re.compile(r"[ymdhse]|aaa|上午|下午", re.IGNORECASE)
_DAY_LETTER: Final = re.compile(r"[yde]|aaa", re.IGNORECASE)
_CLOCK_LETTER: Final = re.compile(r"[hs]|上午|下午", re.IGNORECASE)
_DIGIT: Final = re.compile(r"[0#?]")
# 显示的就是存的：前后可以有货币符号、空位，不缩小、不补零、没有夹在数字里的字
_ORDINARY: Final = re.compile(
    r"[^0#?.,%]*(?:#,##|#,)?[#?]*[0#?](?:\.(?P<decimals>[0#?]*))?%?[^0#?.,%]*"
)
_SECTION: Final = re.compile(r'(?:"[^"]*"?|[\\!].|[^;"\\!])*', re.DOTALL)
GENERAL: Final = re.compile(r"general|(?:g/)?通用格式", re.IGNORECASE)
_NUMBERS: Final = (FormatClass.NUMBER, FormatClass.GENERAL)
# 数旁边印着字：引号里的、外币的符号、正数也写在括号里
_WORDED: Final = re.compile(
    r'"[^"]*[^"\s]\s*"|[\\!][^\s)+-]|[^\x00-\xff]|[£¢]|\[\$[^\]¥￥-]|(?<![\[_*])[$(]'
)
_SIGNED: Final = re.compile(r"[-()]|\[(?:red|红色)\]", re.IGNORECASE)  # 看得出是负数
_LONGEST: Final = 1_000  # Excel 最长 255 字


def built_in(number: int) -> Look:
    """内置编号的格式。"""
    if number in _CODES:
        return look_of(_CODES[number])
    if number in _PERCENT:
        return Look(FormatClass.PERCENT)
    if number in _DATE:
        return Look(FormatClass.DATE, time=number in _TIME)
    if number == _TEXT:
        return Look(FormatClass.TEXT)
    return Look(FormatClass.NUMBER) if 0 < number <= _LAST else PLAIN


@lru_cache(maxsize=256)
def look_of(code: str) -> Look:
    """格式代码的样子：类别只看第一段（正数怎么显示），引号和转义里的字不算。"""
    code = code[:_LONGEST]
    plain = _LITERAL.sub("", code)
    section = plain.partition(";")[0]
    if _ELAPSED.search(section):
        return Look(FormatClass.DATE, code, time=True)
    kind = _kind(_EXPONENT.sub("", _BRACKET.sub("", section)))
    if kind is FormatClass.DATE:
        time = _CLOCK_LETTER.search(section) is not None and not _DAY_LETTER.search(section)
        return Look(kind, code, time=time)
    first, *others = sections(code)
    worded = kind in _NUMBERS and _WORDED.search(GENERAL.sub("", first))
    if kind in (FormatClass.GENERAL, FormatClass.TEXT) and not (worded or _hides(code)):
        return Look(kind)
    shown = _ORDINARY.fullmatch(_BRACKET.sub("", section))
    unsigned = others and others[0] and not _SIGNED.search(others[0])
    if shown is None or worded or unsigned or _CONDITION.search(plain):
        return Look(kind, code, ordinary=False)
    return Look(kind, code, len(shown["decimals"] or ""))


def sections(code: str) -> list[str]:
    """格式代码的各段：正数、负数、零、文字；引号和转义里的分号不算。"""
    found, start = [], 0
    while start <= len(code) and (section := _SECTION.match(code, start)):
        found.append(section[0])
        start = section.end() + 1
    return found


def _kind(section: str) -> FormatClass:
    if "general" in section.lower() or "通用格式" in section:
        return FormatClass.GENERAL
    if "%" in section:
        return FormatClass.PERCENT
    if _DATE_LETTER.search(section):
        return FormatClass.DATE
    if _DIGIT.search(section):
        return FormatClass.NUMBER
    return FormatClass.TEXT if "@" in section else FormatClass.GENERAL


def _hides(code: str) -> bool:
    """正数的一段是空的：填了也看不见。"""
    return ";" in code and not code.partition(";")[0]
