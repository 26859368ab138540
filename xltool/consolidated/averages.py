"""一批数的平均、中位、标准差、最高最低：函数怎样写，程序怎样算。"""

from __future__ import annotations

from decimal import Decimal, localcontext
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

_PRECISION = 60  # 求平方和、开方的位数


def mean(values: Sequence[Decimal]) -> Decimal:
    """平均。"""
    with localcontext(prec=_PRECISION):
        return sum(values, Decimal(0)) / len(values)


def spread(values: Sequence[Decimal]) -> Decimal:
    """标准差：各数离平均多远。"""
    with localcontext(prec=_PRECISION):
        middle = mean(values)
        return (sum(((one - middle) ** 2 for one in values), Decimal(0)) / len(values)).sqrt()


FUNCTIONS: dict[str, tuple[str, Callable[[Sequence[Decimal]], Decimal]]] = {
    "mean": ("AVERAGE", mean),
    "median": ("MEDIAN", median),
    "spread": ("STDEVP", spread),
    "highest": ("MAX", max),
    "lowest": ("MIN", min),
}


def numbers(values: Iterable[object]) -> list[Decimal]:
    """里面的数。"""
    return [one for one in values if isinstance(one, Decimal)]
