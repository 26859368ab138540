"""预期值是存成了数的日期，单位却不是日期：公式把它当作几万去除。

格式看得出是日期的就是；只剩下数的（粘贴时丢了格式），没有写单位、又在评价年度前后的，像是日期。
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from xltool.values import Kind, day_serial

if TYPE_CHECKING:
    from xltool.facts.records import Target
    from xltool.scheme.model import Scheme


DAY_UNIT: Final = ("unit", "date")
"""单位是日期的选项。"""


@lru_cache(maxsize=16)
def likely_days(scheme: Scheme) -> tuple[int, int]:
    """上年初到后年末的日期序号。"""
    first, last = date(scheme.year - 1, 1, 1), date(scheme.year + 2, 12, 31)
    return day_serial(first, date_1904=False), day_serial(last, date_1904=False)


def day_without_unit(scheme: Scheme, row: Target) -> bool:
    """预期值是日期，计量单位不是“日期”。"""
    expected, unit = row.record.entry("expected"), row.record.text("unit")
    if unit == scheme.word(*DAY_UNIT):
        return False
    return expected.day or (not unit and row.unit is None and _like_a_day(scheme, row))


def _like_a_day(scheme: Scheme, row: Target) -> bool:
    measure = row.record.measure("expected")
    number, (first, last) = measure.number, likely_days(scheme)
    if measure.kind is not Kind.NUM or measure.magnitude != 1 or number is None:
        return False
    return first <= number <= last and number == number.to_integral_value()
