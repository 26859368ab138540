"""预期值、实现值都是日期的：各是哪一天，有没有按期。"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from xltool.values import LIKELY_SERIALS, Kind, Operator, serial_date

if TYPE_CHECKING:
    from xltool.facts.records import Target
    from xltool.values import Measure

NOT_BEFORE: Final = (Operator.GE, Operator.GT)
"""运算符写着不早于的。"""


def as_day(measure: Measure) -> Measure:
    """单位是日期的，只剩下序号的数（格式丢了的、公式看到的）是哪一天。"""
    number, (first, last) = measure.number, LIKELY_SERIALS
    if measure.kind is not Kind.NUM or number is None or not first <= number <= last:
        return measure
    day = serial_date(number, date_1904=False)
    shown = f"{day.year}年{day.month}月{day.day}日" if day else measure.raw
    return replace(measure, raw=shown, kind=Kind.DATE, begins=day, deadline=day)


def missed_day(row: Target) -> bool:
    """两个日期，一定没有按期：晚于期限；运算符写着不早于的，早于它。

    话里写了“前”一类的是期限，运算符不改它。只写到月的，有一天来得及就不算晚。
    """
    due, done = row.expected, row.actual
    if row.operator in NOT_BEFORE and due.operator is None:
        return bool(due.begins and done.deadline and done.deadline < due.begins)
    return bool(due.deadline and done.begins and done.begins > due.deadline)
