"""壳：倒进各表的格，成为一个工作簿；只用标准库。"""

from __future__ import annotations

import subprocess
import sys
from io import BytesIO
from zipfile import ZipFile

import openpyxl
from excel_demo import FORM, LISTS, demo_plan

from xltool.excel.archive import Archive, batched, pack
from xltool.excel.skeleton import empty_skeleton

LIGHT = """
import sys
import xltool.excel.render
heavy = {"xlsxwriter", "openpyxl", "pandas", "numpy", "typer", "rich"} & set(sys.modules)
print(sorted(heavy))
"""


def poured(*, with_results: bool = True) -> BytesIO:
    plan, buffer = demo_plan(), BytesIO()
    cells = {sheet.name: sheet.cells for sheet in plan.sheets}
    empty_skeleton(plan).pour(cells, buffer, with_results=with_results)
    return buffer


def test_needs_only_the_standard_library() -> None:
    shown = subprocess.run([sys.executable, "-c", LIGHT], check=True, capture_output=True)
    assert shown.stdout.strip() == b"[]"


def test_poured_shell_holds_the_plan() -> None:
    book = openpyxl.load_workbook(poured())
    assert book[FORM]["H6"].value == "=ROUND(E6*F6,2)"
    assert book[FORM]["F6"].fill.fgColor.rgb == "FFFFF9E5"
    assert book[LISTS]["A3"].value == "退回"


def test_results_can_be_left_out() -> None:
    full, bare = (
        openpyxl.load_workbook(poured(with_results=given), data_only=True)[FORM]["H6"].value
        for given in (True, False)
    )
    assert full is not None
    assert bare is None


def test_archive_mixes_packed_and_streamed_parts() -> None:
    buffer = BytesIO()
    archive = Archive(buffer)
    archive.add(pack("a.xml", (b"one", b"two")))
    archive.stream("b.xml", batched(["字" * 70_000, "尾"]))
    archive.close()
    with ZipFile(buffer) as written:
        assert written.testzip() is None
        assert written.read("a.xml") == b"onetwo"
        assert written.read("b.xml").decode() == "字" * 70_000 + "尾"
