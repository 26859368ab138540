"""任何文字都读得下去：不报错、可重复、写出来再读还是原值。"""

from __future__ import annotations

from decimal import Decimal

from hypothesis import example, given
from hypothesis import strategies as st
from measures import base_number
from sizes import drawn

from xltool.values import (
    Kind,
    excel_number,
    find_unit,
    fold,
    nearest,
    parse_measure,
    read_date,
    read_decimal,
    read_percent,
    unit_of_name,
)

WORDS = """
    ≥ ≤ >= 》 不低于 控制在 以内 以上 余 每家 同比 增长 约 405 1,200 0 -3.5 ９５ 十五 一百零五
    百分之 万 亿 万元 家 家次 % ％ ‰ 个月 年 月 日 2024 2024年 12月 底 前 第四季度 至 - / ~ （ ）
    ( ) : = 、 ； 。 规范 是 否 无 <p> . , ² ٩ nan #REF! { }
"""
PIECES = st.sampled_from([*WORDS.split(), " ", "\n", "\u200b", "\xa0", "\ud800", "\x00"])
TEXTS = st.one_of(st.text(st.characters(), max_size=30), st.lists(PIECES, max_size=8).map("".join))


@given(TEXTS, st.none() | st.integers(1900, 2100))
@example("\ud800", None)
@example("2024年0月", 2024)
@example("第四季度初", None)
@drawn(500)
def test_parse_measure_never_raises(text: str, year: int | None) -> None:
    measure = parse_measure(text, year=year)
    assert measure.raw == text
    assert measure == parse_measure(text, year=year)
    numeric = measure.kind in (Kind.NUM, Kind.PP, Kind.DUR, Kind.GROWTH, Kind.RANGE, Kind.NAMEVAL)
    assert not numeric or measure.number is not None
    assert (measure.upper is not None) == (measure.kind is Kind.RANGE)
    assert base_number(measure) is None or base_number(measure).is_finite()


@given(TEXTS, st.sampled_from(["", "家", "万元", "%", "年", "学位"]))
@drawn(500)
def test_readings_never_raise_and_round_trip(text: str, unit: str) -> None:
    reading = read_decimal(text, unit=unit)
    assert (reading.problem is None) == (reading.cause is None)
    assert reading.value is None or reading.problem is None
    if reading.value is not None:
        again = read_decimal(str(reading.value), unit=unit)
        assert (again.value, again.notices) == (reading.value, ())
    reading.findings("栏目")
    for other in (read_percent(text), read_date(text, year=2024)):
        other.findings("栏目")
    day = read_date(text).value
    assert day is None or read_date(day.isoformat()).value == day


@given(TEXTS)
@drawn(200)
def test_names_and_choices_never_raise(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    find_unit(text)
    unit_of_name(text)
    nearest(text, ["是", "否", text])


@given(st.decimals("-999999999", "999999999", places=4))
@drawn(100)
def test_written_decimals_are_read_exactly(number: Decimal) -> None:
    written = f"{number:f}"
    assert read_decimal(written).value == number
    assert read_decimal(f"{number:,f}").value == number
    assert base_number(parse_measure(f"≥{written}万元")) == number * 10000


@given(st.floats(allow_nan=False, allow_infinity=False))
@drawn(100)
def test_stored_numbers_are_read_to_fifteen_digits(number: float) -> None:
    shown = excel_number(repr(number))
    assert len(shown.as_tuple().digits) <= 309
    assert abs(shown - Decimal(repr(number))) <= abs(Decimal(repr(number))) * Decimal("1E-14")
