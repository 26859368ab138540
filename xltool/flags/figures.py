"""两处写的同一件事的数：能不能比、算不算同一个数、差多少。"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from xltool.facts.target import scale_of
from xltool.scheme.model import rounded
from xltool.values import Kind, Operator

if TYPE_CHECKING:
    from xltool.values import Measure, Unit

_AMOUNTS = frozenset({Kind.NUM, Kind.PP, Kind.DUR, Kind.NAMEVAL})
_RATES = {"%", "百分点"}
_AT_LEAST = frozenset({Operator.GE, Operator.GT})
_AT_MOST = frozenset({Operator.LE, Operator.LT})


@dataclass(frozen=True, slots=True)
class Amount:
    """一个写出的数：`number` 照写，乘以 `factor` 是基本单位；没有写单位的 `unit` 为空。"""

    number: Decimal
    factor: Decimal
    unit: Unit | None
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


def amount_of(measure: Measure, unit: Unit | None) -> Amount | None:
    """一格里的数；不是一个数的为空。`unit` 是旁边另写的单位。"""
    if measure.kind not in _AMOUNTS or measure.number is None:
        return None
    number, factor = measure.number, scale_of(measure, unit)
    return Amount(number, factor, measure.unit or unit, measure.operator)


def lacks_unit(one: Amount, other: Amount) -> bool:
    """`one` 没有写单位，而 `other` 是“万元”一类，不知道能不能照面上的数比。"""
    unscaled = one.unit is None and one.factor == 1
    return unscaled and other.unit is not None and other.factor != 1


def comparable(one: Amount, other: Amount) -> bool:
    """单位相同、可以换算、或都是计数的，才是同一种数；没写单位的依另一个。"""
    if one.unit is None or other.unit is None:
        return not (lacks_unit(one, other) or lacks_unit(other, one))
    bases = {one.unit.base, other.unit.base}
    return len(bases) == 1 or bases == _RATES or (one.unit.is_count and other.unit.is_count)


def same(one: Amount, other: Amount, rounding: Decimal) -> bool:
    """相等，或写得少的一个正是写得多的一个舍入来的（相差不超过 `rounding`）。"""
    if one.value == other.value:
        return True
    if gap(one, other) > rounding:
        return False
    return _rounds_to(one, other) or _rounds_to(other, one)


def gap(one: Amount, other: Amount) -> Decimal:
    """相差占较大一个的几成。"""
    larger = max(abs(one.value), abs(other.value))
    return abs(one.value - other.value) / larger if larger else Decimal(0)


def _rounds_to(fine: Amount, coarse: Amount) -> bool:
    exponent = coarse.number.as_tuple().exponent
    places = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    return rounded(fine.value / coarse.factor, places) == coarse.number
