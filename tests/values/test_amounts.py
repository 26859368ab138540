"""两个数能不能放在一起比：绩效指标的完成率和各处的数用同一个办法。"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from xltool.facts.target import quotient_terms
from xltool.values import find_unit, parse_measure
from xltool.values.amounts import amount_of, comparable

if TYPE_CHECKING:
    from xltool.values.amounts import Amount


def _amount(text: str, unit: str = "") -> Amount:
    amount = amount_of(parse_measure(text), find_unit(unit) if unit else None)
    assert amount is not None
    return amount


@pytest.mark.parametrize(
    ("one", "other", "unit", "can"),
    [
        ("411家", "432个", "", True),
        ("2亿元", "300万元", "", True),
        ("1%", "1个百分点", "", True),
        ("30天", "1个月", "", False),
        ("411家", "2055万元", "", False),
        ("411", "432家", "", True),
        ("411", "432", "", True),
        ("2.89", "28927万元", "", False),
        ("2.89", "28927万元", "亿元", True),
        ("2.89亿", "28927万元", "", True),
        ("5元/家", "5元", "", False),
    ],
)
def test_one_answer_everywhere(one: str, other: str, unit: str, *, can: bool) -> None:
    """规则比各处的数、完成率相除，能不能比的答案相同，与谁先谁后无关。"""
    for left, right in ((one, other), (other, one)):
        assert comparable(_amount(left, unit), _amount(right, unit)) is can
        row_unit = find_unit(unit) if unit else None
        terms = quotient_terms(parse_measure(left), parse_measure(right), row_unit)
        assert (terms != (None, None)) is can


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("5万元", "亿元", "50000"),
        ("5万", "万元", "50000"),
        ("5", "万元", "50000"),
        ("5", "", "5"),
    ],
)
def test_the_unit_of_a_number(text: str, unit: str, value: str) -> None:
    assert _amount(text, unit).value == Decimal(value)


def test_what_is_no_number_is_no_amount() -> None:
    assert amount_of(parse_measure("已完成"), None) is None
    assert amount_of(parse_measure("3至5家"), None) is None
