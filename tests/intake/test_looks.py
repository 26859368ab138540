"""显示的与存的不同：缩小的格式、补零、时刻、划掉的字、上下标、图片，都按看得见的读，并且说出来。"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from sample_cells import only, parts_of, put, put_number, put_text, read, said, styled, value

from xltool.facts.entry import EntryState
from xltool.scheme.key import CellKey, field_key
from xltool.values import Kind, Measure

if TYPE_CHECKING:
    from sample_cells import Parts

    from xltool.intake.submission import FormReading

FINANCE, GOALS, COVER, MANAGED = "收支与资产", "绩效目标完成情况", "封面", "管理情况"
INITIAL, FINAL = field_key("finance.initial"), field_key("finance.final")
ACTUAL = CellKey("indicators", "1", "actual")
SPENT = field_key("finance.total")


def state(reading: FormReading, key: CellKey) -> EntryState:
    assert reading.submission is not None
    return reading.submission.entries[key].state


def raw(reading: FormReading, key: CellKey) -> str:
    assert reading.submission is not None
    return reading.submission.entries[key].raw


# ---------------------------------------------------------------- 数字格式


def shown_as(code: str, number: str, cell: str = "C7", sheet: str = FINANCE) -> Parts:
    parts = parts_of()
    put_number(parts, sheet, cell, number, styled(parts, code))
    return parts


def test_yuan_shown_as_ten_thousands_is_never_ten_thousandfold() -> None:
    parts = shown_as('0!.0,"万元"', "470000000")
    finding = only(parts)
    assert (finding.code, finding.severity.value, finding.where) == (
        "V180",
        "error",
        "收支与资产!C7",
    )
    assert "“47000.0万元”" in finding.message
    assert "470000000" in finding.message
    assert value(read(parts), INITIAL) == Decimal(47000)


def test_money_printed_otherwise_than_typed_is_said() -> None:
    """印出来四舍五入了的，说出填的是多少；负数、正好两位的不说。"""
    finding = only(shown_as("#,##0.00", "19546.975"))
    assert (finding.code, finding.severity.value) == ("V191", "notice")
    assert "“19546.98”，填的是 19546.975" in finding.message
    assert "V191" not in {code for code, _ in said(shown_as("#,##0.00", "-60.25", "C17"))}


@pytest.mark.parametrize("code", ["0!.0,", "0.0,", "#,##0,", "0.00,,"])
def test_scaled_without_a_unit_is_asked(code: str) -> None:
    parts = shown_as(code, "470000000")
    assert said(parts) == [("V181", "收支与资产!C7")]
    assert state(read(parts), INITIAL) is EntryState.UNREADABLE


@pytest.mark.parametrize(
    ("code", "shown"),
    [('0.00"元"', "470000000.00元"), ('General"元"', "470000000元"),
     ('G/通用格式"元"', "470000000元")],
)  # fmt: skip
def test_a_unit_beside_the_number_that_is_not_the_printed_one(code: str, shown: str) -> None:
    parts = shown_as(code, "470000000")
    assert f"“{shown}”" in only(parts).message
    assert value(read(parts), INITIAL) == Decimal(47000)


@pytest.mark.parametrize(
    ("code", "number"),
    [
        ('0.00"万元"', "47000"), ("[$¥-804]#,##0.00", "47000"), ("#,##0.00_ ", "47000"),
        ("000000", "47000"), ('_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "47000"),
        ("0.00E+00", "47000"), ("0_);[Red](0)", "47000"),
        ("000-0000", "1234567"), ('General"万元"', "47000"),
        ('0.00"万元(含税)"', "47000"), ('"合计 "0', "47000"), ("_(* #,##0_);_(* (#,##0)", "47000"),
    ],
)  # fmt: skip
def test_the_same_number_is_shown(code: str, number: str) -> None:
    parts = shown_as(code, number)
    assert said(parts) == []
    assert value(read(parts), INITIAL) == Decimal(number)


@pytest.mark.parametrize(
    ("code", "number", "shown"),
    [
        (";;;", "47000", "空白"),
        ("0", "0.4", "0"),
        ("0", "2.5", "3"),
        ('"无"', "47000", "无"),
        ('"约"0', "47000", "约47000"),
        ('0"~50000"', "47000", "47000~50000"),
        ("$#,##0", "47000", "$47000"),
        ("[$USD] 0", "47000", "USD47000"),
        ("0.00‰", "0.47", "0.47‰"),
        ('0"个百分点"', "3", "3个百分点"),
    ],
)
def test_digits_hidden_by_the_format_are_said(code: str, number: str, shown: str) -> None:
    parts = shown_as(code, number)
    finding = only(parts)
    assert (finding.code, finding.severity.value) == ("V182", "warning")
    assert f"显示为“{shown}”，文件里存的是 {number}" in finding.message
    assert value(read(parts), INITIAL) == Decimal(number)


def test_a_negative_number_shown_without_its_sign() -> None:
    """红字不算：看得出是负数。"""
    parts = shown_as("0;0", "-60", "C17")
    assert ("V182", "收支与资产!C17") in said(parts)
    assert "V182" not in {code for code, _ in said(shown_as("0;[Red]0", "-60", "C17"))}


def test_almost_all_is_not_all() -> None:
    parts = shown_as("0%", "0.996", "H9", GOALS)
    assert said(parts) == [("V182", "绩效目标完成情况!H9")]


def test_leading_zeros_of_a_code_are_kept() -> None:
    parts = shown_as("000000", "1002", "C8", COVER)
    assert said(parts) == [("V183", "封面!C8")]
    assert value(read(parts), field_key("cover.department_code")) == "001002"


def test_a_unit_in_the_format_belongs_to_an_indicator() -> None:
    parts = shown_as('0"个"', "6480", "H7", GOALS)
    assert said(parts) == []
    measure = value(read(parts), ACTUAL)
    assert isinstance(measure, Measure)
    assert (measure.raw, measure.number) == ("6480个", Decimal(6480))


# ---------------------------------------------------------------- 时刻、日期


def test_a_ratio_that_became_a_time() -> None:
    parts = shown_as("h:mm", "5.4861111111111110E-2", "H7", GOALS)
    assert said(parts) == [("V184", "绩效目标完成情况!H7")]
    measure = value(read(parts), ACTUAL)
    assert isinstance(measure, Measure)
    assert (measure.raw, measure.kind, measure.number) == ("1:19", Kind.QUAL, None)


@pytest.mark.parametrize(
    ("code", "number", "text"),
    [("[h]:mm", "1.5", "36:00"), ("h:mm:ss", "0.0552083333333333", "1:19:30"),
     ('h"时"mm"分"', "0.354166666666667", "8:30")],
)  # fmt: skip
def test_other_times(code: str, number: str, text: str) -> None:
    parts = shown_as(code, number, "H7", GOALS)
    assert said(parts) == [("V184", "绩效目标完成情况!H7")]
    assert raw(read(parts), ACTUAL) == text


def test_a_time_is_no_amount_and_no_day() -> None:
    parts = shown_as("h:mm", "0.0548611111111111")
    put_number(parts, COVER, "C13", "0.5", styled(parts, "h:mm"))
    assert said(parts) == [("V153", "封面!C13"), ("V153", "收支与资产!C7")]
    assert "时刻“1:19”" in read(parts).findings[1].message


@pytest.mark.parametrize(
    ("text", "day"),
    [("2025-04-11", 11), ("2025-04-11T00:00:00", 11), ("2025-04-11T00:00:00Z", 11),
     ("2025-04-10T16:00:00.000Z", 11), ("2025-04-11T15:59:59Z", 11)],
)  # fmt: skip
def test_a_day_written_as_text_in_the_file(text: str, day: int) -> None:
    parts = parts_of()
    put(parts, COVER, "C13", f"<v>{text}</v>", "d")
    assert said(parts) == []
    assert value(read(parts), field_key("cover.date")) == date(2025, 4, day)


def test_a_day_written_as_text_in_an_indicator() -> None:
    parts = parts_of()
    put(parts, GOALS, "H10", "<v>2024-08-25T00:00:00Z</v>", "d")
    assert said(parts) == [("V162", "绩效目标完成情况!H10")]
    assert raw(read(parts), CellKey("indicators", "4", "actual")) == "2024年8月25日"


def test_a_moment_past_the_last_day_is_no_day() -> None:
    """换成北京时间就到了一万年。"""
    parts = parts_of()
    put(parts, COVER, "C13", "<v>9999-12-31T23:00:00Z</v>", "d")
    assert said(parts) == [("V112", "封面!C13")]


def test_a_text_cell_without_text_is_blank() -> None:
    parts = parts_of()
    put(parts, COVER, "C14", "<v></v>", "s")
    put(parts, COVER, "C15", "<v/>", "s")
    assert said(parts) == []
    assert value(read(parts), field_key("cover.leader")) is None


# ---------------------------------------------------------------- 字上的记号


def rich(parts: Parts, sheet: str, cell: str, *runs: tuple[str, str]) -> None:
    """一格里样子不同的几段：字体的标记和文字。"""
    inner = "".join(
        f"<r>{f'<rPr>{mark}</rPr>' if mark else ''}<t>{text}</t></r>" for mark, text in runs
    )
    put(parts, sheet, cell, f"<is>{inner}</is>", "inlineStr")


STRIKE, RAISED = "<strike/>", '<vertAlign val="superscript"/>'


def test_a_footnote_mark_is_no_digit() -> None:
    parts = parts_of()
    rich(parts, FINANCE, "C10", ("", "48260.4"), (RAISED, "1"))
    assert said(parts) == [("V165", "收支与资产!C10"), ("V187", "收支与资产!C10")]
    assert value(read(parts), SPENT) == Decimal("48260.4")


def test_struck_out_digits_are_no_digits() -> None:
    parts = parts_of()
    rich(parts, GOALS, "H7", (STRIKE, "6000"), ("", "6480"))
    finding = only(parts)
    assert (finding.code, finding.severity.value) == ("V185", "warning")
    assert "划掉了“6000”，按没有划掉的“6480”读取" in finding.message
    assert raw(read(parts), ACTUAL) == "6480"


def test_a_power_is_not_read_as_ten() -> None:
    parts = parts_of()
    rich(parts, FINANCE, "C10", ("", "10"), (RAISED, "4"))
    assert said(parts) == [("V108", "收支与资产!C10")]


@pytest.mark.parametrize(
    "runs",
    [(("", "1200m"), (RAISED, "2")), (('<strike val="0"/>', "1200"), ("", "m²")),
     (("<b/>", "12"), ('<vertAlign val="baseline"/>', "00m2"))],
)  # fmt: skip
def test_marks_that_change_nothing(runs: tuple[tuple[str, str], ...]) -> None:
    parts = parts_of()
    rich(parts, GOALS, "H7", *runs)
    assert "V185" not in {code for code, _ in said(parts)}
    assert "V187" not in {code for code, _ in said(parts)}


def test_words_struck_out_of_a_text() -> None:
    parts = parts_of()
    rich(parts, MANAGED, "D7", (STRIKE, "附件4"), ("", "附件5"))
    assert said(parts) == [("V185", "管理情况!D7")]
    assert raw(read(parts), CellKey("management", "new_projects", "evidence")) == "附件5"


def test_shared_strings_are_seen_too() -> None:
    parts = parts_of()
    put(parts, GOALS, "H7", "<v>1</v>", "s")
    put(parts, MANAGED, "D7", "<v>0</v>", "s")
    shared = (
        '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        "<si><t>附件5</t></si>"
        f'<si><r><rPr>{STRIKE}<sz val="11"/></rPr><t>6000</t></r><r><t>6480</t></r></si></sst>'
    )
    parts["xl/sharedStrings.xml"] = shared.encode()
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
    link = f'<Relationship Id="rId900" Type="{kind}" Target="sharedStrings.xml"/></Relationships>'
    name = "xl/_rels/workbook.xml.rels"
    parts[name] = parts[name].replace(b"</Relationships>", link.encode())
    assert said(parts) == [("V185", "绩效目标完成情况!H7")]


def test_a_cell_struck_out_is_not_filled() -> None:
    parts = parts_of()
    put_number(parts, FINANCE, "C7", "47000", styled(parts, "0.00", struck=True))
    assert said(parts) == [("V186", "收支与资产!C7")]
    assert value(read(parts), INITIAL) is None


# ---------------------------------------------------------------- 图片

_PICTURES = {"xl/richData/richValueRel.xml": b"<x/>"}


@pytest.mark.parametrize(
    "formula", ['_xlfn.DISPIMG("ID_81F0B0F6",1)', 'DISPIMG("ID_1",1)', '_xlfn.IMAGE("a.png")']
)
def test_a_picture_by_a_function_is_never_evidence(formula: str) -> None:
    parts = parts_of()
    put(parts, MANAGED, "D7", f"<f>{formula}</f><v>={formula}</v>", "str")
    finding = only(parts)
    assert (finding.code, finding.where) == ("V188", "管理情况!D7")
    assert "图片" in finding.message
    assert "名称" in finding.remedy


def test_the_text_left_of_a_picture_is_never_evidence() -> None:
    parts = parts_of()
    put_text(parts, MANAGED, "D7", "=DISPIMG(&quot;ID_81F0B0F6&quot;,1)")
    assert said(parts) == [("V188", "管理情况!D7")]


def test_a_picture_placed_in_a_cell() -> None:
    parts = parts_of() | _PICTURES
    put(parts, MANAGED, "D7", "<v>#VALUE!</v>", 'e" vm="1')
    assert said(parts) == [("V188", "管理情况!D7")]
    # 没有图片的工作簿里，同样的格是错误值
    put(parts_without := parts_of(), MANAGED, "D7", "<v>#VALUE!</v>", 'e" vm="1')
    assert said(parts_without) == [("V150", "管理情况!D7")]
