"""行、列、表被改动以后：读到的值不变，或说清是哪一处。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from form_contents import (
    COVER,
    FINANCE,
    FORM,
    NOISE,
    RECORDS,
    after,
    blank_bytes,
    entries,
    full_bytes,
    full_reading,
    lost,
    read,
    said,
    scheme,
    spots,
)
from openpyxl_books import opened, saved

from xltool.finding import Severity
from xltool.scheme.key import VALUE, CellKey

if TYPE_CHECKING:
    from openpyxl import Workbook


def test_a_full_form_reads_back_every_value() -> None:
    assert spots(full_reading().findings) == [("V156", "管理情况!C35")]
    assert len(entries(full_reading())) == 597


def test_a_blank_template_says_nothing() -> None:
    reading = read(blank_bytes())
    assert (reading.findings, entries(reading)) == ((), {})


# ---------------------------------------------------------------- 分不清的


def test_two_rows_of_one_code_are_not_read() -> None:
    def change(book: Workbook) -> None:
        sheet = book[FINANCE]
        for cell in sheet[8]:
            sheet.cell(40, cell.column).value = cell.value
        sheet["C40"] = 77

    reading = after(change)
    assert lost(reading) == {CellKey("finance", "adjusted", VALUE)}
    assert ("R232", "收支与资产!A8", "编码“E02”出现了 2 次（第 8、40 行），没有读取") in said(
        reading
    )


def test_an_empty_second_row_of_one_code_does_no_harm() -> None:
    def change(book: Workbook) -> None:
        sheet = book[FINANCE]
        for column in (1, 2):
            sheet.cell(40, column).value = sheet.cell(8, column).value

    assert lost(after(change)) == set()


def test_labels_sorted_without_their_codes_are_not_read() -> None:
    def change(book: Workbook) -> None:
        sheet = book[FINANCE]
        for column in (2, 3):
            one, other = sheet.cell(7, column), sheet.cell(8, column)
            one.value, other.value = other.value, one.value

    reading = after(change)
    assert lost(reading) == {CellKey("finance", "initial"), CellKey("finance", "adjusted")}
    assert [(code, where) for code, where, _ in said(reading)] == [
        ("R236", "收支与资产!A7"),
        ("R236", "收支与资产!A7"),
    ]


def test_a_copied_sheet_with_other_content() -> None:
    def change(book: Workbook) -> None:
        copy = book.copy_worksheet(book[FINANCE])
        copy.title = "收支与资产 (2)"
        copy["C8"] = 1

    reading = after(change)
    assert lost(reading) == set()
    assert said(reading) == [
        (
            "R215",
            "收支与资产 (2)!C8",
            "工作表“收支与资产 (2)”是“收支与资产”的另一份，内容不同（如 C8），只读取了“收支与资产”",
        )
    ]
    assert reading.findings[-1].severity is Severity.ERROR


def test_two_score_sheets_with_other_content_wait_for_the_unit() -> None:
    """哪一份是要报的，只有填报人知道：不采用，说出哪一格不同。"""

    def change(book: Workbook) -> None:
        copy = book.copy_worksheet(book[FORM])
        copy.title = "评分表 (2)"
        copy["J7"] = 1

    reading = after(change)
    assert reading.submission is None
    told = [one for one in said(reading) if one[0] == "R217"]
    assert told == [
        (
            "R217",
            "评分表 (2)!J7",
            "有两份内容不同的“评分表”：“评分表”和“评分表 (2)”（如 J7），不能替填报人选，没有读取",
        )
    ]


def test_a_copied_sheet_with_the_same_content() -> None:
    def change(book: Workbook) -> None:
        book.copy_worksheet(book[FINANCE]).title = "收支与资产 (2)"

    assert [(code, where) for code, where, _ in said(after(change))] == [("R212", "收支与资产 (2)")]


def test_a_copied_row_of_records_is_a_second_record() -> None:
    def change(book: Workbook) -> None:
        sheet = book["重点任务"]
        sheet.insert_rows(8)
        for cell in sheet[7]:
            sheet.cell(8, cell.column).value = cell.value

    reading = after(change)
    assert reading.submission is not None
    assert len(reading.submission.records["tasks"]) == 13
    assert (
        "R238",
        "重点任务!A8",
        "序号“1”出现了 2 次（第 7、8 行），各读作一条",
    ) in said(reading)


# ---------------------------------------------------------------- 隐藏、合并、标识


def test_hidden_rows_columns_and_sheets() -> None:
    def change(book: Workbook) -> None:
        book[RECORDS].row_dimensions[9].hidden = True
        book[RECORDS].column_dimensions["F"].hidden = True
        book[COVER].sheet_state = "veryHidden"

    reading = after(change)
    assert lost(reading) == set()
    assert said(reading) == [
        ("R213", "封面", "工作表“封面”被隐藏，内容照样读取"),
        ("R242", "绩效目标完成情况!F1", "第 F 列 被隐藏而有填报内容，照样读取"),
        ("R242", "绩效目标完成情况!A9", "第 9 行 被隐藏而有填报内容，照样读取"),
    ]


def test_merged_records_share_the_value_above() -> None:
    def change(book: Workbook) -> None:
        book["重点任务"].merge_cells("B7:B8")

    reading = after(change)
    first = entries(reading)[CellKey("tasks", "1", "task")]
    assert entries(reading)[CellKey("tasks", "2", "task")].value == first.value
    assert [(code, where) for code, where, _ in said(reading)] == [("R240", "重点任务!B7")]


def test_a_value_under_a_merged_cell() -> None:
    book = opened(full_bytes())
    book[FINANCE].merged_cells.add("C7:C8")
    reading = read(saved(book))
    assert [(code, where) for code, where, _ in said(reading)] == [
        ("R244", "收支与资产!C7"),
        ("R241", "收支与资产!C8"),
    ]
    assert lost(reading) == {CellKey("finance", "adjusted")}


def test_the_identity_sheet_is_gone() -> None:
    def change(book: Workbook) -> None:
        del book["_xltool"]

    reading = after(change)
    assert lost(reading) == set()
    assert said(reading) == [
        (
            "R204",
            "",
            f"版本标识表“_xltool”不见了，已按表名和表头认作 {scheme().title}",
        )
    ]


def test_the_code_column_is_gone() -> None:
    def change(book: Workbook) -> None:
        book[FINANCE].delete_cols(1)
        book[RECORDS].delete_cols(1)

    reading = after(change)
    assert lost(reading) == set()
    assert [code for code, _, _ in said(reading) if code == "R225"] == ["R225", "R225"]
    assert all(f.severity is not Severity.ERROR for f in reading.findings if f.code != NOISE)


def test_a_column_is_gone() -> None:
    def change(book: Workbook) -> None:
        book["专项资金"].delete_cols(3)

    reading = after(change)
    assert {key.column for key in lost(reading)} == {"planned"}
    assert ("R220", "专项资金!C6", "找不到“安排数（万元）”一栏") in said(reading)


def test_a_sheet_is_gone() -> None:
    def change(book: Workbook) -> None:
        del book[FINANCE]
        del book["选项"]

    reading = after(change)
    assert {key.sheet for key in lost(reading)} == {"finance"}
    assert ("R210", FINANCE, "找不到工作表“收支与资产”") in said(reading)
    assert ("R216", "选项", "找不到工作表“选项”，不影响读取") in said(reading)


def test_headings_written_otherwise_are_the_same_headings() -> None:
    def change(book: Workbook) -> None:
        for cell in book[RECORDS][6]:
            cell.value = f" {cell.value[:2]}\n{cell.value[2:]}："

    reading = after(change)
    assert (said(reading), lost(reading)) == ([], set())


def test_a_reworded_heading_is_said() -> None:
    def change(book: Workbook) -> None:
        book[RECORDS]["F6"] = "目标值"

    reading = after(change)
    assert lost(reading) == set()
    assert said(reading) == [
        (
            "R221",
            "绩效目标完成情况!F6",
            "表头应是“预期值”，现为“目标值”，仍按“预期值”读取",
        )
    ]


def test_swapped_sheet_names_do_not_swap_the_sheets() -> None:
    def change(book: Workbook) -> None:
        book[COVER].title = "甲"
        book[FINANCE].title = COVER
        book["甲"].title = FINANCE

    reading = after(change)
    assert lost(reading) == set()
    assert [code for code, _, _ in said(reading)] == ["R211", "R211"]


def test_a_filled_row_numbered_by_hand_beyond_the_template() -> None:
    def change(book: Workbook) -> None:
        sheet = book["重点任务"]
        sheet.insert_rows(37)
        for column, text in enumerate(("31", "第三十一项任务", "完成", "1"), 1):
            sheet.cell(37, column).value = text

    reading = after(change)
    assert lost(reading) == {
        CellKey("tasks", "31", name) for name in ("task", "result", "indicator")
    }
    assert said(reading) == []


def test_a_flood_of_records_is_cut_and_said() -> None:
    def change(book: Workbook) -> None:
        sheet = book["重点任务"]
        sheet.delete_rows(22)
        for row in range(22, 1600):
            sheet.cell(row, 1).value = str(row - 6)
            sheet.cell(row, 2).value = f"任务{row}"

    reading = after(change, blank_bytes())
    assert reading.submission is not None
    assert len(reading.submission.records["tasks"]) == 985
    assert ("R239", "重点任务!A1007", "有 1593 行内容，超过了 1000 行，这一行起没有读取") in said(
        reading
    )
