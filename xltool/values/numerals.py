"""数的写法：阿拉伯数字（千分位须正好三位一组）和中文数字。"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

# 后面紧接数字、或逗号句点空格加数字的，不是一个完整的数
NUMBER: Final = (
    r"[-+]?(?:[0-9]{1,3}(?:(?:,[0-9]{3})+|(?: [0-9]{3})+)|[0-9]+)(?:\.[0-9]+)?(?![0-9]|[., ][0-9])"
)
CHINESE: Final = "[零〇一二两三四五六七八九十百千万亿点]+"
MAX_DIGITS: Final = 20
_TINIEST = Decimal("0.000001")
_DIGITS = {"〇": 0, "○": 0, "零": 0, "两": 2} | {
    char: value for value, char in enumerate("一二三四五六七八九", start=1)
}
_PLACES = {"十": 10, "百": 100, "千": 1000}
_LEVELS = {"万": 10**4, "亿": 10**8}

_ONE = "[一二两三四五六七八九]"
_TENS = f"{_ONE}?十{_ONE}?"
_HUNDREDS = f"{_ONE}百(?:{_TENS}|零{_ONE})?"
_THOUSANDS = f"{_ONE}千(?:{_HUNDREDS}|零(?:{_TENS}|{_ONE}))?"
_SECTION = f"(?:{_THOUSANDS}|{_HUNDREDS}|{_TENS}|{_ONE})"
_REST = f"(?:{_THOUSANDS}|零(?:{_HUNDREDS}|{_TENS}|{_ONE}))?"
_INTEGER = f"(?:{_SECTION}亿零?(?:{_SECTION}万{_REST})?|{_SECTION}万{_REST}|{_SECTION}|零)"
# “一百五”可指 150 也可指 105，不收
_STRICT = re.compile(f"({_INTEGER})(?:点([零一二三四五六七八九]+))?")


def decimal_of(written: str) -> Decimal | None:
    """NUMBER 写法的值；位数过多或数值过小为空。"""
    plain = written.replace(",", "").replace(" ", "")
    if len(plain) > MAX_DIGITS and sum(map(str.isdigit, plain)) > MAX_DIGITS:
        return None
    number = Decimal(plain)
    if number == 0:
        return abs(number) if "." not in plain else Decimal(0)
    return number if abs(number) >= _TINIEST else None


def _integer(text: str) -> int:
    total = section = digit = 0
    for char in text:
        if char in _DIGITS:
            digit = _DIGITS[char]
        elif char in _PLACES:
            section += (digit or 1) * _PLACES[char]
            digit = 0
        else:
            total = (total + section + digit) * _LEVELS[char]
            section = digit = 0
    return total + section + digit


def chinese_number(text: str) -> Decimal | None:
    """中文数字的值，如 一百零五 → 105；写法不规整为空。"""
    found = _STRICT.fullmatch(text.replace("〇", "零"))
    if not found:
        return None
    # 亿以上和亿以下分开算，免得“万”把“亿”也乘进去
    upper, mark, lower = found[1].rpartition("亿")
    whole = _integer(upper + mark) + _integer(lower)
    fraction = "".join(str(_DIGITS[char]) for char in found[2] or "")
    return Decimal(f"{whole}.{fraction}" if fraction else whole)


def chinese_digits(text: str) -> int | None:
    """逐位写的中文数字，如 二〇二五 → 2025。"""
    if not text or any(char not in _DIGITS for char in text):
        return None
    return int("".join(str(_DIGITS[char]) for char in text))


def small_integer(text: str) -> int | None:
    """一个小整数，阿拉伯数字或中文数字都可以。"""
    if text.isascii() and text.isdigit():
        return int(text)
    number = chinese_number(text)
    return None if number is None or number != number.to_integral_value() else int(number)


def plain(number: Decimal) -> str:
    """不用科学记数法的最短写法，如 26000.0 → 26000。"""
    text = format(number, "f")
    return (text.rstrip("0").rstrip(".") or "0") if "." in text else text
