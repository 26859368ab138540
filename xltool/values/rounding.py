"""四舍五入：只在这里，程序和公式的位数才一致。"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache

# 位数足够：填得再大的数相除，舍入时也不溢出，不受调用处的精度设置影响
_WIDE = Context(prec=100)


def rounded(value: Decimal, digits: int) -> Decimal:
    """四舍五入到若干位小数。"""
    return value.quantize(_last_place(digits), ROUND_HALF_UP, _WIDE)


@lru_cache(maxsize=32)
def _last_place(digits: int) -> Decimal:
    return Decimal(1).scaleb(-digits)
