"""个人号码遮去中间几位：手机号露前三后四，身份证号、银行卡号露前六后四。

只有这一处认号码；写进说法的（excerpt）和印到屏幕的都用它，先遮盖再截短。
"""

from __future__ import annotations

import re
from typing import Final

from xltool.values.text import narrow

_SHORTEST: Final = 11
_MOBILE_DIGITS: Final = 11
_IDENTITY_FRONT: Final = 6
_MOBILE_FRONT: Final = 3
_KEPT: Final = 4

# 数字之间的空格、各种横线和看不见的字符，人写号码时随处可有
_GAP: Final = "[ _\u00ad\u00b7\u2010-\u2015\u2022\u200b-\u200f\u2060\ufeff-]{0,3}"
_END: Final = "(?![0-9])"
_YEAR: Final = "(?:19|20)[0-9]{2}"
_MONTH, _DAY = "(?:0?[1-9]|1[0-2])", "(?:0?[1-9]|[12][0-9]|3[01])"
# 不是号码的长数
_OTHER: Final = (
    rf"{_YEAR}(?P<date>[-./]){_MONTH}(?P=date){_DAY}{_END}",
    rf"{_YEAR}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01]){_END}",
    rf"{_YEAR}-{_YEAR}(?!-?[0-9])",
    r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?(?!,?[0-9])",
    r"[0-9]{1,3}(?: [0-9]{3})+(?:\.[0-9]+)?(?! ?[0-9])",
    r"[0-9]{1,14}\.[0-9]+(?!\.?[0-9])",  # 整数部分十五位以上的不会是金额
    r"1[3-9][0-9]{9}(?=[万亿]*元(?!旦))",
)
_MOBILE: Final = (
    rf"1[3-9][0-9](?:{_GAP}[0-9]){{8}}{_END}",
    # 点和斜线隔开的，依三四四一类的分法，免得与小数、网址、几个数的比例相混
    r"(?=(?:[./]?[0-9]){11}(?![./]?[0-9]))1[3-9][0-9]{1,2}(?P<dot>[./])[0-9]{3,4}(?P=dot)[0-9]{3,5}",
)
# 隔开写的依身份证号、银行卡号通常的分法，免得把几个并列的数当成一个号码
_LONG: Final = (
    rf"[1-9][0-9]{{16}}[Xx]{_END}",
    rf"[1-9][0-9]{{14,18}}{_END}",
    "[1-9]" + _GAP.join(f"[0-9]{{{size}}}" for size in (2, 3, 4, 2, 2, 3)) + f"{_GAP}[0-9Xx]{_END}",
    rf"[1-9][0-9]{{5}}{_GAP}[0-9]{{6}}{_GAP}[0-9]{{3}}{_END}",
    rf"[3-9][0-9]{{3}}(?:{_GAP}[0-9]{{4}}){{3}}(?:{_GAP}[0-9]{{1,3}})?{_END}",
    rf"[3-9][0-9]{{5}}{_GAP}[0-9]{{10,13}}{_END}",
)
_DIGIT: Final = re.compile("[0-9０-９]")
# 左边紧接数字或小数点的，是别的数的后半截；国家区号可以紧接着
_NUMBER: Final = re.compile(
    rf"(?<![0-9])(?<![0-9]\.)(?:(?P<other>{'|'.join(_OTHER)})"
    rf"|(?:(?:00|\+)?86{_GAP}|0)?(?P<mobile>{'|'.join(_MOBILE)})"
    rf"|(?P<long>{'|'.join(_LONG)}))"
)


def masked(text: str) -> str:
    """把手机号、身份证号、银行卡号的中间几位换成星号，号码里的空格、横线略去；别的照旧。"""
    if len(text) < _SHORTEST or len(_DIGIT.findall(text)) < _SHORTEST:  # 大半如此，省去折成半角
        return text
    narrowed = narrow(text)  # 长度不变，位置可以对照
    parts: list[str] = []
    done = 0
    for found in _NUMBER.finditer(narrowed):
        if found["other"] is not None:
            continue
        start, end = found.span("mobile" if found["long"] is None else "long")
        number = "".join(char for char in text[start:end] if char.isalnum())
        front = _MOBILE_FRONT if len(number) == _MOBILE_DIGITS else _IDENTITY_FRONT
        stars = "*" * (len(number) - front - _KEPT)
        parts += text[done:start], number[:front], stars, number[-_KEPT:]
        done = end
    return "".join((*parts, text[done:]))
