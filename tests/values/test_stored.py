"""表格文件里存的数，和数的写法。"""

from __future__ import annotations

from decimal import Decimal

import pytest

from xltool.values import digits_lost, excel_number, plain
from xltool.values.numerals import chinese_number


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("0", "0"),
        ("405", "405"),
        ("19546.974999999999", "19546.975"),
        ("0.30000000000000004", "0.3"),
        ("0.1", "0.1"),
        ("97.350000000000009", "97.35"),
        ("-5", "-5"),
        ("1.10101199003078E+17", "110101199003078000"),
        ("2.5E-3", "0.0025"),
        ("100.0", "100"),
    ],
)
def test_excel_number(stored: str, shown: str) -> None:
    assert plain(excel_number(stored)) == shown


@pytest.mark.parametrize(
    ("number", "text"),
    [
        ("26701.65", "26701.65"),
        ("49.00", "49"),
        ("100", "100"),
        ("1E+3", "1000"),
        ("0.0", "0"),
        ("0.000001", "0.000001"),
        ("-2.50", "-2.5"),
    ],
)
def test_plain(number: str, text: str) -> None:
    assert plain(Decimal(number)) == text


@pytest.mark.parametrize(
    "stored",
    ["nan", "inf", "-Infinity", "1_0", "٩", "", "1,200", "0x1F", "1e400", "1 2", "９", "+1", "."],
)
def test_excel_number_refuses(stored: str) -> None:
    with pytest.raises(ValueError, match="表格"):
        excel_number(stored)


def test_digits_lost() -> None:
    assert digits_lost(excel_number("110101199003078123"))
    assert digits_lost(Decimal(10**15))
    assert not digits_lost(Decimal(10**15 - 1))
    assert not digits_lost(Decimal(0))


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("零", "0"), ("十", "10"), ("两", "2"), ("十五", "15"), ("二十", "20"),
        ("一百零五", "105"),
        ("一百一十五", "115"), ("三千零二十", "3020"), ("一万五千", "15000"),
        ("十二万零三百", "120300"),
        ("二亿", "200000000"), ("三亿五千万", "350000000"), ("九点五", "9.5"), ("二〇", None),
        ("一百五", None), ("三千五", None), ("一万五", None), ("百", None), ("十十", None),
        ("", None),
    ],
)  # fmt: skip
def test_chinese_number(text: str, number: str | None) -> None:
    assert chinese_number(text) == (None if number is None else Decimal(number))
