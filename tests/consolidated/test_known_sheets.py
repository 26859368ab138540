"""人在上一份里写的，那一张表这一次没有了，也认得出来。"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from openpyxl import Workbook

from xltool.collection.collect import collect
from xltool.collection.model import Request
from xltool.collection.saved_review import SUBTOTAL, TOTAL, read_saved
from xltool.consolidated.book import known_sheets
from xltool.consolidated.columns import HEADER_ROW
from xltool.consolidated.sources import make_sources
from xltool.layout.wording import BACK_TEXT
from xltool.xlsx.read import read_bytes

if TYPE_CHECKING:
    from pathlib import Path

SHEETS = {
    "重复差异": ("单位", "项目", "文件", "去向", "位置", "填的内容"),
    "豁免登记": ("规则", "单位", "位置", "理由", "批准人", "批准日期", "有效期至", "这次的结果"),
    "读数说明": ("序号", "单位", "级别", "规则", "位置", "事实", "办法", "单位序号"),
}


@pytest.mark.parametrize("name", SHEETS)
def test_a_column_added_to_a_sheet_that_is_gone_is_kept(tmp_path: Path, name: str) -> None:
    known = known_sheets(make_sources(collect(Request(folder=tmp_path)), ""))
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = name
    sheet["A1"] = BACK_TEXT
    for column, heading in enumerate((*SHEETS[name], "已电话问过"), 1):
        sheet.cell(HEADER_ROW, column, heading)
        sheet.cell(HEADER_ROW + 1, column, "1")
    buffer = BytesIO()
    book.save(buffer)
    (other,) = read_saved(read_bytes(buffer.getvalue()), known).others
    assert (other.sheet, other.heading, other.text) == (name, "已电话问过", "1")


def test_what_the_book_prints_beside_and_below_is_not_taken_for_a_persons(tmp_path: Path) -> None:
    """汇总表下面的小计；先前各版印在右边的等级分布。人在小计旁边写的字照样带走。"""
    known = known_sheets(make_sources(collect(Request(folder=tmp_path)), ""))
    headings = sorted(known["汇总"].headings)
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "汇总"
    sheet["A1"] = BACK_TEXT
    for column, heading in enumerate((*headings, "", "等级", "单位数（系统）"), 1):
        sheet.cell(HEADER_ROW, column, heading)
    name, number, total = (headings.index(one) + 1 for one in ("单位名称", "单位序号", "复核得分"))
    for row, text in ((1, "示例局"), (3, f"{SUBTOTAL}一科"), (4, f"{TOTAL}全部")):
        sheet.cell(HEADER_ROW + row, name, text)
        sheet.cell(HEADER_ROW + row, total, "=1+1")
    sheet.cell(HEADER_ROW + 1, number, 1)
    sheet.cell(HEADER_ROW + 1, len(headings) + 2, "优")
    sheet.cell(HEADER_ROW + 3, headings.index("来源文件") + 1, "一科的要再催")
    buffer = BytesIO()
    book.save(buffer)
    (other,) = read_saved(read_bytes(buffer.getvalue()), known).others
    assert other.text == "一科的要再催"
