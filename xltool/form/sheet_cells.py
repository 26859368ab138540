"""一张填报表上的格，连同各是哪一行、哪一栏：写表、读报送时核对、成批换内容，都以此为准。"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from xltool.form.fields_sheet import fields_sheet_cells
from xltool.form.records_sheet import records_sheet_cells
from xltool.form.score_sheet import score_sheet_cells
from xltool.scheme.model import SheetKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.form.form import Form
    from xltool.layout.block import Block
    from xltool.layout.columns import Column
    from xltool.sheets.plan import Cell

_CELLS = {
    SheetKind.FIELDS: fields_sheet_cells,
    SheetKind.RECORDS: records_sheet_cells,
    SheetKind.SCORE: score_sheet_cells,
}
# 不是填报行的两种行，带 # 号，不会与各行的标识重名
HEADER, IDENTITY_LINE = "#header", "#identity"


class PlacedCell(NamedTuple):
    """一格，和它所在的行和栏；抬头和签章各格不在表里，行和栏空着。"""

    cell: Cell
    row: str
    column: Column | None


def placed_cells(form: Form, block: Block) -> Iterator[PlacedCell]:
    """一张表的各格，不按次序。"""
    rows = {line: row for row, line in block.rows.items()}
    rows |= {block.lines.header: HEADER, block.lines.identity: IDENTITY_LINE}
    columns = {block.columns[column.key][0]: column for column in block.listed}
    for cell in _CELLS[block.sheet.kind](form, block):
        row = rows.get(cell.at.row, "")
        yield PlacedCell(cell, row, columns[cell.at.col] if row else None)
