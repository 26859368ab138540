"""测试用的打开、存盘快些，与 openpyxl 自己的一样：各个部件一个字节也不差。"""

from __future__ import annotations

import zipfile
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING

import openpyxl
import pytest
import xlsxwriter
from form_contents import few_bytes
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.worksheet.formula import ArrayFormula
from openpyxl_books import changed, loaded, opened, saved

if TYPE_CHECKING:
    from collections.abc import Callable

CORE = "docProps/core.xml"  # 里面有存的时间


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist() if name != CORE}


def odd_bytes() -> bytes:
    """样样都有一点的一份。"""
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        sheet = book.add_worksheet("表")
        bold = book.add_format({"bold": True, "border": 1, "locked": False})
        sheet.write_row("A1", ["一 <&>", " 空格 ", "", 1, 2.5, 1e300, -0.1, True], bold)
        sheet.write_datetime("A2", date(2025, 4, 18), book.add_format({"num_format": "yyyy-mm-dd"}))
        sheet.write_formula("A3", "=1/0", None, "#DIV/0!")
        sheet.write_formula("A4", '="<&>"&B1', bold, "x")
        sheet.write_array_formula("A5:A6", "{=B1:B2*2}")
        sheet.write_rich_string("A7", "平", bold, "粗", "完")
        sheet.write_url("A8", "http://example.com/", None, "网址")
        sheet.write_comment("B8", "只有批注")
        sheet.write_comment("A1", "有字有批注")
        sheet.write_blank("C9", None, bold)
        sheet.set_row(9, 33, bold, {"hidden": True})
        sheet.merge_range("D1:E2", "合并", bold)
        sheet.merge_range("D4:F6", "", bold)
    return buffer.getvalue()


def odd_cells(book: openpyxl.Workbook) -> None:
    """打开以后再写的：粗细不一的字、成片的公式、几种空的。"""
    sheet = book["表"]
    sheet["H1"] = CellRichText("平", TextBlock(InlineFont(b=True), "粗"))
    sheet["H2"] = ArrayFormula("H2:H3", "=A1:A2")
    sheet["H4"], sheet["H5"], sheet["H6"], sheet["H7"] = "=", "\n", "#N/A", date(2025, 1, 2)


@pytest.mark.parametrize("data", [odd_bytes(), few_bytes()], ids=["odd", "form"])
def test_opened_and_saved_as_openpyxl_does(data: bytes) -> None:
    ours, theirs = loaded(data), openpyxl.load_workbook(BytesIO(data))
    for book in (ours, theirs):
        if "表" in book:
            odd_cells(book)
    written = BytesIO()
    theirs.save(written)
    assert parts(saved(ours)) == parts(written.getvalue())


def one_sheet(book: openpyxl.Workbook) -> None:
    book["封面"]["C9"], book["封面"]["C10"].number_format = "改了", "0.000"
    book["评分表"].insert_rows(8)


def renamed(book: openpyxl.Workbook) -> None:
    book["封面"].title = "另一个名字"


def all_sheets(book: openpyxl.Workbook) -> None:
    for sheet in book.worksheets:
        sheet["A1"] = "每一张"


@pytest.mark.parametrize("change", [one_sheet, renamed, all_sheets])
def test_only_the_sheets_that_were_taken_are_written_again(
    change: Callable[[openpyxl.Workbook], None],
) -> None:
    whole = opened(few_bytes())
    change(whole)
    assert parts(changed(few_bytes(), change)) == parts(saved(whole))
