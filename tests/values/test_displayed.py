"""存的数照数字格式显示成什么：一行一个格式，都是表格软件里看得到的样子。"""

from __future__ import annotations

from decimal import Decimal

import pytest

from xltool.values.displayed import displayed

# 存的数、格式、显示的全文、缩小的倍数
CASES = [
    ("470000000", '0!.0,"万元"', "47000.0万元", "0.0001"),
    ("470000000", "0.0,", "470000.0", "0.001"),
    ("470000000", "0!.0,", "47000.0", "0.0001"),
    ("120000", '0!.0000"万元"', "12.0000万元", "0.0001"),
    ("12345678", '#!.0000,"万"', "1.2346万", "0.0000001"),
    ("470000000", '0.00,,"亿"', "470.00亿", "0.000001"),
    ("12345", '[>=100000000]0!.00,,"亿";[>=10000]0!.0,"万";0', "1.2万", "0.0001"),
    ("99", '[>=100000000]0!.00,,"亿";[>=10000]0!.0,"万";0', "99", "1"),
    ("1002", "000000", "001002", "1"),
    ("13800138000", "000-0000-0000", "138-0013-8000", "1"),
    ("0.996", "0%", "100%", "1"),
    ("0.004", "0", "0", "1"),
    ("-5", "0.00;(0.00)", "-5.00", "1"),
    ("-5", r"0.00_ ;[Red]\-0.00\ ", "-5.00", "1"),
    ("-5", "0.00", "-5.00", "1"),
    ("387664.62", '0.00"元"', "387664.62元", "1"),
    ("85", '"≥"0"%"', "≥85%", "1"),
    ("1234567.891", "#,##0.00", "1234567.89", "1"),
    ("48260.4", "[$¥-804]#,##0.00", "¥48260.40", "1"),
    ("0.5", "#.00", "0.50", "1"),
    ("5", ";;;", "", "1"),
    ("0", "0.00;-0.00;;@", "", "1"),
]


@pytest.mark.parametrize(("number", "code", "text", "factor"), CASES)
def test_as_shown(number: str, code: str, text: str, factor: str) -> None:
    shown = displayed(Decimal(number), code)
    assert shown is not None
    assert (shown.text, shown.factor) == (text, Decimal(factor))


@pytest.mark.parametrize("code", ["General", "0.00E+00", "# ?/?", "@", "G/通用格式"])
def test_not_told(code: str) -> None:
    assert displayed(Decimal("1.5"), code) is None


@pytest.mark.parametrize(
    ("number", "code", "value"),
    [
        ("1234567", "000-0000", "1234567"), ("123456", '0"."00"."00', "123456"),
        ("-5", "0.00;(0.00)", "-5"), ("-5", "0.00;0.00", "5"), ("0.996", "0%", "100"),
        ("1.25", "0.0", "1.3"), ("5", ";;;", "0"),
    ],
)  # fmt: skip
def test_the_size_shown_is_without_what_is_printed_between(
    number: str, code: str, value: str
) -> None:
    shown = displayed(Decimal(number), code)
    assert shown is not None
    assert shown.value == Decimal(value)


@pytest.mark.parametrize("code", ["0." + "0" * 998, "0" + "%" * 999, "0" + "," * 999])
def test_a_format_of_any_length_is_told(code: str) -> None:
    for number in ("1E+30", "-1E-30"):
        assert displayed(Decimal(number), code) is not None
