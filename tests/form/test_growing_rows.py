"""单位填写的各行，行高只是初值：写多了自己长高，字不会被切掉。"""

from __future__ import annotations

import re
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest

from xltool.excel.write import render_book
from xltool.form.book import form_plan
from xltool.form.form import make_form
from xltool.layout.columns import GROW
from xltool.scheme.key import field_key
from xltool.scoring.catalogue import ready_scheme, ready_schemes
from xltool.sheets.plan import Formula

if TYPE_CHECKING:
    from xltool.sheets.plan import SheetPlan

_ROW = re.compile(rb'<row r="(\d+)"([^>]*)>')


@cache
def rendered(scheme_id: str) -> tuple[tuple[SheetPlan, dict[int, bytes]], ...]:
    """一份空白表的各工作表，和写出来的各行的属性。"""
    (scheme,) = (one for one in ready_schemes() if one.id == scheme_id)
    plan = form_plan(make_form(scheme, {}))
    with ZipFile(BytesIO(render_book(plan))) as archive:
        return tuple(
            (
                sheet,
                {
                    int(row): rest
                    for row, rest in _ROW.findall(archive.read(f"xl/worksheets/sheet{number}.xml"))
                },
            )
            for number, sheet in enumerate(plan.sheets, 1)
        )


@pytest.mark.parametrize("scheme_id", [scheme.id for scheme in ready_schemes()])
def test_a_row_to_write_in_grows(scheme_id: str) -> None:
    """合并了的格，行由旁边的空行撑高；合并而只填数、日期的行不必长高。"""
    growing = 0
    for sheet, rows in rendered(scheme_id):
        across = {
            row
            for merge in sheet.merges
            if merge.area.first.col != merge.area.last.col
            for row in range(merge.area.first.row, merge.area.last.row + 1)
        }
        pushed = {
            cell.row
            for cell in sheet.every_cell()
            if isinstance(cell.content, Formula) and cell.content.text.startswith("REPT(CHAR(10)")
        }
        assert pushed <= across
        for row in {cell.row for cell in sheet.every_cell() if cell.unlocked}:
            fixed = b"customHeight" in rows[row]
            assert fixed is (row in across - pushed), (sheet.name, row)
            growing += not fixed
    assert growing > 10


@pytest.mark.parametrize(("text", "lines"), [("", 2), ("字" * 96, 6), ("字\n字\n字", 3)])
def test_merged_cells_are_given_the_lines_they_need(text: str, lines: int) -> None:
    scheme, _ = ready_scheme("mof-project")
    form = make_form(scheme, {field_key("goal.actual"): text} if text else {})
    block = form.layout.blocks["goal"]
    at = block.at(block.slots["actual"][0], GROW.key)
    cells = (cell for sheet in form_plan(form).sheets for cell in sheet.every_cell())
    (content,) = (
        cell.content
        for cell in cells
        if cell.at == at and isinstance(cell.content, Formula) and "REPT" in cell.content.text
    )
    assert content.result == "\n" * (lines - 1)


def test_the_rest_keeps_its_height() -> None:
    (sheet, rows), *_ = rendered("jiangmen-2025-special")
    assert sheet.heights
    assert all(b'customHeight="1"' in rows[row] for row in sheet.heights)
