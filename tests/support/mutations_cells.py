"""单位拿到表以后常做的改动：改格里的内容、合并、表头、表外写字。"""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING

from mutation_scene import MUTATIONS, as_text, first_row, keys_at, mutation, positions
from openpyxl.cell.cell import MergedCell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.dimensions import ColumnDimension, RowDimension

from xltool.scheme.model import SheetKind

if TYPE_CHECKING:
    from mutation_scene import Scene

__all__ = ["MUTATIONS"]

# ---------------------------------------------------------------- 格


@mutation
def unmerge(scene: Scene) -> None:
    """全部拆开：插过行的表，合并区里不一定每格都在；合并时盖住的内容回不来。"""
    for sheet in scene.book.worksheets:
        for area in list(sheet.merged_cells.ranges):
            sheet.merged_cells.remove(area)
            for at in area.cells:
                if isinstance(sheet._cells.get(at), MergedCell):
                    del sheet._cells[at]
    scene.trace.dropped |= scene.trace.covered


@mutation
def merge_down(scene: Scene) -> None:
    """把一栏里两格合并：下面那格的内容就没有了。"""
    sheet = scene.pick(SheetKind.RECORDS)
    row, column = scene.body_row(sheet), scene.random.randint(2, 5)
    area = f"{get_column_letter(column)}{row}:{get_column_letter(column)}{row + 1}"
    if not any(other.isdisjoint(CellRange(area)) is False for other in sheet.merged_cells.ranges):
        scene.trace.covered |= keys_at(sheet, row + 1, column)
        sheet.merge_cells(area)


@mutation
def break_heading(scene: Scene) -> None:
    """表头换行、加空格、改全角。"""
    sheet = scene.pick()
    for cell in sheet[first_row(sheet)]:
        text = str(cell.value or "")
        if len(text) > 2:
            cell.value = f"{text[:2]}\n{text[2:]} "


@mutation
def reword_heading(scene: Scene) -> None:
    """改一个表头的字。"""
    sheet = scene.pick()
    cells = [cell for cell in sheet[first_row(sheet)] if cell.value]
    scene.random.choice(cells).value = "改过的表头"


@mutation
def repeat_heading(scene: Scene) -> None:
    """右边又写一遍表头。"""
    sheet = scene.pick()
    row, last = first_row(sheet), sheet.max_column
    sheet.cell(row, last + 2).value = sheet.cell(row, scene.random.randint(2, 4)).value


@mutation
def note_far_below(scene: Scene) -> None:
    sheet = scene.pick()
    sheet.cell(
        sheet.max_row + scene.random.randint(1, 400), scene.random.randint(1, 6)
    ).value = scene.trace.type()


@mutation
def note_beside(scene: Scene) -> None:
    sheet = scene.pick()
    column = sheet.max_column + scene.random.randint(1, 3)
    sheet.cell(scene.body_row(sheet), column).value = scene.trace.type()


@mutation
def note_above(scene: Scene) -> None:
    sheet = scene.pick()
    sheet.cell(2, 6).value = scene.trace.type()


@mutation
def spaces_far_away(scene: Scene) -> None:
    sheet = scene.pick()
    sheet.cell(sheet.max_row + 500, 2).value = "  \u3000"
    sheet.cell(5000, 60).value = " "


@mutation
def hide_rows(scene: Scene) -> None:
    """筛选后有的行看不见。"""
    sheet = scene.pick(SheetKind.RECORDS)
    row = scene.body_row(sheet)
    sheet.row_dimensions[row] = RowDimension(sheet, index=row, hidden=True)
    sheet.auto_filter.ref = f"A{first_row(sheet)}:H{sheet.max_row}"


@mutation
def hide_column(scene: Scene) -> None:
    sheet = scene.pick()
    letter = get_column_letter(scene.random.randint(2, 6))
    sheet.column_dimensions[letter] = ColumnDimension(sheet, index=letter, hidden=True)


@mutation
def formulas_to_values(scene: Scene) -> None:
    """一张表的公式全变成数。"""
    sheet = scene.pick()
    for line in sheet.iter_rows():
        for cell in line:
            if isinstance(cell.value, str) and cell.value.startswith("="):
                cell.value = 1


@mutation
def text_over_number(scene: Scene) -> None:
    """数变成文字，值不变。"""
    sheet = scene.pick(SheetKind.FIELDS, SheetKind.RECORDS)
    for row, column in positions(sheet).values():
        cell = sheet.cell(row, column)
        if isinstance(cell.value, int | float) and "%" not in cell.number_format:
            cell.value = f"{as_text(cell)}"
            cell.number_format = "@"
            return


@mutation
def repeat_header_in_the_middle(scene: Scene) -> None:
    """表头在中间又出现一次（从 PDF 粘贴）。"""
    sheet = scene.pick(SheetKind.RECORDS)
    row, top = scene.body_row(sheet), first_row(sheet)
    sheet.insert_rows(row)
    for cell in sheet[top if row > top else top + 1]:
        if cell.value:
            sheet.cell(row, cell.column).value = cell.value


@mutation
def clear_end_mark(scene: Scene) -> None:
    """删去“表格结束”。"""
    sheet = scene.pick(SheetKind.RECORDS)
    for line in sheet.iter_rows(max_col=3):
        for cell in line:
            if cell.value == "表格结束":
                cell.value = None


@mutation
def clear_numbers(scene: Scene) -> None:
    """删去全部序号（编码）。"""
    sheet = scene.pick(SheetKind.RECORDS)
    for line in sheet.iter_rows(min_row=first_row(sheet) + 1, max_col=1):
        if str(line[0].value).isdecimal():
            line[0].value = None


@mutation
def copy_style_only(scene: Scene) -> None:
    """格式刷刷过一片空格。"""
    sheet = scene.pick()
    source = sheet.cell(first_row(sheet) + 1, 2)
    for row in range(sheet.max_row + 1, sheet.max_row + 20):
        sheet.cell(row, 3)._style = copy.copy(source._style)
