"""个人号码的遮盖：怎么写的号码都遮住，金额、日期、文号一个字不动。"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from xltool.values.excerpt import excerpt, quote
from xltool.values.masking import masked

if TYPE_CHECKING:
    from decimal import Decimal

PRIVATE = [
    ("电话13800001111。", "电话138****1111。"),
    ("电话138 0000 1111", "电话138****1111"),
    ("138-0000-1111", "138****1111"),
    ("138 - 0000 - 1111", "138****1111"),
    ("138\u30000000\u30001111", "138****1111"),
    ("138—0000—1111", "138****1111"),
    ("138·0000·1111", "138****1111"),
    ("138\n0000\n1111", "138****1111"),
    ("138\u200b0000\u200b1111", "138****1111"),
    ("1380 000 1111", "138****1111"),
    ("１３８００００１１１１", "１３８****１１１１"),
    ("１３８－００００－１１１１", "１３８****１１１１"),
    ("138.0013.8000", "138****8000"),
    ("138．0013．8000", "138****8000"),
    ("138/0013/8000", "138****8000"),
    ("+8613800138000", "+86138****8000"),
    ("8613800138000", "86138****8000"),
    ("008613800138000", "0086138****8000"),
    ("＋８６１３８００１３８０００", "＋８６１３８****８０００"),
    ("+86 138-0013-8000", "+86 138****8000"),
    ("(+86)13800138000", "(+86)138****8000"),
    ("0086-138-0013-8000", "0086-138****8000"),
    ("013800138000", "0138****8000"),
    ("13800138000，13900139000", "138****8000，139****9000"),
    ("13800138000/13900139000", "138****8000/139****9000"),
    ("13800138000 13900139000", "138****8000 139****9000"),
    ("13800138000元旦值班", "138****8000元旦值班"),
    ("张三13800138000 2024年", "张三138****8000 2024年"),
    ("身份证440701199001018888", "身份证440701********8888"),
    ("44070119900101888x号", "440701********888x号"),
    ("４４０７０１１９９００１０１８８８Ｘ", "４４０７０１********８８８Ｘ"),
    ("440701 19900101 8888", "440701********8888"),
    ("440701-1990-0101-888X", "440701********888X"),
    ("440701900101888", "440701*****1888"),
    ("440701 900101 888", "440701*****1888"),
    ("卡号6222020200000001", "卡号622202******0001"),
    ("卡号62220202000000012", "卡号622202*******0012"),
    ("卡号6222 0200 0000 0001 234", "卡号622202*********1234"),
    ("6222-0200-0000-0001", "622202******0001"),
    ("622202 0200000001234", "622202*********1234"),
    ("440701199001018888.00", "440701********8888.00"),
]
PUBLIC = [
    "预算编码138001",
    "13800001111.50元",
    "12345678901.25",
    "3,800,138,000.00",
    "１３，８００，１３８，０００",
    "13 800 138 000",
    "13800138000元",
    "-13800138000.5",
    "0.14285714285714285",
    "0.13800138000",
    "座机0750-1234567",
    "0750-3831234转8001",
    "2024-12-31",
    "2024-12-31 2025-01-01",
    "20241231-20250101",
    "1999-12-31 100",
    "1999-2024 100万",
    "2020 2021 2022 2023",
    "100 200 300 400 500 600",
    "1500 2300 4800 1200",
    "粤财预〔2024〕123号",
    "财预〔2020〕10号、财预〔2021〕101号",
    "192.168.10.100",
    "411×5=2055",
]


@pytest.mark.parametrize(("text", "shown"), PRIVATE)
def test_private_numbers_are_masked(text: str, shown: str) -> None:
    assert masked(text) == shown


@pytest.mark.parametrize("text", PUBLIC)
def test_other_numbers_stay(text: str) -> None:
    assert masked(text) == text


DIGIT = st.sampled_from("0123456789")
MOBILE = st.tuples(st.sampled_from("3456789"), st.text(DIGIT, min_size=9, max_size=9)).map(
    lambda parts: "1" + "".join(parts)
)
LONG = st.tuples(
    st.sampled_from("123456789"),
    st.sampled_from([14, 15, 16, 17, 18]).flatmap(
        lambda rest: st.text(DIGIT, min_size=rest, max_size=rest)
    ),
).map("".join)
AROUND = st.text(st.sampled_from("张三电话：，。（ ）a"), max_size=28)


@given(MOBILE, st.sampled_from(["", " ", "-", "－", " - ", "\u3000"]), AROUND, AROUND)
def test_any_spelling_of_a_mobile(number: str, gap: str, before: str, after: str) -> None:
    for sizes in ((3, 4, 4), (4, 3, 4), (3, 8), (7, 4)):
        ends = [sum(sizes[: n + 1]) for n in range(len(sizes))]
        written = gap.join(number[end - size : end] for end, size in zip(ends, sizes, strict=True))
        assert masked(f"{before}{written}{after}") == (
            f"{before}{number[:3]}****{number[-4:]}{after}"
        )


@given(st.one_of(MOBILE, LONG), AROUND, AROUND)
@example("440701199001018888", "这是经办人的身份证号码", "")
def test_a_cut_never_shows_more_than_the_mask(number: str, before: str, after: str) -> None:
    most = 6 if len(number) > 11 else 4
    for shown in (excerpt(f"{before}{number}{after}"), quote(f"{before}{number}{after}")):
        assert all(len(run) <= most for run in re.findall("[0-9]+", shown))


@given(
    st.decimals(min_value=0, max_value=10**13, places=2, allow_nan=False),
    st.sampled_from(["", "万元", "%", "，"]),
    AROUND,
)
def test_amounts_with_decimals_stay(amount: Decimal, unit: str, before: str) -> None:
    for text in (f"{before}{amount:f}{unit}", f"{before}{amount:,f}{unit}"):
        assert masked(text) == text


@given(st.integers(1000, 10**15), AROUND, AROUND)
def test_amounts_in_thousands_stay(amount: int, before: str, after: str) -> None:
    text = f"{before}{amount:,d}{after}"
    assert masked(text) == text


@given(st.integers(0, 36500), st.integers(0, 36500), st.sampled_from(["-", ".", "/", ""]))
def test_days_stay(first: int, last: int, mark: str) -> None:
    days = [date(1950, 1, 1) + timedelta(days) for days in (first, last)]
    for between in (" ", "-", "至", "、"):
        text = between.join(day.strftime(f"%Y{mark}%m{mark}%d") for day in days)
        assert masked(text) == text


@given(st.text(st.sampled_from("0123456789 -.,+Xx年元万"), max_size=60))
def test_only_middles_of_numbers_change(text: str) -> None:
    shown = masked(text)
    assert len(shown) <= len(text)
    pieces = [re.escape(piece) for piece in re.split(r"\*+", shown)]
    assert re.fullmatch("[0-9 -./]+".join(pieces), text)
