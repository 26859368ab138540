"""一行里的百分数写法不同：一格填98%（存的是0.98），一格填98；或把98%填成0.98：公式照存的数算，差一百倍。

单位是个、万元的填了98%，公式当作0.98个。
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from xltool.facts.direction import Way, way_of
from xltool.facts.typed import NONE_WRITTEN
from xltool.scheme.categories import SATISFACTION, is_category
from xltool.scheme.completing import satisfaction_bands

if TYPE_CHECKING:
    from collections.abc import Container

    from xltool.facts.records import Target
    from xltool.scheme.model import Scheme

PERCENT = "%"
PERCENTS = (PERCENT, "％", "百分比", "百分数", "百分号", "(%)", "（%）", "(％)", "（％）")
_RATIOS = ("百分点", "个百分点", "‰", "‱", "成", "%（百分比）", "%(百分比)")
COMPARED = ("", *PERCENTS, *_RATIOS, *NONE_WRITTEN)
"""单位是比率的，没有写的：两格都是百分数的比得出，只有一格是的差一百倍。"""
TIMES = "倍"  # 200%存的就是2倍
APART = 50  # 差这么多倍的，像是把98%填成了0.98（假设）
_COLUMNS = ("expected", "actual")


def unit_among(row: Target, words: Container[str]) -> bool:
    """计量单位是其中一个；前后的空格不计，与公式一样。"""
    return row.record.text("unit").strip(" ") in words


def stored_apart(scheme: Scheme, row: Target) -> str:
    """按百分数存放、与公式对不上的是哪一栏；没有的为空串。

    两格都是百分数的，比得出；满意度分档的，实现值照存的数与各档比。
    """
    if row.part or not unit_among(row, COMPARED):
        return ""
    percents = [
        name
        for name in _COLUMNS
        if row.record.entry(name).percent and row.record.measure(name).number
    ]
    banded = satisfaction_bands(scheme) and is_category(scheme, row.level2, SATISFACTION)
    if banded and "actual" in percents:
        return "actual"
    if len(percents) != 1:
        return ""
    other = row.record.measure(next(name for name in _COLUMNS if name not in percents))
    return percents[0] if other.number is not None and other.unit is None else ""


def stored_elsewhere(row: Target) -> tuple[str, ...]:
    """单位是别的，而按百分数存放的是哪几栏。"""
    if row.part or unit_among(row, (*COMPARED, TIMES)):
        return ()
    return tuple(
        name
        for name in _COLUMNS
        if row.record.entry(name).percent and row.record.measure(name).number
    )


def typed_as_ratio(scheme: Scheme, row: Target) -> str:
    """单位是%，像是把98%填成0.98的是哪一栏；越小越好的本来就小，不看。"""
    numbers = {name: row.record.measure(name).number for name in _COLUMNS}
    small, large = (pick(one or Decimal(0) for one in numbers.values()) for pick in (min, max))
    if row.part or row.target is None or row.result is None or way_of(scheme, row) is not Way.UP:
        return ""
    if any(row.record.entry(name).percent for name in _COLUMNS):
        return ""
    if row.record.text("unit") != PERCENT or not 0 < small < 1 < large or large < APART * small:
        return ""
    return next(name for name, number in numbers.items() if number == small)
