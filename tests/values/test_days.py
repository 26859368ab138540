"""日期栏目和日期序号。"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from xltool.values import read_date, serial_date

DAY = date(2025, 4, 18)


@pytest.mark.parametrize(
    ("raw", "notices"),
    [
        ("2025年4月18日", ()),
        ("2025年04月18号", ()),
        ("2025 年 4 月 18 日", ()),
        ("2025-04-18", ()),
        ("2025/4/18", ()),
        ("2025.4.18", ()),
        ("20250418", ()),
        ("二〇二五年四月十八日", ()),
        ("２０２５年４月１８日", ("全角字符已按半角读",)),
        ("2025-04-18 00:00:00", ("时刻已略去",)),
        ("2025年4月18日（星期五）", ("括号里的“星期五”未读入",)),
    ],
)
def test_read_date(raw: str, notices: tuple[str, ...]) -> None:
    reading = read_date(raw)
    assert (reading.value, reading.notices, reading.problem) == (DAY, notices, None)


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("昨天", "V112"),
        ("25.4.18", "V112"),
        ("18/4/2025", "V112"),
        ("2025-4/18", "V112"),
        ("2025年4月", "V113"),
        ("2025/4", "V113"),
        ("4月18日", "V113"),
        ("2025年2月29日", "V114"),
        ("20251301", "V114"),
        ("2025-13-01", "V114"),
        ("2025年4月18日前", "V115"),
        ("12月底", "V115"),
        ("45765", "V116"),
        ("#VALUE!", "V111"),
    ],
)
def test_read_date_refuses(raw: str, code: str) -> None:
    reading = read_date(raw)
    assert reading.value is None
    assert reading.cause is not None
    assert reading.cause.code == code


def test_month_alone_says_what_is_missing() -> None:
    assert read_date("2025年4月").problem == "“2025年4月”没有写全年、月、日，应填完整的年月日"


def test_year_from_context_is_said() -> None:
    reading = read_date("4月18日", year=2025)
    assert (reading.value, reading.notices) == (DAY, ("没有写年份，按 2025 年读",))


def test_blank_and_not_applicable() -> None:
    assert read_date("").not_applicable is False
    assert read_date("").problem is None
    assert read_date("无").not_applicable is True


@pytest.mark.parametrize(
    ("serial", "day"),
    [
        ("0", None),
        ("1", date(1900, 1, 1)),
        ("59", date(1900, 2, 28)),
        ("60", None),
        ("61", date(1900, 3, 1)),
        ("45765", DAY),
        ("45765.99", DAY),
        ("2958465", date(9999, 12, 31)),
        ("2958465.5", date(9999, 12, 31)),
        ("2958466", None),
        ("-5", None),
        ("1E+10", None),
        ("NaN", None),
    ],
)
def test_serial_1900(serial: str, day: date | None) -> None:
    assert serial_date(Decimal(serial), date_1904=False) == day


@pytest.mark.parametrize(
    ("serial", "day"),
    [("0", date(1904, 1, 1)), ("44303", DAY), ("2957003", date(9999, 12, 31)), ("2957004", None)],
)
def test_serial_1904(serial: str, day: date | None) -> None:
    assert serial_date(Decimal(serial), date_1904=True) == day
