"""表格文件里存的数：按表格软件显示的 15 位有效数字读。"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Final

from xltool.values.numerals import plain

SIGNIFICANT_DIGITS: Final = 15
_STORED = re.compile(
    r"-?(?:[0-9]{1,400}(?:\.[0-9]{0,400})?|\.[0-9]{1,400})(?:[eE][-+]?[0-9]{1,3})?"
)
_SIMPLE = re.compile(r"0|[1-9][0-9]{0,8}(?:\.[0-9]{0,5}[1-9])?")  # 最常见的：已是最短的写法
_SHOWN = Context(prec=SIGNIFICANT_DIGITS, rounding=ROUND_HALF_UP)
_LARGEST = Decimal("1.7976931348623157E+308")


def excel_number(text: str) -> Decimal:
    """单元格里存的数，如 19546.974999999999 → 19546.975。

    Raises:
        ValueError: 不是表格文件里数的写法（nan、inf、1_0 等），或超出双精度范围。
    """
    if _SIMPLE.fullmatch(text):
        return Decimal(text)
    stored = text.strip(" \t\r\n")
    if not _STORED.fullmatch(stored):
        message = f"“{text[:40]}”不是表格文件里数的写法"
        raise ValueError(message)
    if abs(Decimal(stored)) > _LARGEST:
        message = f"“{text[:40]}”超出了表格软件能存的范围"
        raise ValueError(message)
    return Decimal(plain(_SHOWN.create_decimal(stored)))


def digits_lost(number: Decimal) -> bool:
    """整数部分超过 15 位：末几位在存盘时已经丢失。"""
    return number != 0 and number.adjusted() >= SIGNIFICANT_DIGITS
