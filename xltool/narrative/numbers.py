"""一句话里写出的各个数：连同“超”“约”和单位，各在第几个字；不是数据的不取。"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from xltool.values.quantity import alternatives
from xltool.values.units import MAGNITUDES, UNITS
from xltool.values.words import OPERATORS, TAILS

if TYPE_CHECKING:
    from collections.abc import Iterator

# 写在正文里多半不是单位的：日期、序数、“三方面”“5部门”“2024成立”“10科室”“3.0版”一类
_NOT_UNITS: Final = frozenset(
    [
        "年",
        "月",
        "日",
        "周",
        "度",
        "级",
        "部",
        "方",
        "面",
        "门",
        "段",
        "本",
        "口",
        "道",
        "对",
        "项目",
        "季度",
        "成",
        "科",
        "版",
        "池",
        "样",
        "字",
        "题",
        "单元",
    ]
)
# “达到”“为”后面就是这个数，不是“不低于”
_PLAIN: Final = frozenset({"达到", "达", "为", "等于", "=", "=="})
_HELD: Final = "控制在"  # 控制在15%以内：做到的是15%以内，不是另有要求
_OP: Final = alternatives(OPERATORS)
_NAMES: Final = [name for name in UNITS if name not in _NOT_UNITS and not name.isascii()]
# 一个字母的不取：5G、3D 不是单位
_LETTERS: Final = [name for name in UNITS if name.isascii() and name.isalnum() and name[1:]]
_UNIT: Final = (
    f"(?:(?:{alternatives(MAGNITUDES)})?(?:{alternatives(_NAMES)})|[%‰]"
    f"|(?:{alternatives(_LETTERS)})(?![0-9A-Za-z]))(?:/[一-鿿]{{1,3}})*"
)
_NUMBER: Final = re.compile(
    f"(?P<op>{_OP})?(?P<number>[0-9]{{1,3}}(?:,[0-9]{{3}})+(?:\\.[0-9]+)?|[0-9]+(?:\\.[0-9]+)?)"
    f"(?P<middle>[余多])?(?P<unit>{_UNIT})(?:(?P<tail>{alternatives(TAILS)})(?![0-9]))?"
)
# 4亿7000万元：连着写的几级，不能只取后一截
_BEFORE: Final = re.compile(r"(?:第|(?<!提)前|[0-9A-Za-z][-~—–至到+]|[0-9A-Za-z.]|[0-9][万亿]零?)$")
_AFTER: Final = re.compile(r"[-~—–至][0-9]")
_TITLE: Final = re.compile(r"《[^《》]*》")
_MASK: Final = "〇"
_NEAR: Final = 3  # 看数前面的几个字


class Number(NamedTuple):
    """写出的一个数：`text` 是数和“超”“约”“以上”，`unit` 是单位；在 `start` 到 `end` 个字。"""

    text: str
    unit: str
    start: int
    end: int


def numbers_in(text: str) -> Iterator[Number]:
    """依次的各个数；序数、范围、书名号里的、没有单位的都不取。"""
    masked = _TITLE.sub(lambda found: re.sub("[0-9]", _MASK, found[0]), text)
    for found in _NUMBER.finditer(masked):
        at = found.start("number")
        if _BEFORE.search(masked[max(at - _NEAR, 0) : at]) or _AFTER.match(masked, found.end()):
            continue
        plain = found["op"] in _PLAIN or (found["op"] == _HELD and found["tail"])
        op = "" if plain else found["op"] or ""
        shown = f"{op}{found['number']}{found['middle'] or ''}{found['tail'] or ''}"
        yield Number(shown, found["unit"], found.start(), found.end())
