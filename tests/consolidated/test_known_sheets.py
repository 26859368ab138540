"""人在上一份里写的，那一张表这一次没有了，也认得出来。"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from openpyxl import Workbook

from xltool.collection.collect import collect
from xltool.collection.model import Request
from xltool.collection.saved_review import read_saved
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
