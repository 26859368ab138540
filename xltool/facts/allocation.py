"""三级指标的分值：多数是定数；有的方案随封面选的分法而定（财预〔2021〕101号）。程序和公式同义。"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from decimal import Decimal

    from xltool.facts.refs import Refs
    from xltool.facts.view import Facts
    from xltool.scheme.model import Indicator, Scheme


def points_of(facts: Facts, indicator: Indicator) -> Decimal:
    """一个三级指标的分值；没有选分法时按第一种。"""
    allocation = facts.scheme.allocation
    if allocation is None or indicator.code not in allocation.codes:
        return indicator.points
    options = facts.scheme.options[facts.scheme.field(allocation.field).options]
    chosen = facts.text(allocation.field)
    for option in allocation.options:
        if chosen == options.value(option):
            return facts.scheme.number(allocation.parameter(indicator.code, option))
    return indicator.points


def points_formula(scheme: Scheme, code: str, refs: Refs) -> str:
    """分值随分法而定的，分值那一格的公式。

    Raises:
        KeyError: 这个指标的分值不随分法而定。
    """
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
