"""壳：造一次，填许多次，工作进程里只用标准库。"""

from __future__ import annotations

import pickle
import subprocess
import sys
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZipFile

import openpyxl
import pytest
from excel_demo import FORM, LISTS, demo_plan, row

from xltool.excel.archive import Archive, batched, pack
from xltool.excel.errors import UnknownSheetError
from xltool.excel.shell import build_shell
from xltool.sheets.plan import Formula, Link, Role

if TYPE_CHECKING:
    from xltool.excel.render import Shell
    from xltool.sheets.plan import Cell

LIGHT = """
import sys
import xltool.excel.render
heavy = {"xlsxwriter", "openpyxl", "pandas", "numpy", "typer", "rich"} & set(sys.modules)
print(sorted(heavy))
"""


@pytest.fixture(scope="module")
def shell() -> Shell:
    return build_shell(demo_plan())


def cover(unit: str) -> list[Cell]:
    return row(
        1,
        (unit, Role.INPUT_CENTER),
        (Formula("1+1", 2), Role.AUTO),
        (Link("看", file="甲.xlsx"), Role.LINK),
    )


def test_worker_needs_only_the_standard_library() -> None:
    shown = subprocess.run([sys.executable, "-c", LIGHT], check=True, capture_output=True)
    assert shown.stdout.strip() == b"[]"


def test_unfilled_shell_holds_the_plan(shell: Shell) -> None:
    book = openpyxl.load_workbook(BytesIO(shell.fill({})))
    assert book[FORM]["H6"].value == "=ROUND(E6*F6,2)"
    assert book[LISTS]["A3"].value == "退回"


def test_filling_changes_one_sheet_alone(shell: Shell) -> None:
    first = openpyxl.load_workbook(BytesIO(shell.fill({LISTS: cover("市教育局")})))
    assert first[LISTS]["A1"].value == "市教育局"
    assert first[LISTS]["A1"].fill.fgColor.rgb == "FFFFF9E5"
    assert first[LISTS]["B1"].value == "=1+1"
    assert first[LISTS]["C1"].hyperlink.target == "%E7%94%B2.xlsx"
    assert first[LISTS]["A3"].value is None
    assert first[FORM]["H6"].value == "=ROUND(E6*F6,2)"
    assert first[FORM]["F6"].fill.fgColor.rgb == "FFFFF9E5"


def test_filled_books_do_not_depend_on_each_other(shell: Shell) -> None:
    alone = build_shell(demo_plan()).fill({LISTS: cover("市民政局")})
    shell.fill({LISTS: row(1, ("别的样子", Role.WAIVED))})
    assert shell.fill({LISTS: cover("市民政局")}) == alone


def test_pickled_shell_fills_alike(shell: Shell) -> None:
    copy = pickle.loads(pickle.dumps(shell))  # noqa: S301  自己刚存的
    assert copy.fill({LISTS: cover("市教育局")}) == shell.fill({LISTS: cover("市教育局")})


def test_heights_may_differ_each_time(shell: Shell) -> None:
    data = shell.fill({LISTS: cover("市教育局")}, heights={LISTS: {1: 44}})
    assert openpyxl.load_workbook(BytesIO(data))[LISTS].row_dimensions[1].height == 44


def test_results_can_be_left_out(shell: Shell) -> None:
    data = shell.fill({LISTS: cover("市教育局")}, with_results=False)
    assert openpyxl.load_workbook(BytesIO(data), data_only=True)[LISTS]["B1"].value is None


def test_unknown_sheet_is_refused(shell: Shell) -> None:
    with pytest.raises(UnknownSheetError, match="没有的表"):
        shell.fill({"没有的表": []})


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
