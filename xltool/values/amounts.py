"""一格里写出的一个数，和两个数能不能放在一起比：单位相同、可以换算、或都是计数的才能。"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from xltool.values.kinds import Kind, Operator

if TYPE_CHECKING:
    from decimal import Decimal

    from xltool.values.kinds import Measure, MeasureUnit

_AMOUNTS: Final = frozenset({Kind.NUM, Kind.PP, Kind.DUR, Kind.NAMEVAL})
_RATES: Final = {"%", "百分点"}
_AT_LEAST: Final = frozenset({Operator.GE, Operator.GT})
_AT_MOST: Final = frozenset({Operator.LE, Operator.LT})


@dataclass(frozen=True, slots=True)
class Amount:
    """一个写出的数：`number` 照写，乘以 `factor` 是基本单位；没有写单位的 `unit` 为空。"""

    number: Decimal
    factor: Decimal
    unit: MeasureUnit | None
    operator: Operator | None

    @property
    def value(self) -> Decimal:
        """按基本单位的数。"""
        return self.number * self.factor

    @property
    def approximate(self) -> bool:
        """写了“超”“约”“近”一类的字，不是确数。"""
        return self.operator not in (None, Operator.EQ)

    def allows(self, other: Amount) -> bool:
        """另一个数合不合“超”“不超过”的说法；没有写方向的都不算合。"""
        if self.operator in _AT_LEAST:
            return other.value >= self.value
        return self.operator in _AT_MOST and other.value <= self.value


def amount_of(measure: Measure, unit: MeasureUnit | None) -> Amount | None:
    """一格里的数；不是一个数的为空。`unit` 是旁边另写的单位，值里写了单位的不看它。

    只写“万”“亿”的，按基本单位乘以数量级。
    """
    if measure.kind not in _AMOUNTS or measure.number is None:
        return None
    if measure.unit is not None:
        factor = measure.unit.factor
    elif measure.magnitude != 1 or unit is None:
        factor = measure.magnitude
    else:
        factor = unit.factor
    return Amount(measure.number, factor, measure.unit or unit, measure.operator)


def lacks_unit(one: Amount, other: Amount) -> bool:
    """`one` 没有写单位，而 `other` 是“万元”一类，不知道能不能照面上的数比。"""
    unscaled = one.unit is None and one.factor == 1
    return unscaled and other.unit is not None and other.factor != 1


def comparable(one: Amount, other: Amount) -> bool:
    """是不是同一种数；不拿家数去比金额，没写单位的依另一个，但不猜没有写的“万元”。"""
    if one.unit is None or other.unit is None:
        return not (lacks_unit(one, other) or lacks_unit(other, one))
    bases = {one.unit.base, other.unit.base}
    return len(bases) == 1 or bases == _RATES or (one.unit.is_count and other.unit.is_count)
