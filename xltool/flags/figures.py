"""两处写的同一件事的数：算不算同一个数、差多少。"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from xltool.values.rounding import rounded

if TYPE_CHECKING:
    from xltool.values.amounts import Amount


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
