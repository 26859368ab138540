"""指标值的读法：按次序逐种试读，先闭合词表，再日期、区间、分数、量，最后才是文字。"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from xltool.values.kinds import Kind, Measure, Operator
from xltool.values.listed import read_listed
from xltool.values.numeric import NUMERIC_READERS
from xltool.values.source import Source, kind_of
from xltool.values.text import tidy
from xltool.values.units import UNITS, find_unit, unit_named
from xltool.values.words import DIRECTIONS, OPERATORS, SUSPECTS, TAILS

if TYPE_CHECKING:
    from xltool.values.kinds import MeasureUnit
    from xltool.values.text import Tidied

_CACHED_LENGTH: Final = 64
_PLAIN = re.compile(
    r"(≥|≤|>=|<=|=|>|<)?(-?(?:0|[1-9][0-9]{0,11})(?:\.[0-9]{1,6})?)([^0-9\s.,()]{0,4})"
)
_CALENDAR: Final = ("年", "月", "日", "季度")
# 年、月、日 可能是日期，不走近路
_QUICK: Final[dict[str, MeasureUnit]] = {
    name: unit for name, unit in UNITS.items() if name not in _CALENDAR
} | {
    name: unit
    for name in ("万元", "亿元", "千元", "万人次", "万人", "万吨", "元/家", "元/人", "万元/家")
    if (unit := unit_named(name)) is not None
}


def _plain(raw: str) -> Measure | None:
    """最常见的写法走近路：≥85%、405家、19546.975万元。"""
    found = _PLAIN.fullmatch(raw)
    if not found:
        return None
    op, number, rest = found.groups()
    unit = _QUICK.get(rest)
    if rest and unit is None:
        return None
    return Measure(
        raw=raw,
        kind=kind_of(unit),
        operator=OPERATORS[op] if op else None,
        number=Decimal(number) if number != "-0" else Decimal(0),
        unit=unit,
    )


def _with_unit(tidied: Tidied) -> Tidied:
    """括号里写的是单位的，如 405（家）、47000（元）：单位不能当说明略去。"""
    if not tidied.note or not tidied.body[-1:].isdigit():
        return tidied
    unit = find_unit(tidied.note)
    if unit is None or unit.name in _CALENDAR:
        return tidied
    return tidied._replace(body=tidied.body + unit.name, note="")


def _parse(raw: str, year: int | None) -> Measure:
    plain = _plain(raw)
    if plain is not None:
        return plain
    source = Source(raw, _with_unit(tidy(raw)), year)
    for reader in (read_listed, *NUMERIC_READERS):
        measure = reader(source)
        if measure is not None:
            return measure
    return source.measure(Kind.QUAL)


_cached = lru_cache(maxsize=8192)(_parse)


def read_operator(text: str) -> str | None:
    """单独写的一个比较词是哪个符号：大于等于、以上、》=、正向；约数和不是比较词的为空。"""
    word = tidy(text).body
    known = OPERATORS | TAILS | SUSPECTS | DIRECTIONS
    found = known.get(word) or known.get(word.removesuffix("="))
    return None if found in (None, Operator.APPROX) else str(found)


def parse_measure(text: str, *, year: int | None = None) -> Measure:
    """读一个指标值。任何文字都读得出一种，从不报错；空白是“不适用”。

    `year` 是评价年度，用来定“12月底前”“第四季度”的日子。
    """
    if len(text) <= _CACHED_LENGTH:
        return _cached(text, year)
    return _parse(text, year)
