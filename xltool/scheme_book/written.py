"""一格怎样写：与 cells.py 的读法相反，写出的必读得回，一个字、一位数也不差。"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final, NamedTuple

from xltool.scheme_book.table import Kind
from xltool.scheme_book.words import YES
from xltool.values import plain
from xltool.values.stored import SIGNIFICANT_DIGITS

if TYPE_CHECKING:
    from xltool.scheme_book.table import Column, Value

_HUNDRED: Final = Decimal(100)
_PERCENT_DIGITS: Final = 2  # 百分数的格式显示几位小数，更细的写成文字


class Written(NamedTuple):
    """一格要写的内容；`percent` 说明按百分数显示。"""

    content: str | Decimal | None
    percent: bool = False


def written(column: Column, value: Value, *, percent: bool = False) -> Written:
    """一格写什么；空着的不写。"""
    if isinstance(value, bool):
        return Written(YES if value else None)
    if isinstance(value, Decimal):
        return _number(value, percent=percent)
    if isinstance(value, tuple):
        return Written(("\n" if column.kind is Kind.LINES else "、").join(value) or None)
    if column.words is not None and value is not None and value in column.words:
        return Written(column.words[value].word)
    return Written(value or None)


def _number(value: Decimal, *, percent: bool) -> Written:
    """数一位不差：表格软件存不下的位数，和百分数显示不全的，写成文字。"""
    number = Decimal(plain(value))
    shown = Decimal(plain(value * _HUNDRED)) if percent else number
    exponent = shown.as_tuple().exponent
    fine = percent and isinstance(exponent, int) and exponent < -_PERCENT_DIGITS
    if fine or len(number.as_tuple().digits) > SIGNIFICANT_DIGITS:
        return Written(f"{plain(shown)}%" if percent else plain(number))
    return Written(number, percent)
