"""三级指标的分值：多数是定数；有的随封面选的分法而定（财预〔2021〕101号），有的由项目逐行自定。

程序和公式同义。
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from xltool.facts.target import target_rows
from xltool.scheme.categories import SHEET
from xltool.scheme.key import field_key

if TYPE_CHECKING:
    from collections.abc import Iterable

    from xltool.facts.filled import Filled
    from xltool.facts.records import Target
    from xltool.facts.refs import Refs
    from xltool.scheme.model import Indicator, Scheme


def points_of(facts: Filled, indicator: Indicator) -> Decimal:
    """一个三级指标的分值；没有选分法时按第一种，由项目自定的是各行分值之和。"""
    if facts.scheme.weighed(indicator.code):
        return weights_of(rows_of(facts, indicator))
    allocation = facts.scheme.allocation
    if allocation is None or indicator.code not in allocation.codes:
        return indicator.points
    options = facts.scheme.options[facts.scheme.field(allocation.field).options]
    chosen = facts.text(allocation.field)
    for option in allocation.options:
        if chosen == options.value(option):
            return facts.scheme.number(allocation.parameter(indicator.code, option))
    return indicator.points


def rows_of(facts: Filled, indicator: Indicator) -> tuple[Target, ...]:
    """按绩效指标相加的一个三级指标，由哪些绩效指标相加。"""
    where, wanted = _narrowed(facts.scheme, indicator)
    return tuple(row for row in target_rows(facts) if row.record.text(where) == wanted)


def weights_of(rows: Iterable[Target]) -> Decimal:
    """各行分值之和。"""
    return sum((row.points for row in rows if row.points is not None), Decimal(0))


def _narrowed(scheme: Scheme, indicator: Indicator) -> tuple[str, str]:
    """看绩效指标表的哪一栏、哪个选项。"""
    inputs = indicator.method.inputs
    equals = field_key(str(inputs["equals"]))
    return str(inputs["where"]), scheme.options[equals.sheet].value(equals.row)


def points_formula(scheme: Scheme, code: str, refs: Refs) -> str:
    """分值不是定数的，分值那一格的公式。

    Raises:
        KeyError: 这个指标的分值是定数。
    """
    if scheme.weighed(code):
        inputs = scheme.indicator(code).method.inputs
        equals = field_key(str(inputs["equals"]))
        where = refs.column(SHEET, str(inputs["where"]))
        wanted, points = refs.option(equals.sheet, equals.row), refs.column(SHEET, "points")
        return f"SUMIFS({points},{where},{wanted})"
    allocation = scheme.allocation
    if allocation is None or code not in allocation.codes:
        raise KeyError(code)
    first, *others = allocation.options
    text = refs.parameter(allocation.parameter(code, first))
    chosen, options = refs.cell(allocation.field), scheme.field(allocation.field).options
    for option in reversed(others):
        value = refs.parameter(allocation.parameter(code, option))
        text = f"IF({chosen}={refs.option(options, option)},{value},{text})"
    return text
