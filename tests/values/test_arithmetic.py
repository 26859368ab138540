"""人写的算式：两边各是多少、差几成；读不成的不猜。"""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from sizes import drawn

from xltool.values import find_unit, read_equation

# 算式、另一格里的单位、左边、右边（都按右边的单位）、右边的单位
HOLDS = [
    ("411×5=2055", "", "2055", "2055", ""),
    ("411×5=2055", "万元", "2055", "2055", "万元"),
    ("411家×5万元/家=2055万元", "", "2055", "2055", "万元"),
    ("411家*每家5万元=0.2055亿元", "", "0.2055", "0.2055", "亿元"),
    ("1,200×3=3,600", "家", "3600", "3600", "家"),
    ("2980.93+23720.72=26701.65", "万元", "26701.65", "26701.65", "万元"),
    ("22423.11－34.91＝22388.20", "", "22388.20", "22388.20", ""),
    ("9000万元+0.1亿元=1亿元", "", "1", "1", "亿元"),
    ("7.3%-6%=1.3个百分点", "", "1.3", "1.3", "个百分点"),
    ("7.3-6=1.3", "百分点", "1.3", "1.3", "百分点"),
    ("(7.3-6)=1.3", "", "1.3", "1.3", ""),
    ("（3+5）×2÷4=4", "", "4", "4", ""),
    ("10-2-3=5", "", "5", "5", ""),
    ("24÷2÷3=4", "", "4", "4", ""),
    ("-3+5=2", "", "2", "2", ""),
    ("1/4=25%", "", "25", "25", "%"),
    ("1÷4=25", "%", "25", "25", "%"),
    ("400×25%=100", "万元", "100", "100", "万元"),
    ("100÷25%=400", "", "400", "400", ""),
    ("15‰×1000=15", "", "15", "15", ""),
    ("百分之二十五×400=100", "", "100", "100", ""),
    ("十五家×2=30家", "", "30", "30", "家"),
    ("10亿÷4=2.5亿", "", "2.5", "2.5", "亿"),
    ("3×2≈6", "", "6", "6", ""),
    ("3 × 2 = 约6。", "", "6", "6", ""),
    ("12÷50%=48×50%", "", "24", "24", ""),
]
WRONG = [
    ("411×5=2050", "", "2055", "2050", ""),
    ("45÷15=2倍", "", "3", "2", "倍"),
    ("100万元+50元=150万元", "", "100.005", "150", "万元"),
    ("5÷2=2.5%", "", "250", "2.5", "%"),
    ("1/4=0.25%", "", "25", "0.25", "%"),
    ("8亿元÷4=1亿元", "", "2", "1", "亿元"),
    ("8÷4=1", "亿元", "0.00000002", "1", "亿元"),
    ("0×5=1", "", "0", "1", ""),
]
UNREADABLE = [
    "", "=", "411×5", "=2055", "411×5=", "1=1=1", "411×5=两千多家企业", "甲×5=10", "5÷0=1",
    "5÷(3-3)=1", "(1+2=3", "1+2)=3", "1+=1", "2(3)=6", "1++2=3", "超5+1=6", "3=≥3",
    "增长5%-下降3%=2%", "1.2.3=1", "#REF!=1", "1e3=1000", "__import__=1", "2**3=8", "9^2=81",
]  # fmt: skip


def _read(text: str, unit: str) -> tuple[Decimal, Decimal, str]:
    equation = read_equation(text, find_unit(unit) if unit else None)
    assert equation is not None
    return *equation.closest, equation.unit


@pytest.mark.parametrize(("text", "unit", "left", "right", "shown"), HOLDS)
def test_both_sides_are_equal(text: str, unit: str, left: str, right: str, shown: str) -> None:
    assert _read(text, unit) == (Decimal(left), Decimal(right), shown)
    equation = read_equation(text, find_unit(unit) if unit else None)
    assert equation is not None
    assert equation.closest.gap == 0


@pytest.mark.parametrize(("text", "unit", "left", "right", "shown"), WRONG)
def test_both_sides_differ(text: str, unit: str, left: str, right: str, shown: str) -> None:
    found = read_equation(text, find_unit(unit) if unit else None)
    assert found is not None
    assert (*found.balances[0], found.unit) == (Decimal(left), Decimal(right), shown)
    assert found.closest.gap != 0


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("76.61亿元÷50.96=约2亿元", "0.330", "0.331"),  # 1.5033亿元，2亿元多出33.04%
        ("14/51=27.45%", "0", "0.0001"),
        ("14÷27.45%=22÷43.14%", "0", "0.0001"),  # 51.0018与50.9968
        ("14/51=27%", "0.016", "0.017"),  # 27.451%写作27%，少1.64%
        ("45/13=3.46倍", "0", "0.001"),
    ],
)
def test_the_gap_is_a_share_of_the_left_side(text: str, low: str, high: str) -> None:
    equation = read_equation(text)
    assert equation is not None
    gap = equation.closest.gap
    assert gap is not None
    assert Decimal(low) <= gap <= Decimal(high)


def test_a_gap_from_nothing_has_no_share() -> None:
    equation = read_equation("0×5=1")
    assert equation is not None
    assert equation.closest.gap is None


@pytest.mark.parametrize("text", UNREADABLE)
def test_what_is_no_equation_is_not_guessed(text: str) -> None:
    assert read_equation(text) is None


@pytest.mark.parametrize(
    ("readable", "refused"),
    [
        ("(" * 8 + "1" + ")" * 8 + "=1", "(" * 9 + "1" + ")" * 9 + "=1"),
        ("-" * 8 + "1=1", "-" * 9 + "1=-1"),
        ("+".join("1" * 30) + "=30", "+".join("1" * 31) + "=31"),
        ("1=1" + "。" * 200, "1" * 20 + "家" * 100 + "=1"),
    ],
    ids=["brackets", "signs", "operands", "length"],
)
def test_bounds(readable: str, refused: str) -> None:
    assert read_equation(readable) is not None
    assert read_equation(refused) is None


NUMBERS = st.integers(1, 10**9).map(lambda n: Decimal(n) / 100)
PIECES = st.sampled_from([*"+-×÷/()（）=≈约。家%亿", "1", "20", "3.5", "1,000", "万元", "百分点"])


@given(NUMBERS, NUMBERS, NUMBERS)
@drawn(100)
def test_it_reckons_as_decimals_do(a: Decimal, b: Decimal, c: Decimal) -> None:
    for text, value in [
        (f"{a}+{b}-{c}=1", a + b - c),
        (f"{a}×{b}+{c}=1", a * b + c),
        (f"{a}×({b}-{c})=1", a * (b - c)),
        (f"{a}-{b}×{c}=1", a - b * c),
    ]:
        equation = read_equation(text)
        assert equation is not None
        assert equation.closest.left == value


@given(st.lists(PIECES, max_size=14).map("".join) | st.text(max_size=30))
@example("-=-")
@drawn(250)
def test_any_text_is_read_or_refused(text: str) -> None:
    for unit in (None, find_unit("%"), find_unit("万元")):
        equation = read_equation(text, unit)
        if equation is not None:
            assert text.count("=") + text.count("≈") + text.count("＝") >= 1
            assert all(number.is_finite() for number in equation.closest)
