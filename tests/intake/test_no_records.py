"""记录表里不是记录的行、几格合在一起看的：各说一次，指出哪一格，平均数不受影响。"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from html import unescape
from typing import TYPE_CHECKING

import pytest
from sample_cells import (
    COVER,
    FUNDS,
    GENERAL,
    GOALS,
    PAGE,
    PROJECT,
    only,
    packed,
    part_of,
    parts_of,
    put_number,
    put_text,
    read,
    said,
    show_row,
    styled,
    value,
)

from xltool.assessment.report import make_report
from xltool.facts.entry import EntryState
from xltool.form.live.no_record import END_NAMES, SAMPLE_LEADS, TOTAL_LEADS, TOTAL_NAMES
from xltool.intake.submission import understand_book
from xltool.scheme.key import CellKey, field_key
from xltool.scheme.loader import load_scheme
from xltool.scoring.catalogue import methods_of, ready_schemes
from xltool.values.words import NO_RECORDS
from xltool.xlsx.read import read_bytes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sample_cells import Parts

    from xltool.assessment.report import Report

MONEY, INDICATORS = "项目资金", "绩效指标"


def reported(parts: Parts) -> Report:
    submission = read(parts).submission
    assert submission is not None
    scheme = load_scheme(submission.scheme)
    return make_report(scheme, methods_of(scheme), submission, ())


def total(parts: Parts) -> Decimal | None:
    return reported(parts).scorecard.total


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("合计", "是合计"), ("合　计", "是合计"), ("小计（万元）", "是合计"), ("总计：", "是合计"),
        ("以下空白", "是表尾的说明"), ("（以下空白）", "是表尾的说明"),
        ("——以下无——", "是表尾的说明"),
        ("……", "是省略号"), ("...", "是省略号"), ("指标1：", "是没有改掉的样例"),
        ("例：先进制造业专项资金", "是没有改掉的样例"), ("其中：中央资金", "是上一条里的一部分"),
        ("本年合计", "是合计"), ("市级小计：", "是合计"), ("共计3项", "是合计"),
        ("Total", "是合计"), ("汇总", "是合计"), ("此行以下空白。", "是表尾的说明"),
        ("END", "是表尾的说明"),
        ("完毕", "是表尾的说明"), ("等等", "是省略号"), ("如：先进制造业", "是没有改掉的样例"),
        ("（示例）先进制造业", "是没有改掉的样例"), ("1.其中：省级", "是上一条里的一部分"),
    ],
)  # fmt: skip
def test_a_row_that_is_no_record(name: str, what: str) -> None:
    parts = parts_of()
    before = total(parts)
    put_text(parts, FUNDS, "B10", name)
    put_number(parts, FUNDS, "C10", "6760")
    put_number(parts, FUNDS, "D10", "0")
    finding = only(parts)
    assert (finding.code, finding.severity.value) == ("R260", "warning")
    assert finding.where == "专项资金!B10"
    assert f"{what}，不是一条记录" in finding.message
    assert total(parts) == before


NAMES = (
    *(*TOTAL_NAMES, *END_NAMES),
    *(f"{sample}甲" for sample in SAMPLE_LEADS),
    *(f"{lead}合计" for lead in TOTAL_LEADS if lead != ":"),
)
FIRST, MOST = 10, 40


@pytest.mark.parametrize("names", [NAMES[n : n + MOST] for n in range(0, len(NAMES), MOST)])
def test_what_the_form_does_not_count_the_program_does_not_either(names: Sequence[str]) -> None:
    """报送表说不是记录的各种写法，程序也都认得，一个不漏。"""
    parts = parts_of()
    before = total(parts)
    for row, name in enumerate(names, FIRST):
        put_text(parts, FUNDS, f"B{row}", name)
        put_number(parts, FUNDS, f"C{row}", "6760")
        put_number(parts, FUNDS, f"D{row}", "0")
    told = {one.where for one in read(parts).each if one.code == "R260"}
    left = [name for row, name in enumerate(names, FIRST) if f"专项资金!B{row}" not in told]
    assert left == []
    assert total(parts) == before


@pytest.mark.parametrize("name", NO_RECORDS)
def test_what_the_form_colours_the_program_says(name: str) -> None:
    parts = parts_of()
    put_text(parts, FUNDS, "B10", name)
    assert said(parts) == [("R260", "专项资金!B10")]
    sheet = unescape(parts[part_of(parts, FUNDS)].decode())
    coloured = re.search(r'FIND\("\|"&TRIM\(B7\)&"\|","(.*?)"\)', sheet)
    assert coloured is not None
    assert f"|{name}|" in coloured[1]


@pytest.mark.parametrize(
    "name",
    ["学前教育专项", "合计划拨资金", "空白课程资金", "指标1：学位", "总工会活动经费", "注册补贴",
     "无障碍改造项目", "其他", "未成年人保护", "例会经费"],
)  # fmt: skip
def test_a_name_that_only_looks_like_one(name: str) -> None:
    parts = parts_of()
    put_text(parts, FUNDS, "B10", name)
    assert "R260" not in {code for code, _ in said(parts)}
    submission = read(parts).submission
    assert submission is not None
    assert len(submission.records["funds"]) == 4


@pytest.mark.parametrize(
    ("name", "code"),
    [
        *(
            (name, "R260")
            for name in ("注：按决算数填列", "备注1：…", "填表人：张三", "（单位：万元）")
        ),
        *((name, "R260") for name in ("××专项资金", "XXX", "**项目", "专项资金1", "某某单位")),
        *((name, "R280") for name in ("无", "暂无。", "/", "——", "不涉及", "略", "无专项资金")),
        *((name, "R280") for name in ("本单位无专项资金", "2024年度未安排专项资金", "没有")),
        *((name, None) for name in ("未成年人保护", "无障碍改造资金", "不动产登记")),
    ],
)
def test_a_row_with_nothing_but_a_few_words(name: str, code: str | None) -> None:
    """别的栏都空着：表尾的说明、没有改掉的样例，和写了“无”的一行。"""
    parts = parts_of()
    put_text(parts, FUNDS, "B10", name)
    assert said(parts) == ([(code, "专项资金!B10")] if code else [])


@pytest.mark.parametrize("other", ["无", "/", "0"])
def test_a_row_that_says_none_in_every_cell(other: str) -> None:
    parts = parts_of()
    put_text(parts, "上年度整改", "B8", "无")
    put_text(parts, "上年度整改", "D8", other)
    put_text(parts, "上年度整改", "H8", other)
    assert said(parts) == [("R280", "上年度整改!D8")]
    submission = read(parts).submission
    assert submission is not None
    assert submission.records["rectification"] == ("1",)


def test_the_hint_left_in_a_row() -> None:
    parts = parts_of()
    sheet = load_scheme("jiangmen-2025-special").sheet("funds")
    put_text(parts, FUNDS, "B10", next(one.help for one in sheet.fields if one.key == "name"))
    assert said(parts) == [("R260", "专项资金!B10")]


def test_a_row_struck_out() -> None:
    parts = parts_of()
    before = total(parts)
    style = styled(parts, struck=True)
    put_text(parts, FUNDS, "B10", "已取消的专项资金", style)
    put_number(parts, FUNDS, "C10", "100", style)
    put_number(parts, FUNDS, "D10", "0", style)
    assert said(parts) == [("R261", "专项资金!B10")]
    assert total(parts) == before


def test_a_row_with_its_classes_only() -> None:
    """公开的表把各类都印出来：只选了一级、二级指标的行不算没有填完的指标，得分照计。"""
    parts = parts_of(GENERAL)
    before = total(parts)
    show_row(parts, GOALS, 17)
    put_text(parts, GOALS, "B17", "效益")
    put_text(parts, GOALS, "C17", "生态效益指标")
    finding = only(parts)
    assert (finding.code, finding.where) == ("R260", f"{GOALS}!B17")
    assert "只选了类别" in finding.message
    assert total(parts) == before


def test_a_class_and_anything_else_is_a_record() -> None:
    parts = parts_of(GENERAL)
    show_row(parts, GOALS, 17)
    put_text(parts, GOALS, "C17", "生态效益指标")
    put_number(parts, GOALS, "H17", "1")
    assert "R260" not in {code for code, _ in said(parts)}


def test_an_indicator_with_points_of_its_own_is_one() -> None:
    parts = parts_of(PROJECT)
    put_text(parts, INDICATORS, "D7", "其中：新建路口数量")
    assert "R260" not in {code for code, _ in said(parts)}


@pytest.mark.parametrize("title", ["其中：东区车辆", "　　其中东区车辆", "其中"])
def test_a_part_of_an_indicator_is_read_and_not_counted(title: str) -> None:
    """方案收“其中”各项的：只填名称、预期值和实现值，是一条记录，不说缺什么，得分不变。"""
    parts = parts_of(GENERAL)
    before = total(parts)
    show_row(parts, GOALS, 17)
    put_text(parts, GOALS, "D17", title)
    put_number(parts, GOALS, "F17", "2")
    put_number(parts, GOALS, "H17", "1")
    reading = read(parts)
    assert reading.findings == ()
    assert reading.submission is not None
    assert "11" in reading.submission.records["indicators"]
    assert total(parts) == before
    report = reported(parts)
    mine = [one for one in report.findings if one.at is not None and one.at.row == 17]
    assert mine == []  # 必填的分类不必填，也不算一个指标


def test_a_scheme_that_takes_no_parts_leaves_them_out() -> None:
    parts = parts_of(GENERAL)
    show_row(parts, GOALS, 17)
    put_text(parts, GOALS, "D17", "其中：东区车辆")
    put_number(parts, GOALS, "F17", "2")
    scheme = load_scheme("jiangmen-2025-general")
    none = replace(scheme.parameters["sub_rows"], value=Decimal(0))
    other = replace(scheme, parameters={**scheme.parameters, "sub_rows": none})
    found = understand_book(read_bytes(packed(parts)), [other]).findings
    assert ("R260", f"{GOALS}!D17") in {(one.code, one.where) for one in found}


@pytest.mark.parametrize("note", ["年中任务取消", "无"])
def test_an_actual_that_does_not_apply(note: str) -> None:
    """写了原因，分值摊到同类其余各行；没有写，这一类不能计分，另有规则来问。"""
    parts = parts_of(GENERAL)
    put_text(parts, GOALS, "B17", "产出")
    put_text(parts, GOALS, "C17", "数量指标")
    put_text(parts, GOALS, "D17", "新购车辆")
    put_number(parts, GOALS, "F17", "2")
    put_text(parts, GOALS, "H17", "无")
    put_text(parts, GOALS, "L17", note)
    report, scored = reported(parts), note != "无"
    (asked,) = [one for one in report.findings if one.code == "K22"]
    assert (asked.where, bool(asked.explained)) == (f"{GOALS}!L17", scored)
    before, after = reported(parts_of(GENERAL)).scorecard, report.scorecard
    assert after.of("01").value == (before.of("01").value if scored else None)


# ---------------------------------------------------------------- 几格合在一起看


def completed(title: str, target: str, actual: str, unit: str = "") -> Parts:
    parts = parts_of()
    put_text(parts, GOALS, "D7", title)
    put_text(parts, GOALS, "E7", "")
    put_text(parts, GOALS, "F7", target)
    put_text(parts, GOALS, "G7", unit)
    put_text(parts, GOALS, "H7", actual)
    return parts


@pytest.mark.parametrize(
    ("target", "actual", "unit"),
    [("90%", "已完成100%", ""), ("≥90%", "完成100%", ""), ("90", "已完成100", "%"),
     ("10万元", "已完成100%", ""), ("90%", "全部完成100%", "")],
)  # fmt: skip
def test_a_completion_rate_is_no_level(target: str, actual: str, unit: str) -> None:
    parts = completed("群众满意度", target, actual, unit)
    assert [at for at in said(parts) if at[1] == "绩效目标完成情况!H7"] == [
        ("V189", "绩效目标完成情况!H7")
    ]
    submission = read(parts).submission
    assert submission is not None
    entry = submission.entries[CellKey("indicators", "1", "actual")]
    assert (entry.value, entry.state, entry.raw) == (None, EntryState.UNREADABLE, actual)


@pytest.mark.parametrize(
    ("title", "target", "actual"),
    [("工程完成率", "100%", "已完成100%"), ("项目进度", "90%", "完成95%"),
     ("受理件数", "完成100%", "已完成100%"), ("培训期数", "12期", "已完成12期"),
     ("群众满意度", "90%", "100%")],
)  # fmt: skip
def test_what_was_asked_is_answered(title: str, target: str, actual: str) -> None:
    parts = completed(title, target, actual)
    assert "V189" not in {code for code, _ in said(parts)}


def test_yuan_on_the_one_page_form() -> None:
    parts = parts_of(PAGE)
    for cell in ("D12", "E12", "G12", "D13", "E13", "G13"):
        put_number(parts, "自评表", cell, "387664.62")
    assert "V190" in {code for code, _ in said(parts)}


def project_with(amount: str, cost: str = "") -> Parts:
    parts = parts_of(PROJECT)
    for cell in ("C7", "C8", "C9", "C10"):
        put_number(parts, MONEY, cell, amount)
    for cell in ("C11", "C12"):
        put_number(parts, MONEY, cell, "0")
    put_text(parts, INDICATORS, "C10", "数量指标")  # 这个项目自己的成本指标不看
    if cost:
        put_text(parts, INDICATORS, "C7", "成本指标")
        put_text(parts, INDICATORS, "D7", "市民中心运行维护费")
        put_text(parts, INDICATORS, "F7", cost)
        put_text(parts, INDICATORS, "G7", "")
        put_text(parts, INDICATORS, "H7", cost)
    return parts


def test_yuan_in_a_cell_of_ten_thousands() -> None:
    parts = project_with("387664.62", "150万")
    (finding,) = [one for one in read(parts).findings if one.code == "V190"]
    assert (finding.severity.value, finding.where) == ("warning", "项目资金!C7")
    assert "387664.62 万元，还是 387664.62 元（38.766462 万元）" in finding.message
    assert "“市民中心运行维护费”是 150万" in finding.message
    assert value(read(parts), field_key("finance.total")) == Decimal("387664.62")


@pytest.mark.parametrize(
    ("amount", "cost", "doubtful"),
    [("100000", "", True), ("99999.99", "", False), ("150", "150万", False),
     ("150000", "150万元", True), ("149999", "150万元", True), ("90000", "150万元", False)],
)  # fmt: skip
def test_how_large_is_doubtful(amount: str, cost: str, doubtful: bool) -> None:  # noqa: FBT001
    codes = {code for code, _ in said(project_with(amount, cost))}
    assert ("V190" in codes) is doubtful


# ---------------------------------------------------------------- 副本名、别的软件


def copied() -> Parts:
    """标识表丢了，各表名都带着“ (2)”：把全部工作表移动或复制到另一个工作簿就是这样。"""
    parts = parts_of()
    xml = parts["xl/workbook.xml"].decode()
    xml = re.sub(r'<sheet name="_xltool"[^>]*/>', "", xml)
    xml = re.sub(r'(<sheet name="[^"]+)"', r'\1 (2)"', xml)
    parts["xl/workbook.xml"] = xml.encode()
    return parts


def test_copies_of_the_sheets_are_located() -> None:
    reading = read(copied())
    assert {finding.code for finding in reading.findings} == {"R204", "R211"}
    assert reading.submission is not None
    original = read(parts_of()).submission
    assert original is not None
    assert reading.submission.entries == original.entries


def test_other_names_with_the_tags_standing_are_located() -> None:
    parts = copied()
    xml = parts["xl/workbook.xml"].decode()
    names = iter(range(100))
    xml = re.sub(r'<sheet name="[^"]+"', lambda _: f'<sheet name="表{next(names)}"', xml)
    parts["xl/workbook.xml"] = xml.encode()
    reading = read(parts)
    assert reading.submission is not None
    assert reading.submission.entries == (read(parts_of()).submission or reading.submission).entries


@pytest.mark.parametrize(
    "name", ["{}_(2)", "副本{}", "附件1 {}（教育局）", "Copy of {}", "{} ", "Sheet"]
)
def test_two_anchors_are_enough(name: str) -> None:
    """标识表、隐藏的标识都没有了：表名、标题、表头有两样在就认得。"""
    parts, numbers = parts_of(), iter(range(100))
    for part in [one for one in parts if one.startswith("xl/worksheets/sheet")]:
        parts[part] = re.sub(r"xltool:[a-z]+", "", parts[part].decode()).encode()
    xml = re.sub(r'<sheet name="_xltool"[^>]*/>', "", parts["xl/workbook.xml"].decode())

    def renamed(found: re.Match[str]) -> str:
        new = name.format(found[1]) if "{}" in name else f"{name}{next(numbers)}"
        return f'<sheet name="{new}"'

    parts["xl/workbook.xml"] = re.sub('<sheet name="([^"]+)"', renamed, xml).encode()
    reading, original = read(parts), read(parts_of())
    assert {"R204", "R211"} <= {finding.code for finding in reading.findings}
    assert "R210" not in {finding.code for finding in reading.findings}
    assert reading.submission is not None
    assert original.submission is not None
    assert reading.submission.entries == original.submission.entries


@pytest.mark.parametrize(
    ("headings", "codes"),
    [
        ({"C6": "安排数", "D6": "★实际支出（万元）"}, {"R221"}),
        ({"C6": "本年安排数", "D6": "累计实际支出"}, {"R221"}),
        ({"C6": "安排数（本年）", "I6": "上年安排数"}, {"R220", "R221", "R224"}),
    ],
)
def test_the_heading_that_means_it_best(headings: dict[str, str], codes: set[str]) -> None:
    """标识行没有了、表头改写了：只是括注不同的先于添了字的，不看在左在右。"""
    parts = parts_of()
    part = part_of(parts, FUNDS)
    parts[part] = re.sub('<row r="5".*?</row>', "", parts[part].decode(), flags=re.DOTALL).encode()
    for cell, text in headings.items():
        put_text(parts, FUNDS, cell, text)
    reading = read(parts)
    assert {finding.code for finding in reading.findings} == codes
    assert value(reading, CellKey("funds", "1", "planned")) == Decimal(5200)


def test_two_headings_as_good_are_asked() -> None:
    parts = parts_of()
    part = part_of(parts, FUNDS)
    parts[part] = re.sub('<row r="5".*?</row>', "", parts[part].decode(), flags=re.DOTALL).encode()
    put_text(parts, FUNDS, "C6", "年初安排数")
    put_text(parts, FUNDS, "D6", "调整后安排数")
    assert "R223" in {code for code, _ in said(parts)}
    assert value(read(parts), CellKey("funds", "1", "planned")) is None


def test_sheetjs_declares_macros_that_are_not_there() -> None:
    parts = parts_of()
    types = parts["[Content_Types].xml"].decode()
    default = (
        '<Default Extension="bin" '
        'ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/>'
    )
    parts["[Content_Types].xml"] = re.sub("(<Types[^>]*>)", rf"\1{default}", types).encode()
    book = read_bytes(packed(parts))
    assert not book.macros
    assert understand_book(book, ready_schemes()).findings == ()
    linked = understand_book(replace(book, macros=True, external_links=True), ready_schemes())
    assert [one.code for one in linked.findings] == ["R250", "R251"]


# ---------------------------------------------------------------- 选项的别种写法


def test_another_word_for_a_grade_is_a_notice() -> None:
    parts = parts_of()
    put_text(parts, COVER, "C17", "优秀")
    where = [finding.where for finding in read(parts).findings]
    assert [(one.code, one.severity.value) for one in read(parts).findings] == [
        ("V155", "notice")
    ], where
    assert value(read(parts), field_key("cover.self_grade")) == "优"


@pytest.mark.parametrize(("written", "read_as"), [("═", "="), ("﹦", "="), ("≧", "≥"), ("＞", ">")])
def test_a_lookalike_in_the_operator_column(written: str, read_as: str) -> None:
    parts = parts_of()
    put_text(parts, GOALS, "E8", written)
    assert said(parts) == [("V155", "绩效目标完成情况!E8")]
    assert value(read(parts), CellKey("indicators", "2", "operator")) == read_as
