"""单位拿到表以后常做的改动：每种改动是一个函数，照样用 openpyxl 改真正的报送表。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from form_contents import few_entries
from mutation_scene import (
    MUTATIONS,
    TAG,
    Scene,
    block_of,
    first_row,
    key_of,
    keys_at,
    mutation,
    positions,
    shift_merges,
)
from openpyxl.cell.cell import MergedCell

from xltool.layout.layout import IDENTITY
from xltool.scheme.model import SheetKind

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

    from xltool.scheme.key import CellKey

__all__ = ["MUTATIONS", "Scene"]

# ---------------------------------------------------------------- 行和列


@mutation
def insert_row(scene: Scene) -> None:
    """中间插一个空行。"""
    sheet = scene.pick()
    row = scene.body_row(sheet)
    sheet.insert_rows(row)
    shift_merges(sheet, row, 1, rows=True)


@mutation
def insert_row_on_top(scene: Scene) -> None:
    """最上面插几个空行。"""
    sheet = scene.pick()
    count = scene.random.randint(1, 3)
    sheet.insert_rows(1, count)
    shift_merges(sheet, 1, count, rows=True)


@mutation
def insert_note_row(scene: Scene) -> None:
    """中间插一行，写上备注。"""
    sheet = scene.pick(SheetKind.FIELDS, SheetKind.SCORE)
    row = scene.body_row(sheet)
    sheet.insert_rows(row)
    shift_merges(sheet, row, 1, rows=True)
    sheet.cell(row, 3).value = scene.trace.type()


@mutation
def insert_column(scene: Scene) -> None:
    """插一个空列。"""
    sheet = scene.pick()
    column = scene.random.randint(1, 8)
    sheet.insert_cols(column)
    shift_merges(sheet, column, 1, rows=False)


@mutation
def insert_note_column(scene: Scene) -> None:
    """插一列，自己加个表头，写上内容。"""
    sheet = scene.pick()
    column = scene.random.randint(2, 8)
    sheet.insert_cols(column)
    shift_merges(sheet, column, 1, rows=False)
    sheet.cell(first_row(sheet), column).value = "科室"
    sheet.cell(scene.body_row(sheet), column).value = scene.trace.type()


@mutation
def delete_row(scene: Scene) -> None:
    """删去一行。"""
    sheet = scene.pick()
    row = scene.body_row(sheet)
    scene.trace.dropped |= _row_keys(sheet, row)
    sheet.delete_rows(row)
    shift_merges(sheet, row, -1, rows=True)


def _row_keys(sheet: Worksheet, row: int) -> set[CellKey]:
    """这一行全部填报格：由认得出的格推到整行。"""
    rows = {name.row for name in keys_at(sheet, row=row)}
    entries = few_entries()
    return {name for name in entries if name.sheet == key_of(sheet) and name.row in rows}


@mutation
def delete_column(scene: Scene) -> None:
    """删去一列。"""
    sheet = scene.pick()
    column = scene.random.randint(1, len(block_of(sheet).listed))
    columns = {name.column for name in keys_at(sheet, column=column)}
    if sheet.cell(first_row(sheet), column).value in {
        "一级指标",
        "二级指标",
        "运算符",
        "类别",
        "整改进展",
    }:
        return  # 选项各格相同，由值认不出是哪一格
    columns |= _heading_column(sheet, column)
    entries = few_entries()
    scene.trace.dropped |= {n for n in entries if n.sheet == key_of(sheet) and n.column in columns}
    sheet.delete_cols(column)
    shift_merges(sheet, column, -1, rows=False)


def _heading_column(sheet: Worksheet, column: int) -> set[str]:
    heading = sheet.cell(first_row(sheet), column).value
    return {item.key for item in block_of(sheet).listed if item.heading == heading}


@mutation
def move_column_to_end(scene: Scene) -> None:
    """把一列剪切到最右边。"""
    sheet = scene.pick(SheetKind.RECORDS)
    column, last = scene.random.randint(2, 6), sheet.max_column
    for row in range(1, sheet.max_row + 1):
        _copy(sheet.cell(row, column), sheet.cell(row, last + 1))
    sheet.delete_cols(column)


@mutation
def swap_columns(scene: Scene) -> None:
    """两列对调，表头和标识一起。"""
    sheet = scene.pick(SheetKind.RECORDS)
    one, other = scene.random.sample(range(2, 7), 2)
    for row in range(first_row(sheet) - 1, sheet.max_row + 1):
        left, right = sheet.cell(row, one), sheet.cell(row, other)
        left.value, right.value = right.value, left.value
        left.number_format, right.number_format = right.number_format, left.number_format


@mutation
def sort_rows(scene: Scene) -> None:
    """整行打乱次序（按某栏排序）；有合并格的行，表格程序不肯排。"""
    sheet = scene.pick(SheetKind.RECORDS, SheetKind.FIELDS)
    found = sorted({row for row, _ in positions(sheet).values() if row > first_row(sheet)})
    rows = [row for row in found if not any(isinstance(one, MergedCell) for one in sheet[row])]
    lines = [[_held(cell) for cell in sheet[row]] for row in rows]
    scene.random.shuffle(lines)
    for row, line in zip(rows, lines, strict=True):
        for cell, held in zip(sheet[row], line, strict=True):
            cell.value, cell.number_format = held


def _held(cell: Cell) -> tuple[object, str]:
    return cell.value, cell.number_format


def _copy(source: Cell, target: Cell) -> None:
    target.value = source.value
    target.number_format = source.number_format


# ---------------------------------------------------------------- 工作表


@mutation
def rename_sheet(scene: Scene) -> None:
    sheet = scene.pick()
    sheet.title = f"{scene.random.randint(1, 99)}.{sheet.title[:20]}终稿"


@mutation
def copy_sheet(scene: Scene) -> None:
    """复制一张表，内容相同。"""
    sheet = scene.pick()
    scene.book.copy_worksheet(sheet).title = f"{sheet.title[:20]} ({scene.random.randint(2, 99)})"


@mutation
def hide_sheet(scene: Scene) -> None:
    scene.pick().sheet_state = scene.random.choice(["hidden", "veryHidden"])


@mutation
def reorder_sheets(scene: Scene) -> None:
    scene.random.shuffle(scene.book._sheets)


@mutation
def add_sheet(scene: Scene) -> None:
    """自己加一张表。"""
    scene.book.create_sheet(f"附表{scene.random.randint(1, 999)}")["B2"] = "明细"


@mutation
def delete_identity_sheet(scene: Scene) -> None:
    if IDENTITY in scene.book.sheetnames:
        del scene.book[IDENTITY]


@mutation
def unprotect(scene: Scene) -> None:
    for sheet in scene.book.worksheets:
        sheet.protection.sheet = False


@mutation
def delete_identity_row(scene: Scene) -> None:
    """删去隐藏的标识行。"""
    sheet = scene.pick()
    row = first_row(sheet) - 1
    if any(str(cell.value or "").startswith(TAG) for cell in sheet[row]):
        sheet.delete_rows(row)
        shift_merges(sheet, row, -1, rows=True)
