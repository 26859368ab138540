"""单位表。"""

from __future__ import annotations

from decimal import Decimal

import pytest

from xltool.values import Family, convert, find_unit, unit_of_name


@pytest.mark.parametrize(
    ("text", "name", "base", "factor"),
    [
        ("万元", "万元", "元", "10000"),
        ("亿元", "亿元", "元", "100000000"),
        ("单位：万元", "万元", "元", "10000"),
        ("人民币万元", "万元", "元", "10000"),
        ("（家）", "家", "家", "1"),
        ("家次", "家次", "家次", "1"),
        ("万人次", "万人次", "人次", "10000"),
        ("名", "名", "人", "1"),
        ("％", "%", "%", "1"),
        ("个百分点", "个百分点", "百分点", "1"),
        ("平方米", "平方米", "m2", "1"),
        ("万千瓦时", "万千瓦时", "千瓦时", "10000"),
        ("元/家", "元/家", "元/家", "1"),
        ("万元／亩", "万元/亩", "元/亩", "10000"),
        ("元/学位", "元/学位", "元/学位", "1"),
        ("元/名", "元/名", "元/人", "1"),
    ],
)
def test_find_unit(text: str, name: str, base: str, factor: str) -> None:
    unit = find_unit(text)
    assert unit is not None
    assert (unit.name, unit.base, unit.factor) == (name, base, Decimal(factor))


@pytest.mark.parametrize("text", ["", "小升规", "万", "元/", "家/学位", "是/否", "万%", "/家"])
def test_not_a_unit(text: str) -> None:
    assert find_unit(text) is None


@pytest.mark.parametrize(
    ("name", "unit"),
    [
        ("扶持工业企业数量(家)", "家"),
        ("资金支出（万元）", "万元"),
        ("推动企业上规模(小升规)", None),
        ("建立长效机制(是/否)", None),
        ("满意度（5分）", None),
        ("扶持数量（家）（5分）", "家"),
        ("服务对象满意度得分(分)", "分"),
        ("扶持工业企业数量", None),
        ("(家)扶持数量", None),
    ],
)
def test_unit_of_name(name: str, unit: str | None) -> None:
    found = unit_of_name(name)
    assert (found and found.name) == unit


def test_families() -> None:
    for text, family in {
        "万元": Family.MONEY,
        "家": Family.COUNT,
        "%": Family.RATIO,
        "百分点": Family.POINT,
        "工作日": Family.TIME,
        "亩": Family.PHYSICAL,
        "分": Family.SCORE,
    }.items():
        unit = find_unit(text)
        assert unit is not None
        assert unit.family is family
        assert unit.is_count is (text == "家")
        assert unit.money is (text == "万元")
    per_unit = find_unit("元/家")
    assert per_unit is not None
    assert not per_unit.money


def test_convert() -> None:
    yuan, wan, home, year, month = map(find_unit, ("元", "万元", "家", "年", "个月"))
    for unit in (yuan, wan, home, year, month):
        assert unit is not None
    assert convert(Decimal(1200), yuan, wan) == Decimal("0.12")
    assert convert(Decimal("2.6"), wan, yuan) == 26000
    assert convert(Decimal(1), home, yuan) is None
    assert convert(Decimal(18), month, year) == Decimal("1.5")
    assert convert(Decimal(1), month, year) is None
