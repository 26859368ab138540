"""退回件里记下它由哪一份标注而来：写在隐藏的标识表里，改好报回时据此认出替代的是哪一份。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xltool.address import At, Place
from xltool.facts.lineage import lineage_row
from xltool.intake.identity import identity_grids, lineage_of
from xltool.layout.layout import IDENTITY

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

    from xltool.facts.lineage import Ancestor
    from xltool.xlsx.grid import Book


def stamp(workbook: Workbook, book: Book, ancestor: Ancestor) -> frozenset[Place]:
    """接在先前各代之后，返回写了哪几格；标识表不见了的补一张，只记由来。"""
    row = lineage_row(len(lineage_of(book)) + 1, ancestor)
    grid = next(identity_grids(book), None)
    if grid is None:
        sheet, line = workbook.create_sheet(IDENTITY), 1
        sheet.sheet_state = "hidden"
    else:
        sheet = workbook[grid.name]
        line = max((at[0] for at in grid.cells), default=0) + 1
    for column, text in enumerate(row, 1):
        sheet.cell(line, column, text)
    return frozenset(Place(sheet.title, At(line, column)) for column in range(1, len(row) + 1))
