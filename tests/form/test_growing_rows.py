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
from xltool.scoring.catalogue import ready_schemes

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
def test_a_row_to_fill_grows_unless_its_cells_are_merged_across(scheme_id: str) -> None:
    growing = 0
    for sheet, rows in rendered(scheme_id):
        across = {
            row
            for merge in sheet.merges
            if merge.area.first.col != merge.area.last.col
            for row in range(merge.area.first.row, merge.area.last.row + 1)
        }
        for row in {cell.row for cell in sheet.every_cell() if cell.unlocked}:
            fixed = b"customHeight" in rows[row]
            assert fixed is (row in across), (sheet.name, row)
            growing += not fixed
    assert growing > 10


def test_the_rest_keeps_its_height() -> None:
    (sheet, rows), *_ = rendered("jiangmen-2025-special")
    assert sheet.heights
    assert all(b'customHeight="1"' in rows[row] for row in sheet.heights)
