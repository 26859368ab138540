"""测试用：读出的数换算成基本单位。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xltool.values.kinds import EXACT

if TYPE_CHECKING:
    from decimal import Decimal

    from xltool.values import Measure


def base_number(measure: Measure) -> Decimal | None:
    """换算成基本单位的数。"""
    return _to_base(measure, measure.number)


def base_upper(measure: Measure) -> Decimal | None:
    """换算成基本单位的区间上限。"""
    return _to_base(measure, measure.upper)


def _to_base(measure: Measure, number: Decimal | None) -> Decimal | None:
    factor = measure.unit.factor if measure.unit else measure.magnitude
    return None if number is None else EXACT.multiply(number, factor)
