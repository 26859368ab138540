"""一格的读法：五种状态分开，每次换算都说出来，什么也不猜。"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from form_contents import scheme

from xltool.facts.entry import EntryState
from xltool.intake.context import Context
from xltool.intake.options import every_option, option_lists
from xltool.intake.understand import fast_entry, understand
from xltool.scheme.key import CellKey
from xltool.values import Kind, Measure
from xltool.values.excerpt import excerpt
from xltool.xlsx.grid import FormatClass, GridCell, Look, State

if TYPE_CHECKING:
    from xltool.facts.entry import EntryValue
    from xltool.finding import Finding

MONEY = CellKey("finance", "initial")
OPTIONAL_MONEY = CellKey("rectification", "1", "amount")
INTEGER = CellKey("cover", "indicator_count")
RATIO = CellKey("finance", "reported_utilisation")
DAY = CellKey("cover", "date")
TEXT = CellKey("cover", "phone")
CHOICE = CellKey("management", "budget_disclosed")
LEVEL2 = CellKey("indicators", "1", "level2")
MEASURE = CellKey("indicators", "1", "expected")
OPERATOR = CellKey("indicators", "1", "operator")
UNREADABLE, BLANK, VALUE = EntryState.UNREADABLE, EntryState.BLANK, EntryState.VALUE


def context(key: CellKey, parent: str = "") -> Context:
    field = scheme().field(key)
    lists = option_lists(scheme())
    options = lists.get(field.options)
    if field.options_by:
        names = tuple(field.options_by.values())
        options = lists[field.options_by[parent]] if parent else every_option(scheme(), names)
    return Context(scheme(), date_1904=False, field=field, sheet="表", at=(7, 3), options=options)


def outcome(
    cell: GridCell, key: CellKey, parent: str = ""
) -> tuple[EntryState, EntryValue, list[str]]:
    entry, findings = understand(cell, context(key, parent))
    assert all(one.where == "表!C7" for one in findings)
    return entry.state, entry.value, [one.code for one in findings]


def only(cell: GridCell, key: CellKey, parent: str = "") -> Finding:
    _, findings = understand(cell, context(key, parent))
    (finding,) = findings
    return finding


def number(text: str, form: FormatClass = FormatClass.NUMBER) -> GridCell:
    return GridCell(text, numeric=True, look=Look(form))


# ---------------------------------------------------------------- 五种状态


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (number("0"), (VALUE, Decimal(0), [])),
        (GridCell("0"), (VALUE, Decimal(0), ["V165"])),
        (GridCell("   "), (BLANK, None, [])),
        (GridCell("\u3000\u00a0"), (BLANK, None, [])),
        (GridCell("\u200b\ufeff"), (BLANK, None, [])),
        (GridCell("不适用"), (UNREADABLE, None, ["V164"])),
        (GridCell("#DIV/0!", state=State.ERROR), (EntryState.ERROR, None, ["V150"])),
        (GridCell("", state=State.NO_RESULT, formula="A1"), (EntryState.NO_RESULT, None, ["V151"])),
        (GridCell("", state=State.FORMULA, formula='""'), (BLANK, None, ["V152"])),
    ],
)
def test_states_stay_apart(
    cell: GridCell, expected: tuple[EntryState, EntryValue, list[str]]
) -> None:
    assert outcome(cell, MONEY) == expected


def test_an_optional_number_that_does_not_apply_is_blank_and_said() -> None:
    assert outcome(GridCell("-"), OPTIONAL_MONEY) == (BLANK, None, ["V163"])
    assert only(GridCell("-"), OPTIONAL_MONEY).message == "“评价金额”填的“-”按没有填读取"


def test_a_formula_is_always_said() -> None:
    cell = GridCell("12.5", numeric=True, state=State.FORMULA, formula="A1+B1")
    entry, findings = understand(cell, context(MONEY))
    assert (entry.value, entry.formula) == (Decimal("12.5"), True)
    assert [one.message for one in findings] == ["“年初预算数”填的是公式，按它上次算出的“12.5”读取"]


# ---------------------------------------------------------------- 数


@pytest.mark.parametrize(
    ("text", "value", "code"),
    [
        ("1,200", "1200", "V120"),
        ("１２００", "1200", "V120"),
        ("12万元", "12", "V120"),
        ("1.2亿元", "12000", "V120"),
        ("一千二百", "1200", "V120"),
        ("1200", "1200", "V165"),
    ],
)
def test_numbers_written_as_text(text: str, value: str, code: str) -> None:
    assert outcome(GridCell(text), MONEY) == (VALUE, Decimal(value), [code])
    assert f"“{text}”" in only(GridCell(text), MONEY).message


@pytest.mark.parametrize("text", ["约12", "nan", "inf", "1_0", "12~15", "１２％", "无数据"])
def test_what_is_not_one_number_is_not_read(text: str) -> None:
    state, value, codes = outcome(GridCell(text), MONEY)
    assert (state, value, len(codes)) == (UNREADABLE, None, 1)


def test_wrong_kinds_in_a_number_cell() -> None:
    assert outcome(GridCell("1", boolean=True), MONEY) == (UNREADABLE, None, ["V153"])
    assert (
        only(number("45658", FormatClass.DATE), MONEY).message
        == "“年初预算数”填的是日期“2025年1月1日”，应填数字（单位：万元）"
    )
    assert outcome(number("0.5", FormatClass.PERCENT), MONEY) == (VALUE, Decimal("0.5"), ["V166"])


def test_ranges_and_whole_numbers() -> None:
    assert outcome(number("-1"), MONEY) == (VALUE, Decimal(-1), ["V156"])
    assert outcome(number("20.5"), INTEGER) == (VALUE, Decimal("20.5"), ["V157"])
    assert outcome(number("501"), INTEGER) == (VALUE, Decimal(501), ["V156"])


# ---------------------------------------------------------------- 百分数


@pytest.mark.parametrize(
    ("cell", "value", "codes"),
    [
        (number("0.95", FormatClass.PERCENT), "0.95", []),
        (number("0.95"), "0.95", ["V158"]),
        (number("95"), "0.95", ["V159"]),
        (number("0"), "0", []),
        (GridCell("95%"), "0.95", []),
        (GridCell("95"), "0.95", ["V159"]),
        (GridCell("0.95"), "0.95", ["V158"]),
        (GridCell("９５％"), "0.95", ["V120"]),
        (number("95", FormatClass.PERCENT), "95", ["V156"]),
    ],
)
def test_percent_by_format_and_writing(cell: GridCell, value: str, codes: list[str]) -> None:
    assert outcome(cell, RATIO) == (VALUE, Decimal(value), codes)


# ---------------------------------------------------------------- 日期


@pytest.mark.parametrize(
    "text",
    [
        "2025-4-18", "2025/4/18", "2025.4.18", "2025年4月18日", "20250418", "二〇二五年四月十八日",
        "2025—4—18", "2025–04–18", "2025、4、18", "2025 4 18", "2025\\4\\18", "2025年4月18",
    ],
)  # fmt: skip
def test_dates_as_text(text: str) -> None:
    assert outcome(GridCell(text), DAY) == (VALUE, date(2025, 4, 18), [])


def test_dates_as_numbers() -> None:
    assert outcome(number("45765", FormatClass.DATE), DAY) == (VALUE, date(2025, 4, 18), [])
    assert outcome(number("45765"), DAY) == (VALUE, date(2025, 4, 18), ["V160"])
    assert outcome(number("20250418"), DAY) == (VALUE, date(2025, 4, 18), ["V160"])
    assert outcome(number("20250431"), DAY) == (UNREADABLE, None, ["V114"])
    assert outcome(number("12"), DAY) == (UNREADABLE, None, ["V153"])


def test_dates_of_the_other_calendar() -> None:
    cell, other = number("44303", FormatClass.DATE), context(DAY)._replace(date_1904=True)
    assert understand(cell, other)[0].value == date(2025, 4, 18)


@pytest.mark.parametrize("text", ["2025年4月", "4月18日", "2025年2月30日", "45765", "下周"])
def test_what_is_not_one_day_is_not_read(text: str) -> None:
    state, value, codes = outcome(GridCell(text), DAY)
    assert (state, value, len(codes)) == (UNREADABLE, None, 1)


# ---------------------------------------------------------------- 文字


@pytest.mark.parametrize(
    ("cell", "value", "codes"),
    [
        (GridCell("0750-3271188"), "0750-3271188", []),
        (GridCell("007"), "007", []),
        (number("13800001111", FormatClass.GENERAL), "13800001111", []),
        (number("0.125", FormatClass.PERCENT), "12.5%", []),
        (number("45627", FormatClass.DATE), "2024年12月1日", ["V162"]),
        (GridCell("1", boolean=True), "是", ["V155"]),
        (number("1.10101199003078E17", FormatClass.GENERAL), "110101199003078000", ["V161"]),
    ],
)
def test_text_cells(cell: GridCell, value: str, codes: list[str]) -> None:
    assert outcome(cell, TEXT) == (VALUE, value, codes)


# ---------------------------------------------------------------- 选项


def test_choices_and_their_aliases() -> None:
    assert outcome(GridCell("是"), CHOICE) == (VALUE, "是", [])
    assert outcome(GridCell(" 是 "), CHOICE) == (VALUE, "是", ["V155"])
    assert outcome(GridCell("√"), CHOICE) == (VALUE, "是", ["V155"])
    assert outcome(GridCell("0", boolean=True), CHOICE) == (VALUE, "否", ["V155"])
    assert only(GridCell("√"), CHOICE).message.endswith("填的“√”按“是”读取")


def test_a_choice_outside_the_list_suggests_the_nearest() -> None:
    finding = only(GridCell("数量指标类"), LEVEL2, "产出")
    assert finding.code == "V154"
    assert finding.remedy == "请从下拉列表里选“数量指标”。"
    assert finding.message == (
        "“二级指标”填的“数量指标类”不在列表里，应为 数量指标、质量指标、时效指标、成本指标"
    )


def test_a_choice_of_another_parent_says_which_cell_to_change() -> None:
    finding = only(GridCell("满意度指标"), LEVEL2, "产出")
    assert finding.code == "V154"
    assert finding.remedy.endswith("，或把“一级指标”改为“效益”。")


def test_without_a_parent_every_list_counts() -> None:
    assert outcome(GridCell("满意度指标"), LEVEL2) == (VALUE, "满意度指标", [])
    assert outcome(GridCell("其他"), LEVEL2)[2] == ["V154"]


# ---------------------------------------------------------------- 指标值


@pytest.mark.parametrize(
    ("cell", "kind", "value", "codes"),
    [
        (number("405"), Kind.NUM, "405", []),
        (GridCell("≥405家"), Kind.NUM, "405", []),
        (number("0.85", FormatClass.PERCENT), Kind.NUM, "85", []),
        (GridCell("１２"), Kind.NUM, "12", ["V155"]),
        (number("45627", FormatClass.DATE), Kind.DATE, None, ["V162"]),
    ],
)
def test_measures(cell: GridCell, kind: Kind, value: str | None, codes: list[str]) -> None:
    entry, findings = understand(cell, context(MEASURE))
    assert isinstance(entry.value, Measure)
    assert (entry.value.kind, entry.value.number) == (kind, Decimal(value) if value else None)
    assert [one.code for one in findings] == codes


@pytest.mark.parametrize("stored", ["100", "2024", "3.5"])
def test_a_number_typed_into_a_cell_of_dates_is_asked(stored: str) -> None:
    assert outcome(number(stored, FormatClass.DATE), MEASURE) == (UNREADABLE, None, ["V221"])


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        *((word, "≥") for word in ("大于等于", "=>", "以上", "至少", "》=", "》", "≥=", "正向")),
        *((word, "≤") for word in ("小于或等于", "=<", "以内", "不大于", "《", "≤≤", "越小越好")),
        *((word, "=") for word in ("==", "═", "等于")), ("超过", ">"), ("低于", "<"),
    ],
)  # fmt: skip
def test_other_ways_to_write_an_operator(written: str, read_as: str) -> None:
    assert outcome(GridCell(written), OPERATOR) == (VALUE, read_as, ["V155"])


@pytest.mark.parametrize("written", ["定性", "无", "/", "——", "不适用"])
def test_an_optional_choice_that_does_not_apply_is_blank(written: str) -> None:
    assert outcome(GridCell(written), OPERATOR) == (BLANK, None, ["V163"])


@pytest.mark.parametrize("written", ["约", "≈", "±", "左右", "是"])
def test_what_is_no_operator_is_asked(written: str) -> None:
    assert outcome(GridCell(written), OPERATOR) == (UNREADABLE, None, ["V154"])


# ---------------------------------------------------------------- 快的读法


@pytest.mark.parametrize("key", [MONEY, INTEGER, TEXT, CHOICE, RATIO, DAY, MEASURE])
@pytest.mark.parametrize(
    "cell",
    [
        number("12"), number("12.50"), number("-3"), number("1E2"), number("600"), GridCell("是"),
        GridCell(" "), GridCell("\u200b"), GridCell("甲\n乙"), GridCell("1", boolean=True),
        number("12", FormatClass.DATE), number("12", FormatClass.PERCENT), number("00012"),
        GridCell("3", numeric=True, state=State.FORMULA, formula="1+2"),
    ],
)  # fmt: skip
def test_the_quick_way_reads_as_the_slow_way(cell: GridCell, key: CellKey) -> None:
    slow = context(key)
    entry = fast_entry(cell, slow.field, slow.options)
    assert entry is None or understand(cell, slow) == (entry, ())


# ---------------------------------------------------------------- 个人信息


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("联系人张三13800001111", "联系人张三138****1111"),
        ("联系人张三138 0000 1111", "联系人张三138****1111"),
        ("经办人的身份证号是44070119900307881X", "经办人的身份证号是440701****…"),
        ("44070119900307881X", "440701********881X"),
        ("6222021234567890123", "622202*********0123"),
        ("很长的一段话" * 10, "很长的一段话很长的一段话很长的一段话很…"),
        ("甲\u202e乙\x1b[0m", "甲�乙�[0m"),
        ("", "空白"),
        ("12345.67", "12345.67"),
    ],
)
def test_messages_show_little_of_a_cell(text: str, shown: str) -> None:
    assert excerpt(text) == shown
    assert len(excerpt(text)) <= 20
