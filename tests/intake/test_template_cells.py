"""公式、分值、印好的字被改过，表外写了字：说的是哪一格、哪一句，一字不差。"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from form_contents import COVER, FINANCE, FORM, RECORDS, after, lost, said

if TYPE_CHECKING:
    from openpyxl import Workbook

# ---------------------------------------------------------------- 公式和印好的字


def test_a_score_typed_over_its_formula() -> None:
    def change(book: Workbook) -> None:
        book[FORM]["J9"] = 5

    reading = after(change)
    assert said(reading) == [
        (
            "R243",
            "评分表!P9",
            "“系统得分”应由模板的公式自动计算，现为“5”，没有采用，另由程序计算",
        )
    ]
    assert lost(reading) == set()


def test_every_score_pasted_as_values_is_one_line() -> None:
    def change(book: Workbook) -> None:
        for row in range(7, 33):
            book[FORM][f"J{row}"] = row

    assert said(after(change)) == [
        (
            "R243",
            "评分表!P7",
            "“系统得分”应由模板的公式自动计算，现为“7”，没有采用，另由程序计算（P7:P32 等共26格）",
        )
    ]


def test_a_changed_formula_and_a_deleted_one() -> None:
    def change(book: Workbook) -> None:
        book[FORM]["J9"] = "=5+0"
        book[FORM]["J10"] = None
        book[FORM]["J33"] = "=100"
        book["专项资金"]["G7"] = None

    assert [(code, where) for code, where, _ in said(after(change))] == [
        ("R243", "评分表!P9"),
        ("R243", "评分表!P10"),
        ("R243", "评分表!P33"),
        ("R243", "专项资金!G7"),
    ]


def test_cleared_formulas_of_unused_records_do_not_matter() -> None:
    def change(book: Workbook) -> None:
        for row in range(30, 67):
            book[RECORDS][f"K{row}"] = book[RECORDS][f"L{row}"] = None

    assert said(after(change)) == []


def test_formulas_that_followed_an_inserted_row_are_right() -> None:
    def change(book: Workbook) -> None:
        sheet = book[FINANCE]
        sheet.insert_rows(9)
        for other in book.worksheets:
            for line in other.iter_rows():
                for cell in line:
                    if isinstance(cell.value, str) and cell.value.startswith("="):
                        cell.value = _shifted(cell.value, own=other is sheet)

    reading = after(change)
    assert said(reading) == []
    assert lost(reading) == set()


def _shifted(formula: str, *, own: bool) -> str:
    """收支与资产第 9 行之上插了一行：引用它的公式都随之改。"""
    pattern = r"\b([A-Z]{1,2})([0-9]+)\b" if own else r"('收支与资产'!\$[A-Z]+\$)([0-9]+)"
    return re.sub(pattern, lambda m: f"{m[1]}{int(m[2]) + (int(m[2]) >= 9)}", formula)


def test_changed_points() -> None:
    def change(book: Workbook) -> None:
        book[FORM]["E9"] = 8
        book[FORM]["E10"] = None

    assert said(after(change)) == [
        (
            "R246",
            "评分表!E9",
            "“部门预算资金支出率”的分值应是 5，现为“8”，没有采用，按方案计分",
        ),
        (
            "R246",
            "评分表!E10",
            "“专项资金绩效目标完成情况”的分值应是 20，现为“空白”，没有采用，按方案计分",
        ),
    ]


def test_changed_parameters_and_options() -> None:
    def change(book: Workbook) -> None:
        book["评分参数"]["D6"] = 99
        book["评分参数"]["H9"] = "本单位按此计算"
        book["选项"]["A5"] = "对"
        book["选项"]["B12"] = "新增的选项"

    found = said(after(change))
    assert [(code, where) for code, where, _ in found] == [
        ("R247", "评分参数!D6"),
        ("R234", "评分参数!H9"),
        ("R248", "选项!A5"),
    ]
    assert found[2][2] == "选项“是”改成了“对”，没有采用"


def test_changed_print() -> None:
    def change(book: Workbook) -> None:
        book[FORM]["G9"] = "本单位另行说明"
        book[FORM]["M9"] = "5"
        book[RECORDS]["A9"] = "三"
        book[FINANCE]["D7"] = "已与决算核对"

    found = said(after(change))
    assert [(code, where) for code, where, _ in found] == [
        ("R245", "评分表!G9"),
        ("R249", "评分表!M9"),
        ("R245", "绩效目标完成情况!A9"),
        ("R245", "收支与资产!D7"),
    ]
    assert found[1][2] == "“复核得分”由财政部门填写，填的“5”没有采用"
    assert found[2][2] == "印好的“3”改成了“三”，没有采用"


# ---------------------------------------------------------------- 多出来的内容


def test_content_below_beside_and_far_away() -> None:
    def change(book: Workbook) -> None:
        book[RECORDS]["D110"] = "以上数据由各科室提供"
        book[FINANCE]["I7"] = "审计数"
        book[FINANCE]["B60"] = "单位负责人签字"
        book[COVER]["XFD1048576"] = "1"

    assert said(after(change)) == [
        ("R234", "封面!XFD1048576", "表格之外有内容“1”，远离表格，可能是误输入，没有读取"),
        (
            "R233",
            "绩效目标完成情况!D110",
            "“表格结束”之下还有内容“以上数据由各科室提供”，没有读取",
        ),
        ("R224", "收支与资产!I7", "第 I 列“空白”不是模板里的栏，其中“审计数”没有读取"),
        ("R234", "收支与资产!B60", "表格之外有内容“单位负责人签字”，没有读取"),
    ]


def test_content_without_the_end_mark_is_not_a_record() -> None:
    def change(book: Workbook) -> None:
        book[RECORDS]["A107"] = None
        book[RECORDS]["D110"] = "注：以上数据"

    reading = after(change)
    assert [(code, where) for code, where, _ in said(reading)] == [
        ("R237", "绩效目标完成情况!A107"),
        ("R233", "绩效目标完成情况!D110"),
    ]
    assert lost(reading) == set()


def test_an_own_column_with_its_own_heading() -> None:
    def change(book: Workbook) -> None:
        sheet = book["专项资金"]
        sheet.insert_cols(3)
        sheet["C6"] = "主管科室"
        sheet["C7"], sheet["C9"] = "企业科", "园区科"

    reading = after(change)
    assert lost(reading) == set()
    assert (
        "R224",
        "专项资金!C7",
        "第 C 列“主管科室”不是模板里的栏，其中有 2 格（如 C7）“企业科”没有读取",
    ) in said(reading)


def test_an_own_row_among_the_items() -> None:
    def change(book: Workbook) -> None:
        book[FINANCE].insert_rows(9)
        book[FINANCE]["B9"], book[FINANCE]["C9"] = "其他收入", 33

    reading = after(change)
    assert lost(reading) == set()
    assert ("R235", "收支与资产!C9", "这一行不是模板里的行，填的“33”没有读取") in said(reading)


def test_signatures_and_unit_line_may_be_written_on() -> None:
    def change(book: Workbook) -> None:
        book[FORM]["A4"] = "填报单位（公章）：某局　填报日期：2025年4月"
        for cell in book[FORM][35]:
            if cell.value:
                cell.value = f"{cell.value}张三"

    assert said(after(change)) == []
