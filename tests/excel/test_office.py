"""LibreOffice 打得开，看到的与计划相同。"""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import openpyxl
import pytest
from excel_demo import FORM, LISTS, REGISTER, demo_plan, row
from office_server import convert

from xltool.excel.write import write_book
from xltool.sheets.plan import Role, SheetPlan, WorkbookPlan

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(shutil.which("soffice") is None, reason="没有装 LibreOffice")

PAYLOADS = ["=cmd|'/c calc'!A0", "{=1+1}", "http://example.com", "@x", "+1", "_x000D_", "0012"]


@pytest.fixture(scope="module")
def resaved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """各份由 LibreOffice 存过的，一次存完。"""
    folder = tmp_path_factory.mktemp("另存")
    cells = row(1, *((text, Role.BODY) for text in PAYLOADS))
    sources = [
        write_book(demo_plan(), folder / "评分表.xlsx"),
        write_book(WorkbookPlan((SheetPlan("表", cells),)), folder / "文字.xlsx"),
    ]
    target = folder / "converted"
    convert(sources, target)
    return target


def test_demo_survives_the_office(resaved: Path) -> None:
    book = openpyxl.load_workbook(resaved / "评分表.xlsx")
    assert book[FORM]["A2"].value == "部门整体支出绩效自评评分表"
    assert book[FORM]["H6"].value == "=ROUND(E6*F6,2)"
    assert book[FORM]["F7"].value == 26701.65
    assert book[REGISTER]["D3"].hyperlink is not None
    assert book[LISTS]["A3"].value == "退回"
    assert len(book[FORM].data_validations.dataValidation) == 5
    assert book[FORM].protection.sheet


def test_payloads_are_text_in_the_office(resaved: Path) -> None:
    sheet = openpyxl.load_workbook(resaved / "文字.xlsx")["表"]
    assert [cell.data_type for cell in sheet[1]] == ["s"] * len(PAYLOADS)
    assert [cell.hyperlink for cell in sheet[1]] == [None] * len(PAYLOADS)
    assert [cell.value for cell in sheet[1]][:5] == PAYLOADS[:5]
