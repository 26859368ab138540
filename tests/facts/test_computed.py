"""数和比率给人看的写法。"""

from __future__ import annotations

from decimal import Decimal

import pytest
from scheme_variants import variants
from scoring_builder import facts_of

from xltool.facts.computed import exact_percent, percent, shown
from xltool.facts.working import working
from xltool.scheme.key import CellKey
from xltool.scheme.model import Parameter
from xltool.values.rounding import rounded


@pytest.mark.parametrize(
    ("ratio", "text"),
    [
        ("0", "0%"),
        ("1", "100%"),
        ("1.5", "150%"),
        ("0.98", "98%"),
        ("0.323600973", "32.36%"),
        ("0.98125", "98.13%"),  # 五入
        ("0.00005", "0.01%"),
        ("0.99999", "100.00%"),  # 没有真到 100% 的，看得出来
        ("3.4615384615", "346.15%"),
        ("-0.5", "-50%"),
        ("99999999999999999999000000", "9999999999999999999900000000%"),
    ],
)
def test_percent(ratio: str, text: str) -> None:
    assert percent(Decimal(ratio)) == text


@pytest.mark.parametrize(
    ("ratio", "text"),
    [("0.6", "60%"), ("0.125", "12.5%"), ("0.33333", "33.333%"), ("1", "100%"), ("0", "0%")],
)
def test_exact_percent(ratio: str, text: str) -> None:
    assert exact_percent(Decimal(ratio)) == text


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [("1.5", "%", "150%"), ("2", "项", "2项"), ("0.01", "万元", "0.01万元"), ("1", "", "1")],
)
def test_shown(value: str, unit: str, text: str) -> None:
    assert shown(Parameter("key", "参数", Decimal(value), unit, "假设：试验")) == text


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [
        ("4.905", 2, "4.91"),
        ("2.675", 2, "2.68"),
        ("4.9049999999", 2, "4.90"),
        ("-0.005", 2, "-0.01"),
        ("0.5", 0, "1"),
        ("1E+40", 2, "1" + "0" * 40 + ".00"),
    ],
)
def test_rounded(value: str, digits: int, text: str) -> None:
    assert f"{rounded(Decimal(value), digits):f}" == text


SUMMED = "增减率逐点扣分，比率取自合计和相减"


@pytest.mark.parametrize(
    ("given", "both", "left", "rate"),
    [
        (("100", "150", "30"), "130", "120", "-0.0769"),  # 减少是负数
        (("10", "150", "30"), "40", "120", "2.0000"),
        (("-5", "0", "5"), "0", "-5", "None"),  # 分母为零
        (("", "150", "30"), "None", "120", "None"),
        (("100", "", "30"), "130", "None", "None"),
    ],
)
def test_sum_difference_growth(
    given: tuple[str, str, str], both: str, left: str, rate: str
) -> None:
    keys = ("finance.initial", "finance.adjusted", "finance.total")
    facts = facts_of(variants()[SUMMED], dict(zip(keys, given, strict=True)))
    found = [facts.number(CellKey("finance", key)) for key in ("both", "left", "adjustment_rate")]
    rounded_rate = found[2] if found[2] is None else rounded(found[2], 4)
    assert [str(found[0]), str(found[1]), str(rounded_rate)] == [both, left, rate]


def test_growth_is_shown_with_its_sign() -> None:
    given = {"finance.initial": "100", "finance.adjusted": "150", "finance.total": "30"}
    own = working(facts_of(variants()[SUMMED], given), CellKey("finance", "adjustment_rate"))
    assert own is not None
    assert own.text == "(结转结余120-年初预算数与决算支出合计130)÷年初预算数与决算支出合计130"
