"""一张填报表上的格，连同各是哪一行、哪一栏：写表、读报送时核对、成批换内容，都以此为准。"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from xltool.address import At
from xltool.form.fields_sheet import fields_sheet_cells
from xltool.form.page_sheet import page_block_cells
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
    make = page_block_cells if block.sheet.page else _CELLS[block.sheet.kind]
    joined = _joined(block)
    for cell in make(form, block):
        row = rows.get(cell.at.row, "")
        # 并进左边的格不另填
        own = cell._replace(unlocked=False) if cell.at in joined else cell
        yield PlacedCell(own, row, columns[cell.at.col] if row else None)


def _joined(block: Block) -> frozenset[At]:
    """页上并进左边一处的各格。"""
    return frozenset(
        At(block.rows[row], column)
        for (row, first), last in block.ends.items()
        for column in range(block.columns[first][0] + 1, last + 1)
    )
