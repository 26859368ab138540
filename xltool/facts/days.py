"""存成了数的日期，单位却不是日期：公式把它当作几万去除；写成了数的年月（2024.10）：当作2024.1去比。

格式看得出是日期的就是；只剩下数的（粘贴时丢了格式），没有写单位、又在评价年度前后的，像是日期。
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from xltool.facts.percents import PERCENTS, unit_among
from xltool.scheme.categories import TIMELINESS, is_category
from xltool.values import Kind, day_serial

if TYPE_CHECKING:
    from xltool.facts.records import Target
    from xltool.scheme.model import Scheme


DAY_UNIT: Final = ("unit", "date")
"""单位是日期的选项。"""
TIME_UNITS: Final = ("", "年", "月", "日")
"""时效指标写这些单位的，也可能是年月日。"""
COLUMNS: Final = ("expected", "actual")


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
    return expected.day or (not unit and row.unit is None and _like_a_day(scheme, row, "expected"))


def day_as_percent(scheme: Scheme, row: Target) -> str:
    """单位是百分数，而有一格像是日期的是哪一栏；没有的为空串。"""
    if row.part or not unit_among(row, PERCENTS):
        return ""
    return next((one for one in COLUMNS if _like_a_day(scheme, row, one)), "")


def _like_a_day(scheme: Scheme, row: Target, column: str) -> bool:
    number, (first, last) = _plain_number(row, column), likely_days(scheme)
    return number is not None and first <= number <= last and number == number.to_integral_value()


def _plain_number(row: Target, column: str) -> Decimal | None:
    """只写了一个数，没有万、亿和单位的。"""
    measure = row.record.measure(column)
    return measure.number if measure.kind is Kind.NUM and measure.magnitude == 1 else None


# ---------------------------------------------------------------- 写成了数的年月


@lru_cache(maxsize=16)
def likely_times(scheme: Scheme) -> tuple[tuple[Decimal, Decimal], ...]:
    """上年到后年：2024.10 一类的、202410、20241031。"""
    first, last = Decimal(scheme.year - 1), Decimal(scheme.year + 2)
    return (
        (first, last + Decimal("0.99")),
        (first * 100 + 1, last * 100 + 12),
        (first * 10_000 + 101, last * 10_000 + 1231),
    )


def time_as_number(scheme: Scheme, row: Target) -> str:
    """时效指标、单位是日期的，把年月写成了一个数的是哪一栏；没有的为空串。"""
    unit = row.record.text("unit")
    timely = is_category(scheme, row.level2, TIMELINESS) and unit in TIME_UNITS
    if row.part or not (timely or unit == scheme.word(*DAY_UNIT)):
        return ""
    return next((one for one in COLUMNS if _like_a_time(scheme, row, one)), "")


def _like_a_time(scheme: Scheme, row: Target, column: str) -> bool:
    number = _plain_number(row, column)
    ranges = likely_times(scheme)
    return number is not None and any(first <= number <= last for first, last in ranges)
