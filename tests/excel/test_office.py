"""LibreOffice 打得开，看到的与计划相同。"""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

import openpyxl
import pytest
from excel_demo import FORM, LISTS, REGISTER, demo_plan, row

from xltool.excel.write import write_book
from xltool.sheets.plan import Role, SheetPlan, WorkbookPlan

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(shutil.which("soffice") is None, reason="没有装 LibreOffice")

PAYLOADS = ["=cmd|'/c calc'!A0", "{=1+1}", "http://example.com", "@x", "+1", "_x000D_", "0012"]


def converted(source: Path, kind: str) -> Path:
    folder = source.parent / "converted"
    profile = source.parent / "profile"
    command = ["soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless"]
    command += ["--convert-to", kind, "--outdir", str(folder), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return folder / f"{source.stem}.{kind}"


def test_demo_survives_the_office(tmp_path: Path) -> None:
    source = write_book(demo_plan(), tmp_path / "评分表.xlsx")
    book = openpyxl.load_workbook(converted(source, "xlsx"))
    assert book[FORM]["A2"].value == "部门整体支出绩效自评评分表"
    assert book[FORM]["H6"].value == "=ROUND(E6*F6,2)"
    assert book[FORM]["F7"].value == 26701.65
    assert book[REGISTER]["D3"].hyperlink is not None
    assert book[LISTS]["A3"].value == "退回"
    assert len(book[FORM].data_validations.dataValidation) == 5
    assert book[FORM].protection.sheet


def test_payloads_are_text_in_the_office(tmp_path: Path) -> None:
    cells = row(1, *((text, Role.BODY) for text in PAYLOADS))
    plan = WorkbookPlan((SheetPlan("表", cells),))
    sheet = openpyxl.load_workbook(converted(write_book(plan, tmp_path / "文字.xlsx"), "xlsx"))[
        "表"
    ]
    assert [cell.data_type for cell in sheet[1]] == ["s"] * len(PAYLOADS)
    assert [cell.hyperlink for cell in sheet[1]] == [None] * len(PAYLOADS)
    assert [cell.value for cell in sheet[1]][:5] == PAYLOADS[:5]
