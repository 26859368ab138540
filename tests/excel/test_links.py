"""链接到旁边的文件：汉字照原样，只转义 Excel 自己转义的几样；各种名字写得出、读得回。"""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from typing import TYPE_CHECKING
from urllib.parse import unquote

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from xltool.address import At
from xltool.excel.check import check_output
from xltool.excel.errors import LinkTargetError
from xltool.excel.links import link_target, placed, unplaced
from xltool.excel.write import stream_book
from xltool.sheets.plan import Cell, Link, Role, SheetPlan, WorkbookPlan

if TYPE_CHECKING:
    from pathlib import Path

    from xltool.excel.expected import ExpectedBook

AS_WRITTEN = {
    "汇总_评分表/0001_示例市教育局.xlsx": "汇总_评分表/0001_示例市教育局.xlsx",
    "汇总 二/甲.xlsx": "汇总%20二/甲.xlsx",
    "100%/#1.xlsx": "100%25/%231.xlsx",
    "[甲]{乙}^`<丙>.xlsx": "%5B甲%5D%7B乙%7D%5E%60%3C丙%3E.xlsx",
    "甲&乙（'一'）、“二”.xlsx": "甲&乙（'一'）、“二”.xlsx",
    "𠮷é.xlsx": "𠮷é.xlsx",
    "%E6%B1%87.xlsx": "%25E6%25B1%2587.xlsx",
    "http://a.xlsx": "http%3A//a.xlsx",
    "甲\n乙\t.xlsx": "甲%0A乙%09.xlsx",
}
NAMES = st.text(
    st.characters(exclude_categories=("Cs",), exclude_characters="\\/\ufffe\uffff"), min_size=1
)


def written(*files: str, generation: str = "") -> tuple[BytesIO, ExpectedBook]:
    cells = tuple(
        Cell(At(row, 1), Link("看", file=file), Role.LINK) for row, file in enumerate(files, 1)
    )
    stream = BytesIO()
    plan = WorkbookPlan((SheetPlan("表", cells),))
    return stream, stream_book(plan, stream, generation=lambda: generation)


def targets(stream: BytesIO) -> list[str]:
    with zipfile.ZipFile(stream) as archive:
        relations = archive.read("xl/worksheets/_rels/sheet1.xml.rels").decode()
    return re.findall(r'Target="([^"]*)" TargetMode="External"', relations)


@pytest.mark.parametrize(("file", "target"), AS_WRITTEN.items())
def test_only_what_excel_escapes_is_escaped(file: str, target: str) -> None:
    assert link_target(file) == target
    assert unquote(target) == file
    stream, expected = written(file)
    check_output(stream, expected)
    assert targets(stream) == [target.replace("&", "&amp;").replace("<", "&lt;")]


def test_excel_readers_find_the_file(tmp_path: Path) -> None:
    for number, file in enumerate(AS_WRITTEN):
        path = tmp_path / f"{number}.xlsx"
        path.write_bytes(written(file)[0].getvalue())
        link = openpyxl.load_workbook(path).active["A1"].hyperlink
        assert unquote(link.target) == file


@given(st.lists(NAMES, min_size=1, max_size=4), NAMES, st.sampled_from(("", "0123456789ab")))
def test_names_of_all_kinds(files: list[str], folder: str, generation: str) -> None:
    paths = [f"{folder}/{file}" for file in files]
    stream, expected = written(*paths, generation=generation)
    check_output(stream, expected)
    for path in paths:
        target = placed(link_target(path), generation)
        assert unplaced(unquote(target), generation) == path


@pytest.mark.parametrize("file", ["/etc/甲.xlsx", "\\\\server\\甲.xlsx", "甲\\乙.xlsx"])
def test_only_files_beside_are_linked(file: str) -> None:
    with pytest.raises(LinkTargetError):
        link_target(file)
